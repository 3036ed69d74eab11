// Asks a worker thread for a summary, so that main never computes for longer than a frame. Runs in main or the command line.
import { Worker } from "node:worker_threads";
import { fromErrorData, LyssnaError } from "../errors.ts";
import type { Summary, Template, Transcript } from "../formats.ts";
import type { Completed } from "./generative/complete.ts";
import type { SummariseOptions } from "./summarise.ts";
import type { SummaryReply, SummaryTask } from "./summary-worker.ts";

export interface RunSummaryOptions extends SummariseOptions {
  readonly signal: AbortSignal;
  /** Another worker file, for tests. */
  readonly workerPath?: string | URL;
}

/**
 * The built-in engine in a worker of its own. Rejects with `cancelled` when the signal is aborted (the worker is ended
 * at once), with `transcript-empty` for an empty transcript, with `worker-ended` if the worker dies.
 */
export const summariseInWorker = (
  transcripts: readonly Transcript[],
  template: Template,
  { signal, workerPath, ...options }: RunSummaryOptions,
): Promise<Summary> =>
  runTask({ transcripts, template, options }, { signal, ...(workerPath === undefined ? {} : { workerPath }) });

/** The evidence check of a summary that a person changed, in a worker of its own. Rejects as `summariseInWorker` does. */
export const checkInWorker = (
  summary: Summary,
  transcripts: readonly Transcript[],
  { signal }: Pick<RunSummaryOptions, "signal">,
): Promise<Summary> => runTask({ transcripts, check: summary }, { signal });

/** What a language model made, judged, dated and with what it left out, in a worker of its own. Rejects as `summariseInWorker` does. */
export const completeInWorker = (
  complete: Completed,
  transcripts: readonly Transcript[],
  { signal }: Pick<RunSummaryOptions, "signal">,
): Promise<Summary> => runTask({ transcripts, complete }, { signal });

async function runTask(
  workerData: SummaryTask,
  {
    signal,
    workerPath = new URL("./summary-worker.ts", import.meta.url),
  }: Pick<RunSummaryOptions, "signal" | "workerPath">,
): Promise<Summary> {
  if (signal.aborted) throw new LyssnaError("cancelled");
  const worker = new Worker(workerPath, { workerData });
  const { promise, resolve, reject } = Promise.withResolvers<Summary>();
  const cancel = (): void => reject(new LyssnaError("cancelled"));
  signal.addEventListener("abort", cancel, { once: true });
  worker.once("message", (reply: SummaryReply) =>
    "summary" in reply ? resolve(reply.summary) : reject(fromErrorData(reply.error)),
  );
  worker.once("error", () => reject(new LyssnaError("worker-ended", {})));
  worker.once("exit", () => reject(new LyssnaError("worker-ended", {})));
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", cancel);
    await worker.terminate();
  }
}
