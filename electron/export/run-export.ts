// Asks a worker thread for a document: laying out the pages of a long talk takes half a second, and main has a frame.
// Runs in main.
import { Worker } from "node:worker_threads";
import { fromErrorData, LyssnaError } from "../errors.ts";
import type { AnnexTask, ExportReply, ExportTask } from "./export-worker.ts";

/** As `exportDocument`; rejects with worker-ended if the worker dies. */
export async function exportInWorker(task: ExportTask | AnnexTask): Promise<Uint8Array> {
  const worker = new Worker(new URL("./export-worker.ts", import.meta.url), { workerData: task });
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  worker.once("message", (reply: ExportReply) =>
    "bytes" in reply ? resolve(reply.bytes) : reject(fromErrorData(reply.error)),
  );
  worker.once("error", () => reject(new LyssnaError("worker-ended")));
  worker.once("exit", () => reject(new LyssnaError("worker-ended")));
  try {
    return await promise;
  } finally {
    await worker.terminate();
  }
}
