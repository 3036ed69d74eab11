// How fast something comes and how long is left, from what came during the last seconds. Pure.

export interface TransferPace {
  /** Null before enough has come to tell. */
  readonly bytesPerSecond: number | null;
  readonly leftMs: number | null;
}

export interface PaceMeter {
  /** Takes how much there is now, of how much, at a time in milliseconds, and answers the pace. */
  measure(doneBytes: number, totalBytes: number, nowMs: number): TransferPace;
}

/** What is older says nothing of how it goes now. */
const windowMs = 10_000;
/** The first second is a server waking up. */
const leastMs = 1000;

/** What was there when it began, from an earlier try, does not count as speed. */
export function createPaceMeter(): PaceMeter {
  let marks: readonly { readonly atMs: number; readonly bytes: number }[] = [];
  return {
    measure(doneBytes, totalBytes, nowMs) {
      // A file that had to be fetched anew makes the number go down: the count begins anew.
      const steady = marks.filter(({ bytes }) => bytes <= doneBytes);
      const recent = steady.filter(({ atMs }) => nowMs - atMs <= windowMs);
      marks = [...(recent.length > 0 ? recent : steady.slice(-1)), { atMs: nowMs, bytes: doneBytes }];
      const [first] = marks;
      const elapsedMs = first === undefined ? 0 : nowMs - first.atMs;
      if (first === undefined || elapsedMs < leastMs) return { bytesPerSecond: null, leftMs: null };
      const bytesPerSecond = ((doneBytes - first.bytes) / elapsedMs) * 1000;
      if (bytesPerSecond <= 0) return { bytesPerSecond: 0, leftMs: null };
      return { bytesPerSecond, leftMs: (Math.max(0, totalBytes - doneBytes) / bytesPerSecond) * 1000 };
    },
  };
}
