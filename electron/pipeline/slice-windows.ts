// Cuts the windows out of the running sound: their spans, packed end to end. Runs in main and the command line.
import { sampleRateHz } from "../inference/protocol.ts";
import { packedLengthMs } from "./packed-time.ts";
import type { SoundWindow } from "./plan-windows.ts";

/** Exact: 16 samples a millisecond. */
const toSamples = (ms: number): number => Math.round((ms * sampleRateHz) / 1000);

/**
 * One array of samples for each window, which are in order, out of PCM that begins at `fromMs`. Holds one window at a
 * time. Where the sound ends early the rest is silence, so that every window is answered.
 */
export async function* sliceWindows(
  pcm: AsyncIterable<Float32Array>,
  windows: readonly SoundWindow[],
  fromMs: number,
): AsyncGenerator<Float32Array, void, void> {
  const [first, ...rest] = windows;
  if (first === undefined) return;
  let next = 0;
  let { buffer, places } = room(first, fromMs);
  let at = 0;
  for await (const chunk of pcm) {
    for (;;) {
      for (const { fromSample, toSample, offset } of places) {
        const start = Math.max(fromSample, at);
        const end = Math.min(toSample, at + chunk.length);
        if (start < end) buffer.set(chunk.subarray(start - at, end - at), offset + start - fromSample);
      }
      if ((places.at(-1)?.toSample ?? 0) > at + chunk.length) break;
      yield buffer;
      const window = rest[next++];
      if (window === undefined) return;
      ({ buffer, places } = room(window, fromMs));
    }
    at += chunk.length;
  }
  yield buffer;
  for (const window of rest.slice(next)) yield room(window, fromMs).buffer;
}

interface Place {
  /** In the sound as it comes. */
  readonly fromSample: number;
  readonly toSample: number;
  /** In the window. */
  readonly offset: number;
}

function room({ spans }: SoundWindow, fromMs: number): { buffer: Float32Array<ArrayBuffer>; places: Place[] } {
  const places: Place[] = [];
  let offset = 0;
  for (const { startMs, endMs } of spans) {
    const fromSample = toSamples(startMs - fromMs);
    const toSample = toSamples(endMs - fromMs);
    places.push({ fromSample, toSample, offset });
    offset += toSample - fromSample;
  }
  return { buffer: new Float32Array(toSamples(packedLengthMs(spans))), places };
}
