// Asks a worker thread for suggestions, so that main never computes for longer than a frame. Runs in main.
import { Worker } from "node:worker_threads";
import { fromErrorData, LyssnaError } from "../errors.ts";
import type { GlossaryReply, GlossaryTask } from "./glossary-worker.ts";
import type { Suggestion } from "./types.ts";

/** Throws worker-ended if the worker dies. Without a term or a segment there is nothing to ask. */
export async function suggestInWorker(task: GlossaryTask): Promise<readonly Suggestion[]> {
  if (task.terms.length === 0 || task.transcript.segments.length === 0) return [];
  const worker = new Worker(new URL("./glossary-worker.ts", import.meta.url), { workerData: task });
  const { promise, resolve, reject } = Promise.withResolvers<readonly Suggestion[]>();
  worker.once("message", (reply: GlossaryReply) =>
    "suggestions" in reply ? resolve(reply.suggestions) : reject(fromErrorData(reply.error)),
  );
  worker.once("error", () => reject(new LyssnaError("worker-ended")));
  worker.once("exit", () => reject(new LyssnaError("worker-ended")));
  try {
    return await promise;
  } finally {
    await worker.terminate();
  }
}
