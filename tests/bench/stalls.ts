// How long a message to a process has to wait because its thread is busy. Bench only.

/** Turns of the event loop. */
export interface Stalls {
  /** By how many milliseconds each came late. */
  readonly lateMs: readonly number[];
  /** As much of that as the thread itself computed; the rest of the time the processor was others'. */
  readonly busyMs: readonly number[];
  readonly totalMs: number;
}

const everyMs = 2;

/** Watches this thread from now on. */
export function watchStalls(): { stop(): Stalls } {
  const lateMs: number[] = [];
  const busyMs: number[] = [];
  const startMs = performance.now();
  let lastMs = startMs;
  let lastComputedMs = computedMs();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    const nowComputedMs = computedMs();
    const late = Math.max(0, nowMs - lastMs - everyMs);
    lateMs.push(late);
    busyMs.push(Math.min(late, nowComputedMs - lastComputedMs));
    lastMs = nowMs;
    lastComputedMs = nowComputedMs;
  }, everyMs);
  return {
    stop() {
      clearInterval(timer);
      return { lateMs, busyMs, totalMs: performance.now() - startMs };
    },
  };
}

/** Time on the processor that this thread has had. */
function computedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/**
 * The wait that only `share` of all moments exceed. Counted by moments, not by turns: a message that comes at any
 * moment of a stall waits until its end, so one long stall weighs as much as the time it takes.
 */
export function waitExceededFor(stallsMs: readonly number[], totalMs: number, share: number): number {
  const longest = stallsMs.toSorted((one, other) => other - one);
  // Moments that wait longer than w: Σ (stall − w) over the stalls that are longer. Stall by stall, the longest first.
  let sum = 0;
  for (const [at, stall] of longest.entries()) {
    sum += stall;
    const next = longest[at + 1] ?? 0;
    if (sum - next * (at + 1) >= share * totalMs) return (sum - share * totalMs) / (at + 1);
  }
  return 0;
}
