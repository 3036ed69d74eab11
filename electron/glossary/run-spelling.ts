// Asks about spelling in a worker thread, which ends when nobody has written for a while: dictionaries take room.
// Runs in main.
import type { Term } from "../formats.ts";
import { type Caller, startWorker } from "../thread-calls.ts";
import type { SpellingCalls } from "./spelling-worker.ts";

const idleMs = 120_000;

export interface Spelling {
  /** Those of the words that are in no dictionary, no name and no term. */
  unknown(
    words: readonly string[],
    language: string,
    terms: readonly Term[],
    names: readonly string[],
  ): Promise<readonly string[]>;
  suggest(word: string, language: string, terms: readonly Term[], names: readonly string[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

export function openSpelling(): Spelling {
  let worker: Promise<Caller<SpellingCalls>> | null = null;
  let timer: NodeJS.Timeout | null = null;

  async function start(): Promise<Caller<SpellingCalls>> {
    const started = startWorker<SpellingCalls>(new URL("./spelling-worker.ts", import.meta.url), {}, Date.now);
    await started.open();
    return started;
  }
  async function close(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    const ending = worker;
    worker = null;
    await (await ending?.catch(() => null))?.end();
  }
  async function call<Name extends keyof SpellingCalls>(
    name: Name,
    ...args: Parameters<SpellingCalls[Name]>
  ): Promise<ReturnType<SpellingCalls[Name]>> {
    worker ??= start();
    const asked = worker;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void close(), idleMs);
    timer.unref();
    try {
      return await (await asked).call(name, ...args);
    } catch (error) {
      // The next question starts another.
      if (worker === asked) worker = null;
      throw error;
    }
  }
  return {
    unknown: (...args) => call("unknown", ...args),
    suggest: (...args) => call("suggest", ...args),
    close,
  };
}
