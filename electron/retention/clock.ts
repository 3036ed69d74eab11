// The time that rules go by: the computer's clock, which a person can turn, held against the latest time that was ever
// seen. Values in, values out. Runs anywhere.

export interface ClockMark {
  /** The latest time that counted, milliseconds since 1970; 0 before the first look. */
  readonly seenMs: number;
  /** What the clock showed when it was found far ahead; null while it is believed. */
  readonly aheadMs: number | null;
  /** It stood behind at the last look, and that was told. */
  readonly back: boolean;
}

export const firstMark: ClockMark = { seenMs: 0, aheadMs: null, back: false };

/** Clocks are set by the network now and then; less than this is not worth a word. */
const toleranceMs = 10 * 60_000;
/** A machine may be off for a summer. A clock that says more is not believed at once: what it takes away is gone. */
export const aheadLimitMs = 92 * 86_400_000;
/** After so long in which it goes on as a clock does, it is believed. */
export const believedAfterMs = 7 * 86_400_000;

export interface ClockReading {
  /** The time that counts. Never earlier than any before it. */
  readonly nowMs: number;
  readonly mark: ClockMark;
  /** What is to be told, once. */
  readonly event: "clock-back" | "clock-ahead" | null;
}

/**
 * @param elapsedMs what a clock that nobody can turn has counted since the last look in this run; 0 at the first.
 * Time that was set back goes on from the latest that was seen, so that turning the clock wins nothing.
 */
export function readClock(mark: ClockMark, wallMs: number, elapsedMs: number): ClockReading {
  const least = mark.seenMs + Math.max(0, elapsedMs);
  if (mark.seenMs > 0 && wallMs - mark.seenMs > aheadLimitMs + elapsedMs) {
    const since = mark.aheadMs ?? wallMs;
    const believed = wallMs - since >= believedAfterMs;
    if (believed) return { nowMs: wallMs, mark: { seenMs: wallMs, aheadMs: null, back: false }, event: null };
    return {
      nowMs: least,
      // A clock that was turned on again and on again starts its probation anew.
      mark: { seenMs: least, aheadMs: wallMs < since ? wallMs : since, back: false },
      event: mark.aheadMs === null ? "clock-ahead" : null,
    };
  }
  const nowMs = Math.max(wallMs, least);
  const back = nowMs - wallMs > toleranceMs;
  return {
    nowMs,
    mark: { seenMs: nowMs, aheadMs: null, back },
    event: back && !mark.back ? "clock-back" : null,
  };
}
