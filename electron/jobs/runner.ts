// The queue's engine: one heavy job at a time, in the order in which they were asked for. Runs in main.
// The queue itself is in the store, so what was cut off is found again at the next start.
import { LyssnaError, toErrorData } from "../errors.ts";
import type { Job, JobId, JobPatch, Store } from "../store/types.ts";

/** Progress is written at most this often; the end of a job always is. */
const writeEveryMs = 500;

export type JobStep = Pick<Job, "stage" | "fraction" | "leftMs">;

export interface RunnerOptions {
  readonly store: Store;
  /** Does the job. `step` takes the whole job's progress. */
  readonly run: (job: Job, signal: AbortSignal, step: (step: JobStep) => void) => Promise<void>;
  /** After every change, with all jobs. */
  readonly onChange: (jobs: readonly Job[]) => void;
  /** After a job ended, however it did. */
  readonly onEnd: (job: Job) => Promise<void>;
  /** After a job has let go for `pauseWhile`: what it left in memory can go. */
  readonly onPause?: () => void;
  /** Whether a job loads a language model: as heavy as a transcription. */
  readonly isLanguage?: (job: Job) => boolean;
}

export interface JobRunner {
  /** Looks for queued jobs; called after a job was created. */
  wake(): void;
  /** With `wait`, resolves when the job has let go of its meeting. */
  cancel(id: JobId, options?: { readonly wait: boolean }): Promise<void>;
  /** Puts a failed or cancelled job back in the queue; its artefacts are used again. */
  retry(id: JobId): Promise<void>;
  /**
   * No heavy job runs until `during` has settled. It begins at once, without waiting for a running job to let go; that
   * one goes back in the queue with what it has done. Light jobs run on, or those that `holds` does not hold.
   */
  pauseWhile<T>(during: () => Promise<T>, holds?: (job: Job) => boolean): Promise<T>;
  /** Stops the running job without ending it: it goes on at the next start. */
  close(): Promise<void>;
}

const closing = Symbol("closing");
const pausing = Symbol("pausing");

export function createJobRunner({ store, run, onChange, onEnd, onPause, isLanguage }: RunnerOptions): JobRunner {
  const isHeavy = (job: Job): boolean => job.task.kind === "process" || isLanguage?.(job) === true;
  let running: {
    readonly id: JobId;
    readonly job: Job;
    readonly stop: AbortController;
    readonly ended: Promise<void>;
  } | null = null;
  let loop: Promise<void> | null = null;
  let woken = false;
  let closed = false;
  /** What is held, once for each that holds it. */
  const pauses: ((job: Job) => boolean)[] = [];

  /** Jobs that are being cancelled: none of them begins meanwhile. */
  const cancelling = new Set<JobId>();

  const find = async (id: JobId): Promise<Job | undefined> => (await store.listJobs()).find((job) => job.id === id);
  const changed = async () => onChange(await store.listJobs());

  async function runOne(queued: Job): Promise<void> {
    const stop = new AbortController();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    // Before the row says that it runs: whoever cancels or pauses it meanwhile finds it here.
    running = { id: queued.id, job: queued, stop, ended };
    try {
      // It may have been cancelled since the queue was read.
      if ((await find(queued.id))?.state !== "queued") return;
      const job = await store.updateJob(queued.id, { state: "running", error: null });
      await changed();
      await runStarted(job, stop);
    } finally {
      running = null;
      end();
    }
  }

  async function runStarted(job: Job, stop: AbortController): Promise<void> {
    let writtenAt = 0;
    let writing: Promise<unknown> = Promise.resolve();
    const step = (next: JobStep) => {
      const now = Date.now();
      if (now - writtenAt < writeEveryMs || stop.signal.aborted) return;
      writtenAt = now;
      writing = writing.then(() => store.updateJob(job.id, next)).then(changed, () => {});
    };
    const outcome = await endOf(() => run(job, stop.signal, step), stop.signal);
    await writing;
    if (outcome === closing) return;
    if (outcome === pausing) {
      await store.updateJob(job.id, { state: "queued", leftMs: null });
      onPause?.();
      await changed();
      return;
    }
    const after = await store.updateJob(job.id, outcome);
    if (after.state === "done") await store.clearArtefacts(job.id);
    await onEnd(after);
    await changed();
  }

  async function work(): Promise<void> {
    while (woken && !closed) {
      woken = false;
      for (;;) {
        const mayRun = (job: Job) =>
          job.state === "queued" && !cancelling.has(job.id) && !pauses.some((holds) => holds(job));
        const next = closed ? undefined : (await store.listJobs()).find(mayRun);
        if (next === undefined) break;
        // A row that cannot be written (a full disk, a meeting deleted meanwhile) leaves the job as it stands
        // in the store: it is found again at the next start. The queue goes on with the next one.
        await runOne(next).catch(() => {});
      }
    }
    loop = null;
  }

  const wake = () => {
    woken = true;
    loop ??= work();
  };

  return {
    wake,
    async cancel(id, options) {
      cancelling.add(id);
      try {
        if (running?.id === id) {
          const { stop, ended } = running;
          const isPausing = stop.signal.reason === pausing;
          stop.abort(new LyssnaError("cancelled"));
          if (isPausing || options?.wait === true) await ended;
          // One that was letting go to run on later is in the queue by now.
          if (!isPausing) return;
        }
        if ((await find(id))?.state !== "queued") return;
        const error = { code: "cancelled", details: {} } as const;
        await onEnd(await store.updateJob(id, { state: "cancelled", error }));
        await changed();
      } finally {
        cancelling.delete(id);
        // One that was passed over meanwhile, and was not in the queue to be cancelled.
        wake();
      }
    },
    async retry(id) {
      const job = await find(id);
      if (job?.state !== "failed" && job?.state !== "cancelled") return;
      await store.updateJob(id, { state: "queued", error: null });
      await changed();
      wake();
    },
    async pauseWhile(during, holds = isHeavy) {
      pauses.push(holds);
      if (running !== null && holds(running.job)) running.stop.abort(pausing);
      try {
        return await during();
      } finally {
        pauses.splice(pauses.indexOf(holds), 1);
        wake();
      }
    },
    async close() {
      closed = true;
      running?.stop.abort(closing);
      await loop;
    },
  };
}

/** How a job ended, as what to write in its row. One that was stopped to go on later has not ended. */
async function endOf(
  run: () => Promise<void>,
  signal: AbortSignal,
): Promise<JobPatch | typeof closing | typeof pausing> {
  try {
    signal.throwIfAborted();
    await run();
    return { state: "done", fraction: 1, leftMs: 0, error: null };
  } catch (error) {
    if (signal.reason === closing || signal.reason === pausing) return signal.reason;
    if (signal.aborted) return { state: "cancelled", leftMs: null, error: { code: "cancelled", details: {} } };
    return { state: "failed", leftMs: null, error: toErrorData(error) };
  }
}
