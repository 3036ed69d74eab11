// Asks a worker thread for the outline of an old document, so that main never computes for longer than a frame. Runs in main.
import { Worker } from "node:worker_threads";
import { fromErrorData, LyssnaError } from "../errors.ts";
import type { Outline } from "./find-headings.ts";
import type { OutlineReply, OutlineTask } from "./outline-worker.ts";

/** Throws what reading a file throws, document-unreadable, or worker-ended if the worker dies. */
export async function outlineInWorker(task: OutlineTask): Promise<Outline> {
  const worker = new Worker(new URL("./outline-worker.ts", import.meta.url), { workerData: task });
  const { promise, resolve, reject } = Promise.withResolvers<Outline>();
  worker.once("message", (reply: OutlineReply) =>
    "outline" in reply ? resolve(reply.outline) : reject(fromErrorData(reply.error)),
  );
  worker.once("error", () => reject(new LyssnaError("worker-ended")));
  worker.once("exit", () => reject(new LyssnaError("worker-ended")));
  try {
    return await promise;
  } finally {
    await worker.terminate();
  }
}
