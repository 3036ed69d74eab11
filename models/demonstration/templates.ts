// What each word of the demonstration voice looks like to the model: a patch of sharpened log-mel sound between
// two short silences. Runs under Node, when the model is made. encoder.ts does the same to the sound it hears.
import { hopSamples, logMel } from "./log-mel.ts";
import type { Voice } from "./voice.ts";

/** The mel bands from 350 Hz to 3.4 kHz: what a telephone lets through. */
export const firstBand = 6;
export const lastBand = 57;
/** Neighbouring mel bands are averaged in pairs. */
export const bandsPerChannel = 2;
export const channels = (lastBand - firstBand + 1) / bandsPerChannel;
/** Sound more than 32 dB under the loudest around counts as silence. In Whisper's units: log10 of power, over 4. */
export const floorDepth = 0.8;
/** Sharpening: less the mean over this many channels, then less most of the mean over this many frames. */
export const channelReach = 3;
export const frameReach = 10;
export const frameShare = 0.7;
/** Frames of silence that a word must have on either side. The voice leaves twice as much. */
export const marginFrames = 6;

export interface Template {
  readonly word: string;
  /** Frames of the word itself, without margins. */
  readonly frames: number;
  /** Frames × channels of the word with margins, scaled to norm 1. */
  readonly patch: Float32Array;
  /** The norm before scaling: how much contrast the word has. */
  readonly contrast: number;
}

export const makeTemplates = (voice: Voice): readonly Template[] =>
  Array.from(voice, ([word, samples]) => makeTemplate(word, samples));

function makeTemplate(word: string, samples: Int16Array): Template {
  const frames = Math.ceil(samples.length / hopSamples);
  const kept = frames + 2 * marginFrames;
  const total = kept + 2 * frameReach;
  const sums = new Float32Array(kept * channels);
  // A recording may start anywhere between two frames: the template is the mean over two such starts.
  for (const shiftSamples of [-40, 40]) {
    const padded = new Float32Array(total * hopSamples);
    // Frame k is centred on sample 160 k; the word is centred on the middle frame.
    const start = Math.round(((total - 1) * hopSamples - samples.length) / 2) + shiftSamples;
    samples.forEach((sample, at) => (padded[start + at] = sample / 32_768));
    const sharp = sharpen(toChannels(logMel(padded, firstBand, lastBand)));
    for (let frame = 0; frame < kept; frame++) {
      sharp[frame + frameReach]?.forEach((value, channel) => {
        sums[frame * channels + channel] = (sums[frame * channels + channel] as number) + value;
      });
    }
  }
  const contrast = Math.sqrt(sums.reduce((sum, value) => sum + value ** 2, 0));
  return { word, frames, patch: sums.map((value) => value / contrast), contrast: contrast / 2 };
}

/** Height above the floor, in Whisper's units. */
function toChannels(mel: readonly Float32Array[]): Float32Array[] {
  const floor = Math.max(...mel.map((frame) => Math.max(...frame))) - floorDepth * 4;
  const height = (frame: Float32Array, band: number): number => (Math.max(frame[band] ?? floor, floor) - floor) / 4;
  return mel.map((frame) =>
    Float32Array.from(
      { length: channels },
      (_, channel) => (height(frame, 2 * channel) + height(frame, 2 * channel + 1)) / 2,
    ),
  );
}

/** Formants and harmonics stand out, loudness and steady sound recede. Edge channels repeat; outside is silence. */
function sharpen(frames: readonly Float32Array[]): Float32Array[] {
  const acrossChannels = frames.map((frame) =>
    frame.map((value, channel) => {
      let sum = 0;
      for (let step = -channelReach; step <= channelReach; step++)
        sum += frame[Math.min(channels - 1, Math.max(0, channel + step))] ?? 0;
      return value - sum / (2 * channelReach + 1);
    }),
  );
  return acrossChannels.map((frame, at) =>
    frame.map((value, channel) => {
      let sum = 0;
      for (let step = -frameReach; step <= frameReach; step++) sum += acrossChannels[at + step]?.[channel] ?? 0;
      return value - (frameShare * sum) / (2 * frameReach + 1);
    }),
  );
}
