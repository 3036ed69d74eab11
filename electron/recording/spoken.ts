// Where in a recording a moment falls, though its sound has not come yet. Pure.
// Sound is on its way for a while, on a busy machine for seconds: who presses "strike" means what was said until then.

export interface Spoken {
  /** So much is kept now. */
  kept(keptMs: number, nowMs: number): void;
  /** Where in the recording lies what is said at `nowMs`: never before what is kept by then was said. */
  at(nowMs: number): number;
}

/**
 * By how much the least delayed piece of late was behind; older ones count for less and less, since the device's clock
 * and the machine's drift apart (0.1 ms a second is much between two quartz crystals).
 */
const forgetPerMs = 0.0005;

/** Of a take that begins at `startMs` on a clock that never jumps, with `keptMs` of sound before it. */
export function spokenSince(startMs: number, keptMs: number): Spoken {
  let leastMs: number | null = null;
  let toldMs = startMs;
  return {
    kept(kept, nowMs) {
      const behindMs = nowMs - startMs - (kept - keptMs);
      const before = leastMs === null ? Number.POSITIVE_INFINITY : leastMs + (nowMs - toldMs) * forgetPerMs;
      leastMs = Math.min(before, behindMs);
      toldMs = nowMs;
    },
    at: (nowMs) => keptMs + nowMs - startMs - (leastMs ?? 0),
  };
}
