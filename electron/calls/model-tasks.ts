// What is done with whole models on this computer: installing, packing, checking. One at a time, seen in a snapshot, stopped
// without a trace. Runs in main.
import type { ModelTask } from "../contract.ts";
import { LyssnaError, toErrorData } from "../errors.ts";
import type { ModelWork } from "../models/import-model.ts";

export interface ModelTasks {
  /** Throws model-busy while another runs, cancelled when it was stopped, and what the work throws. */
  run<Result>(what: Pick<ModelTask, "what" | "name">, work: (tools: ModelWork) => Promise<Result>): Promise<Result>;
  /** The same for what the organisation asked for: it waits for no answer, and shows what went wrong. */
  runByPolicy(name: string, work: (tools: ModelWork) => Promise<void>): Promise<void>;
  stop(): void;
}

const tellEveryMs = 250;

export function createModelTasks(show: (task: ModelTask | null) => void): ModelTasks {
  let stop: AbortController | null = null;

  async function perform<Result>(
    task: Omit<ModelTask, "fraction" | "error">,
    work: (tools: ModelWork) => Promise<Result>,
  ): Promise<Result> {
    if (stop !== null) throw new LyssnaError("model-busy");
    const own = (stop = new AbortController());
    let toldAt = 0;
    const report = (fraction: number) => {
      if (performance.now() - toldAt < tellEveryMs) return;
      toldAt = performance.now();
      show({ ...task, fraction: Math.min(1, fraction), error: null });
    };
    report(0);
    try {
      return await work({ signal: own.signal, report });
    } catch (error) {
      throw own.signal.aborted ? new LyssnaError("cancelled") : error;
    } finally {
      stop = null;
      show(null);
    }
  }

  return {
    run: (task, work) => perform({ ...task, byPolicy: false }, work),
    async runByPolicy(name, work) {
      const task = { what: "install", name, byPolicy: true } as const;
      try {
        await perform(task, work);
      } catch (error) {
        const data = toErrorData(error);
        if (data.code !== "cancelled" && data.code !== "model-busy") show({ ...task, fraction: 0, error: data });
      }
    },
    stop: () => stop?.abort(),
  };
}
