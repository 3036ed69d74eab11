// A track's sound in blocks of 20 ms at 48 kHz, by the device's own clock. Runs in the window.
// An audio graph would run by the loudspeaker's clock: two clocks drift, and every minute or so the graph makes up for
// it with a few milliseconds that nobody said, or leaves out some that somebody did.
import { blockFrames, rateHz } from "./opus-encoder.ts";
import { createResampler, type Resample } from "./resample.ts";

/** Pieces of 10 ms that wait while the window is busy: ten seconds. More than that would be left out by Chromium. */
const mostWaiting = 1000;

/** In Chromium's windows, and not yet in TypeScript's types: W3C, MediaStreamTrack Insertable Media Processing. */
declare const MediaStreamTrackProcessor: new (init: {
  readonly track: MediaStreamTrack;
  readonly maxBufferSize: number;
}) => { readonly readable: ReadableStream<AudioData> };

/**
 * @param onBlock 960 samples, -1 to 1
 * @param onEnd the device is gone; not called after `stop`
 * @returns how to stop, which also closes the device
 */
export function readTrack(
  track: MediaStreamTrack,
  onBlock: (samples: Float32Array<ArrayBuffer>) => void,
  onEnd: () => void,
): () => void {
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: mostWaiting }).readable.getReader();
  let stopped = false;
  let deviceHz = 0;
  let resample: Resample = (samples) => samples.slice();
  let block = new Float32Array(blockFrames);
  let filled = 0;

  function take(data: AudioData): void {
    if (data.sampleRate !== deviceHz) {
      deviceHz = data.sampleRate;
      resample = createResampler(deviceHz, rateHz);
    }
    for (const sample of resample(monoOf(data))) {
      block[filled] = sample;
      filled += 1;
      if (filled < blockFrames) continue;
      onBlock(block);
      block = new Float32Array(blockFrames);
      filled = 0;
    }
  }

  async function readAll(): Promise<void> {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || stopped) {
        value?.close();
        break;
      }
      take(value);
      value.close();
    }
    if (!stopped) onEnd();
  }

  void readAll().catch(() => {
    if (!stopped) onEnd();
  });
  return () => {
    stopped = true;
    track.stop();
    void reader.cancel().catch(() => {});
  };
}

/** The mean of all channels. */
function monoOf(data: AudioData): Float32Array {
  const sum = new Float32Array(data.numberOfFrames);
  const plane = new Float32Array(data.numberOfFrames);
  for (let channel = 0; channel < data.numberOfChannels; channel++) {
    data.copyTo(plane, { planeIndex: channel, format: "f32-planar" });
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + (plane[at] ?? 0) / data.numberOfChannels;
  }
  return sum;
}
