// Asks a worker thread for a masked meeting, so that main never computes for longer than a frame. Runs in main.
import { Worker } from "node:worker_threads";
import { fromErrorData, LyssnaError } from "../errors.ts";
import type { MaskedMeeting } from "./mask-meeting.ts";
import type { MaskReply, MaskTask } from "./mask-worker.ts";

/** Throws worker-ended if the worker dies. */
export async function maskInWorker(task: MaskTask): Promise<MaskedMeeting> {
  const worker = new Worker(new URL("./mask-worker.ts", import.meta.url), { workerData: task });
  const { promise, resolve, reject } = Promise.withResolvers<MaskedMeeting>();
  worker.once("message", (reply: MaskReply) =>
    "masked" in reply ? resolve(reply.masked) : reject(fromErrorData(reply.error)),
  );
  worker.once("error", () => reject(new LyssnaError("worker-ended")));
  worker.once("exit", () => reject(new LyssnaError("worker-ended")));
  try {
    return await promise;
  } finally {
    await worker.terminate();
  }
}
