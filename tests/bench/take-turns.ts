// Two systems in turns, so that a slow phase of the machine falls on both. Bench only.
import { median } from "./report.ts";

export interface Turns {
  /** Both take one unmeasured step first: memory is taken and code is compiled then. Answers milliseconds. */
  readonly ours: () => Promise<number>;
  readonly theirs: () => Promise<number>;
  readonly rounds: number;
  readonly progress: (whose: "ours" | "theirs", elapsedMs: number) => void;
}

export interface TurnTimes {
  readonly oursMs: number;
  readonly theirsMs: number;
}

/** Medians. Ours runs before and after each round of theirs. */
export async function takeTurns({ ours, theirs, rounds, progress }: Turns): Promise<TurnTimes> {
  const times = { ours: [] as number[], theirs: [] as number[] };
  const take = async (whose: "ours" | "theirs") => {
    const elapsedMs = await (whose === "ours" ? ours() : theirs());
    times[whose].push(elapsedMs);
    progress(whose, elapsedMs);
  };
  await take("ours");
  for (let round = 0; round < rounds; round++) {
    await take("theirs");
    await take("ours");
  }
  return { oursMs: median(times.ours), theirsMs: median(times.theirs) };
}

/** Milliseconds that a piece of work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
