// Makes or checks one summary and ends. Runs in a worker thread of main (or of the command line); it can reach neither window nor network.
import { parentPort, workerData } from "node:worker_threads";
import { toErrorData, type ErrorData } from "../errors.ts";
import type { Summary, Template, Transcript } from "../formats.ts";
import { checkEvidence } from "./evidence/check-evidence.ts";
import { complete, type Completed } from "./generative/complete.ts";
import { summarise, type SummariseOptions } from "./summarise.ts";

export type SummaryTask =
  | {
      readonly transcripts: readonly Transcript[];
      readonly template: Template;
      readonly options: SummariseOptions;
    }
  | { readonly transcripts: readonly Transcript[]; readonly check: Summary }
  | { readonly transcripts: readonly Transcript[]; readonly complete: Completed };

export type SummaryReply = { readonly summary: Summary } | { readonly error: ErrorData };

function answer(task: SummaryTask): SummaryReply {
  try {
    if ("check" in task) return { summary: checkEvidence(task.check, task.transcripts) };
    if ("complete" in task) return { summary: complete(task.complete, task.transcripts) };
    return { summary: summarise(task.transcripts, task.template, task.options) };
  } catch (error) {
    return { error: toErrorData(error) };
  }
}

parentPort?.postMessage(answer(workerData as SummaryTask));
