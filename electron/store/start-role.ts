// Starts the store's worker threads. Runs in main.
import { secretCopy } from "./keys/secret-bytes.ts";
import type { StoreWorkerData } from "./store-worker.ts";
import type { UpkeepCalls } from "./upkeep.ts";
import { type Caller, type Calls, startWorker } from "../thread-calls.ts";

export interface StoreOptions {
  readonly dir: string;
  /** The folder's key, 32 bytes. */
  readonly key: Uint8Array;
  /** Milliseconds since 1970; a test's own clock. */
  readonly clock?: () => number;
  /** Where the worker's code is. */
  readonly workerPath?: string | URL;
}

export function startRole<Served extends Calls>(role: StoreWorkerData["role"], options: StoreOptions): Caller<Served> {
  // Handed over, not copied: what a copy leaves behind on its way could not be zeroed.
  const key = secretCopy(options.key);
  const data: StoreWorkerData = { role, dir: options.dir, key };
  return startWorker<Served>(
    options.workerPath ?? new URL("./store-worker.ts", import.meta.url),
    data,
    options.clock ?? Date.now,
    [key.buffer],
  );
}

/** Seconds of work in a thread that lives as long as the task. */
export type UpkeepTask<Result> = (worker: Caller<UpkeepCalls>) => Promise<Result>;

/** When the signal is aborted the thread ends after the step it is in, and the task is refused with worker-ended. */
export async function runUpkeep<Result>(
  options: StoreOptions,
  task: UpkeepTask<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const worker = startRole<UpkeepCalls>("upkeep", options);
  const end = () => void worker.end();
  signal?.addEventListener("abort", end);
  try {
    await worker.open();
    return await task(worker);
  } finally {
    await worker.call("forget").catch(() => {});
    signal?.removeEventListener("abort", end);
    await worker.end();
  }
}
