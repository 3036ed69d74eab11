// Reads one transcript for one glossary and ends. Runs in a worker thread of main: it takes longer than a frame.
import { parentPort, workerData } from "node:worker_threads";
import { type ErrorData, toErrorData } from "../errors.ts";
import type { Term, Transcript } from "../formats.ts";
import { suggestTerms } from "./suggest.ts";
import type { Rejected, Suggestion } from "./types.ts";

export interface GlossaryTask {
  readonly transcript: Transcript;
  readonly terms: readonly Term[];
  readonly rejected: readonly Rejected[];
}

export type GlossaryReply = { readonly suggestions: readonly Suggestion[] } | { readonly error: ErrorData };

function answer({ transcript, terms, rejected }: GlossaryTask): GlossaryReply {
  try {
    return { suggestions: suggestTerms(transcript, terms, rejected) };
  } catch (error) {
    return { error: toErrorData(error) };
  }
}

parentPort?.postMessage(answer(workerData as GlossaryTask));
