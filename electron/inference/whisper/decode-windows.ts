// The batch: windows wait for a row, all rows take a step together, a row that is done leaves and the next window takes
// its place. Inference process.
import { createHearing, type Hearing, type HearingOptions, type Said } from "./hearing.ts";
import type { Row, Rows } from "./rows.ts";

export interface WindowDecoder {
  /** @param samples at most 30 s of 16 kHz sound */
  decode(samples: Float32Array, options: HearingOptions): Promise<Said>;
}

interface Waiting {
  readonly samples: Float32Array;
  readonly options: HearingOptions;
  readonly resolve: (said: Said) => void;
  readonly reject: (error: unknown) => void;
}

interface Active<R> {
  readonly row: R;
  readonly hearing: Hearing;
  readonly waited: Waiting;
}

export function createWindowDecoder<R extends Row>(rows: Rows<R>): WindowDecoder {
  const waiting: Waiting[] = [];
  let active: Active<R>[] = [];
  let running = false;

  async function admit(waited: Waiting): Promise<void> {
    try {
      const row = await rows.join(waited.samples);
      active.push({ row, hearing: createHearing(waited.options), waited });
    } catch (error) {
      waited.reject(error);
    }
  }

  function end(one: Active<R>): void {
    rows.leave(one.row);
    active = active.filter((other) => other !== one);
  }

  async function step(): Promise<void> {
    const now = active;
    const scores = await rows.step(
      now.map(({ row }) => row),
      now.map(({ hearing }) => hearing.token),
      now.some(({ hearing }) => hearing.wantsLogits),
    );
    const outcomes = now.map(({ hearing }, at) => {
      const answer = scores[at];
      if (answer === undefined) throw new Error("a row without an answer");
      // A row that did not ask for all logits must not see them: it would choose by another path than alone.
      return hearing.take(hearing.wantsLogits ? answer : { ...answer, logits: null });
    });
    for (const [at, one] of now.entries()) {
      if (outcomes[at] === "again") rows.restart(one.row);
      if (outcomes[at] !== "done") continue;
      end(one);
      one.waited.resolve(one.hearing.result());
    }
  }

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0 || active.length > 0) {
      while (active.length < rows.capacity) {
        const next = waiting.shift();
        if (next === undefined) break;
        await admit(next);
      }
      try {
        if (active.length > 0) await step();
      } catch (error) {
        // What went wrong in a step cannot be told from whom: each window is asked for again, alone.
        for (const one of active) {
          end(one);
          one.waited.reject(error);
        }
      }
    }
    running = false;
  }

  return {
    decode: (samples, options) =>
      new Promise((resolve, reject) => {
        waiting.push({ samples, options, resolve, reject });
        if (!running) void run();
      }),
  };
}
