// Answers about spelling for as long as somebody writes, and keeps the dictionaries meanwhile. Runs in a worker thread of
// main; reached by the store's calls between threads.
import { parentPort } from "node:worker_threads";
import { toErrorData } from "../errors.ts";
import type { Term } from "../formats.ts";
import { serveCalls } from "../thread-calls.ts";
import { openSpeller } from "./spelling.ts";

const spellingCalls = {
  unknown: (words: readonly string[], language: string, terms: readonly Term[], names: readonly string[]) => {
    const speller = openSpeller(language, terms, names);
    return words.filter((word) => !speller.isKnown(word));
  },
  suggest: (word: string, language: string, terms: readonly Term[], names: readonly string[]) =>
    openSpeller(language, terms, names).suggest(word),
};
export type SpellingCalls = typeof spellingCalls;

if (parentPort === null) throw new Error("spelling-worker.ts is started by run-spelling.ts");
serveCalls(parentPort, () => spellingCalls, { toErrorData, setNow: () => {} });
