// Several windows in flight at once: cut from the sound, handed over, answered in any order. Runs in main.
import type { Work } from "../work.ts";
import type { SoundWindow } from "./plan-windows.ts";
import { sliceWindows } from "./slice-windows.ts";

export interface Asking {
  /** Opens the sound as PCM from a time on. */
  readonly openPcm: (startMs: number) => AsyncIterable<Float32Array>;
  readonly windows: readonly SoundWindow[];
  /** Which of them to ask about, in rising order. */
  readonly indexes: readonly number[];
  /** Windows in flight at once. One more is being cut out meanwhile; no other sound is held. */
  readonly atOnce: number;
  readonly ask: (index: number, samples: Float32Array) => Promise<void>;
}

/**
 * Asks about every window named. The first error of `ask` or of the sound ends it, after what is in flight has settled;
 * then it is thrown.
 */
export async function askWindows(asking: Asking, { signal }: Pick<Work, "signal">): Promise<void> {
  const named = asking.indexes.flatMap((index) => {
    const window = asking.windows[index];
    return window === undefined ? [] : [{ index, window }];
  });
  const fromMs = named[0]?.window.spans[0]?.startMs;
  if (fromMs === undefined) return;
  const inFlight = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const start = (index: number, samples: Float32Array) => {
    const asked: Promise<void> = asking
      .ask(index, samples)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => inFlight.delete(asked));
    inFlight.add(asked);
  };
  const slices = sliceWindows(
    asking.openPcm(fromMs),
    named.map(({ window }) => window),
    fromMs,
  );
  let next = 0;
  try {
    for await (const samples of slices) {
      if (inFlight.size >= Math.max(1, asking.atOnce)) await Promise.race(inFlight);
      if (failures.length > 0) break;
      signal.throwIfAborted();
      start(named[next++]?.index ?? 0, samples);
    }
  } finally {
    await Promise.all(inFlight);
  }
  if (failures.length > 0) throw failures[0];
}
