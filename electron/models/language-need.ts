// How much memory a language model needs, and how much of a talk it can read at once on a machine. Pure.
import type { LanguageSize } from "./gguf.ts";

/** More at once than this takes memory and gains little: a talk is read in pieces anyway. */
export const contextMost = 8192;
/** With less, so many pieces are made that what belongs together is torn apart. */
export const contextLeast = 4096;

/** The cache of keys and values holds 16-bit numbers. */
const cacheBytes = 2;
/** llama.cpp, Node and what a batch of 512 tokens takes. An assumption on the safe side, not a measurement. */
const aroundBytes = 450e6;

/** Bytes in memory while it works: the weights, the cache, and what is around. */
export const languageNeed = ({ fileBytes, cachedPerToken }: LanguageSize, contextTokens: number): number =>
  Math.ceil(fileBytes + cachedPerToken * cacheBytes * contextTokens + aroundBytes);

/** Tokens of context that fit in so many bytes; null where the model does not fit at all. */
export function fitContext(size: LanguageSize, bytes: number): number | null {
  const wanted = Math.min(contextMost, size.contextTokens);
  for (const tokens of [wanted, 6144, contextLeast])
    if (tokens <= wanted && languageNeed(size, tokens) <= bytes) return tokens;
  return null;
}

/**
 * Threads of the processor to compute on. llama.cpp's threads wait for each other at every step: where another program
 * takes a core from one of them, all stand still (measured: 1000 times slower on two busy cores). So one core is left
 * to the others where there are three or more.
 */
export const languageThreads = (cores: number): number => Math.max(1, Math.min(8, cores > 2 ? cores - 1 : cores));
