// Whether a tokenizer belongs to the weights beside it: with another one a model would write wrong words and no error.
// Inference process.
import type { WhisperTokens } from "./tokens.ts";

/** tokenizer.json, as far as it is read here. */
interface TokenizerFile {
  readonly model?: { readonly vocab?: Readonly<Record<string, number>> | readonly unknown[] };
  readonly added_tokens?: readonly { readonly id: number; readonly content: string }[];
}

/** The names of Whisper's special tokens that every tokenizer lists (openai/whisper, tokenizer.py). */
const specialNames: readonly (readonly [string, keyof WhisperTokens])[] = [
  ["<|endoftext|>", "end"],
  ["<|startoftranscript|>", "start"],
  ["<|notimestamps|>", "noTimestamps"],
];

/** @param file the parsed tokenizer.json */
export function fitsWeights(file: Readonly<Record<string, unknown>>, tokens: WhisperTokens): boolean {
  const { model, added_tokens: added = [] } = file as TokenizerFile;
  const words = Array.isArray(model?.vocab)
    ? model.vocab.map((_, id) => id)
    : Object.values((model?.vocab ?? {}) as Record<string, number>);
  const known = new Set([...words, ...added.map(({ id }) => id)]);
  const named = new Map(added.map(({ id, content }) => [content, id]));
  const specialsAgree = specialNames.every(([name, key]) => named.get(name) === tokens[key]);
  if (!specialsAgree) return false;
  // Every token that can be said must have a text. It ends at the first that has none: the numbers are the file's own.
  for (let id = 0; id < tokens.end; id++) if (!known.has(id)) return false;
  return true;
}
