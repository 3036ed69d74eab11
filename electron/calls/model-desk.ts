// What a person asks a language model for and waits for: one thing at a time. Jobs let go of the machine meanwhile, a recording
// comes first, and it can be stopped at once. Runs in main.
import { LyssnaError } from "../errors.ts";
import type { Transcript } from "../formats.ts";
import type { Engines, OpenedEngine } from "../jobs/summarise-with.ts";
import type { Context } from "./context.ts";
import { isTakenAway } from "./taken-away.ts";

export interface ModelDesk {
  /**
   * Loads the engine, does the work on what `read` answers and lets the engine go. Throws language-busy, language-waits while
   * or when somebody records, cancelled, transcript-moved where words were taken away meanwhile, and what engine and work
   * throw.
   */
  run<Result>(
    engineId: string,
    read: () => Promise<readonly Transcript[]>,
    work: (opened: OpenedEngine, transcripts: readonly Transcript[], signal: AbortSignal) => Promise<Result>,
  ): Promise<Result>;
  stop(): void;
}

export function openModelDesk({ hub, runner }: Pick<Context, "hub" | "runner">, engines: Engines): ModelDesk {
  let current: AbortController | null = null;
  const isRecording = () => hub.current("recording") !== null;
  hub.listen((name) => {
    if (name === "recording" && isRecording()) current?.abort(new LyssnaError("language-waits"));
  });

  /** A job that was running has let go, with all that it held: what it held would take ours with it. */
  async function quiet(signal: AbortSignal): Promise<void> {
    const isBusy = () => hub.current("jobs").some(({ state }) => state === "running");
    if (!isBusy()) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const stop = hub.listen((name) => {
      if (name === "jobs" && !isBusy()) resolve();
    });
    const abort = () => reject(new LyssnaError("cancelled"));
    signal.addEventListener("abort", abort, { once: true });
    try {
      await promise;
    } finally {
      stop();
      signal.removeEventListener("abort", abort);
    }
  }

  return {
    async run(engineId, read, work) {
      if (isRecording()) throw new LyssnaError("language-waits");
      if (current !== null) throw new LyssnaError("language-busy");
      const stop = new AbortController();
      current = stop;
      try {
        return await runner.pauseWhile(async () => {
          try {
            await quiet(stop.signal);
            const opened = await engines.open(engineId, stop.signal);
            const transcripts = await read();
            const result = await work(opened, transcripts, stop.signal);
            if (isTakenAway(transcripts, await read())) throw new LyssnaError("transcript-moved");
            return result;
          } finally {
            engines.close();
            engines.show(null);
          }
        });
      } catch (error) {
        throw stop.signal.aborted && stop.signal.reason instanceof LyssnaError ? stop.signal.reason : error;
      } finally {
        current = null;
      }
    },
    stop: () => current?.abort(new LyssnaError("cancelled")),
  };
}
