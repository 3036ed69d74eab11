// How fast the loaded model goes: a window heard, a few steps with one row, two, four, as many as there is room for.
// Inference process.
import type { Pace } from "../protocol.ts";
import type { Whisper } from "./load.ts";
import type { Row } from "./rows.ts";

/** Steps that are compared between devices, and steps that a time is the median of. */
const comparedSteps = 12;
const timedSteps = 5;

/** The first window heard warms up; where it took longer, its time must do. */
const warmUpMostMs = 1500;

/** Leaves no row behind. Takes two windows' listening at most, and about thirty steps. */
export async function measurePace({ rows, tokens }: Pick<Whisper, "rows" | "tokens">): Promise<Pace> {
  const inUse: Row[] = [];
  try {
    let listenMs = await timeMs(async () => inUse.push(await rows.join(madeSound())));
    const [first] = inUse;
    if (first === undefined) throw new Error("no row was made");
    if (listenMs < warmUpMostMs) {
      rows.leave(first);
      inUse.length = 0;
      listenMs = await timeMs(async () => inUse.push(await rows.join(madeSound())));
    }

    let next = inUse.map(() => tokens.start);
    const step = async () => {
      next = (await rows.step(inUse, next, false)).map(({ best }) => best);
    };
    const said: number[] = [];
    for (let at = 0; at < comparedSteps; at++) {
      await step();
      said.push(next[0] ?? -1);
    }
    const steps: { rows: number; stepMs: number }[] = [];
    for (let count = 1; ; count = Math.min(count * 2, rows.capacity)) {
      while (inUse.length < count) {
        inUse.push(rows.copy(inUse[0] ?? first));
        next.push(tokens.start);
      }
      const times: number[] = [];
      for (let at = 0; at < timedSteps; at++) times.push(await timeMs(step));
      steps.push({ rows: count, stepMs: times.toSorted((one, other) => one - other)[timedSteps >> 1] ?? 0 });
      if (count >= rows.capacity) break;
    }
    return { listenMs, steps, tokens: said };
  } finally {
    for (const row of inUse.toReversed()) rows.leave(row);
  }
}

async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** Ten seconds that rise through the voice's range. */
const madeSound = (): Float32Array =>
  Float32Array.from({ length: 160_000 }, (_, at) => 0.3 * Math.sin(at * at * 1e-5) + 0.1 * Math.sin(at / 9));
