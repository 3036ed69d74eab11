// A language model on this machine: only where it fits in what memory is free, on graphics where they work and on the
// processor where they do not. Runs in main and the command line.
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { LyssnaError } from "../errors.ts";
import type { LanguageModel, LanguageModelInfo, TextModel } from "../inference/language-protocol.ts";
import { readLanguageSize } from "./gguf.ts";
import { fitContext, languageNeed, languageThreads } from "./language-need.ts";
import { type Machine, readMachine } from "./machine.ts";
import { usableBytes } from "./memory-need.ts";

/** The process that runs it, as far as it is used here: inference/language-client.ts. */
export interface LanguageProcess {
  load(model: LanguageModel, signal: AbortSignal): Promise<TextModel & { readonly info: LanguageModelInfo }>;
  close(): void;
}

export interface SuitedLanguageOptions {
  readonly language: LanguageProcess;
  readonly computeOn: () => "auto" | "cpu" | "gpu";
  /** True once graphics failed on this machine: they are not tried again until the person asks. */
  readonly graphicsFailed: () => boolean;
  readonly rememberFailure: () => Promise<void>;
  readonly machine?: () => Promise<Machine>;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

export interface SuitedLanguage {
  /**
   * Loads the model in a GGUF file. Throws language-too-large where it does not fit in what memory is free now, and what
   * loading throws.
   */
  open(file: string, signal: AbortSignal): Promise<TextModel & { readonly info: LanguageModelInfo }>;
  /** Ends the process: its memory returns to the system. */
  close(): void;
}

/** How often memory is looked at again before a model is refused, and after how long. */
const looks = 4;
const lookAgainMs = 500;

/** Loading from a slow disk takes minutes; a driver that hangs takes for ever. */
const graphicsPatienceMs = 180_000;

export function createSuitedLanguage(options: SuitedLanguageOptions): SuitedLanguage {
  const { language } = options;
  const machine = options.machine ?? readMachine;
  const wait = options.wait ?? ((ms: number, signal: AbortSignal) => pause(ms, undefined, { signal }));
  return {
    async open(file, signal) {
      const size = await readLanguageSize(file);
      let { cores, ...memory } = await machine();
      // What was ended to make room gives its memory back a moment later.
      for (let at = 0; at < looks && fitContext(size, usableBytes(memory)) === null; at++) {
        await wait(lookAgainMs, signal);
        ({ cores, ...memory } = await machine());
      }
      const bytes = usableBytes(memory);
      const contextTokens = fitContext(size, bytes);
      if (contextTokens === null) {
        throw new LyssnaError("language-too-large", {
          model: basename(file),
          needMb: Math.ceil(languageNeed(size, Math.min(4096, size.contextTokens)) / 1e6),
          freeMb: Math.floor(bytes / 1e6),
        });
      }
      const model = { file, contextTokens, threads: languageThreads(cores) };
      const onProcessor = () => language.load({ ...model, device: "cpu" }, signal);
      if (options.computeOn() === "cpu" || options.graphicsFailed()) return onProcessor();
      try {
        const patience = AbortSignal.any([signal, AbortSignal.timeout(graphicsPatienceMs)]);
        return await language.load({ ...model, device: "gpu" }, patience);
      } catch (error) {
        if (signal.aborted) throw error;
        // A damaged file is damaged on the processor too, and says so there. A machine without graphics is no failure.
        language.close();
        const loaded = await onProcessor();
        await options.rememberFailure();
        return loaded;
      }
    },
    close: () => language.close(),
  };
}
