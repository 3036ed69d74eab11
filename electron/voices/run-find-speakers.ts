// Asks a worker thread who says what, so that main never computes for longer than a frame. Runs in main.
import { Worker } from "node:worker_threads";
import { fromErrorData, LyssnaError } from "../errors.ts";
import type { FoundSpeakers, SpeakerTask } from "./find-speakers.ts";
import type { SpeakerReply } from "./voices-worker.ts";

/** Throws cancelled, or worker-ended if the worker dies. */
export async function findSpeakersInWorker(
  task: SpeakerTask,
  { signal }: { readonly signal: AbortSignal },
): Promise<FoundSpeakers> {
  signal.throwIfAborted();
  const worker = new Worker(new URL("./voices-worker.ts", import.meta.url), { workerData: task });
  const { promise, resolve, reject } = Promise.withResolvers<FoundSpeakers>();
  const stop = () => reject(new LyssnaError("cancelled"));
  signal.addEventListener("abort", stop, { once: true });
  worker.once("message", (reply: SpeakerReply) =>
    "found" in reply ? resolve(reply.found) : reject(fromErrorData(reply.error)),
  );
  worker.once("error", () => reject(new LyssnaError("worker-ended")));
  worker.once("exit", () => reject(new LyssnaError("worker-ended")));
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", stop);
    await worker.terminate();
  }
}
