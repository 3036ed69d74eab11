// Measures how loud a sound is over time, while it is decoded for something else or by itself. Runs in main: a second of
// sound takes a tenth of a millisecond.
import { sampleRateHz } from "../inference/protocol.ts";
import { peakStepMs, toPeak } from "../peaks.ts";

const stepSamples = (sampleRateHz * peakStepMs) / 1000;

/** Passes the sound on as it comes; `whole` is called with its peaks when all of it has passed. */
export async function* watchPeaks(
  pcm: AsyncIterable<Float32Array>,
  whole: (peaks: Uint8Array) => void,
): AsyncGenerator<Float32Array, void, void> {
  const peaks: number[] = [];
  let highest = 0;
  let inStep = 0;
  for await (const chunk of pcm) {
    for (const sample of chunk) {
      highest = Math.max(highest, Math.abs(sample));
      inStep += 1;
      if (inStep < stepSamples) continue;
      peaks.push(toPeak(highest));
      highest = 0;
      inStep = 0;
    }
    yield chunk;
  }
  if (inStep > 0) peaks.push(toPeak(highest));
  whole(Uint8Array.from(peaks));
}

/** Listens through a sound for its peaks alone. */
export async function measurePeaks(pcm: AsyncIterable<Float32Array>): Promise<Uint8Array> {
  let found: Uint8Array = new Uint8Array();
  for await (const _chunk of watchPeaks(pcm, (peaks) => (found = peaks)));
  return found;
}

/** The louder of several sounds at every step. */
export function loudestOf(sounds: readonly Uint8Array[]): Uint8Array {
  const length = Math.max(0, ...sounds.map((sound) => sound.length));
  return Uint8Array.from({ length }, (_, at) => Math.max(...sounds.map((sound) => sound[at] ?? 0)));
}
