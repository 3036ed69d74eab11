// Raises a faint recording for Silero: somebody far from the microphone, or a telephone turned down. Inference process.
// Silero knows voices as loud as they usually are. By measurement it hears the same voice as well 30 dB softer, a third
// less of it at 40, and none at 50. Whisper itself minds loudness little: its features are cut relative to the loudest.
import { sampleRateHz, vadFrameSamples } from "../protocol.ts";

/** The loudness (root mean square over a frame) of the loudest around, below which sound is raised. */
const faint = 0.01;
const mostGain = 100;
/** No frame is raised beyond this: a word after a long silence is not clipped. */
const loud = 0.1;
/** A sound counts that lasts for four frames, as long as the shortest word: a knock says nothing of the voices. */
const lastingFrames = 4;
/** How fast the loudest is forgotten: 2 dB a second, so that a soft answer after a loud question waits for a breath. */
const forgetting = 10 ** ((-2 / 20) * (vadFrameSamples / sampleRateHz));

export interface Raiser {
  /** Scales whole frames of 512 samples in place, one after the other. Loud recordings stay as they are. */
  raise(frames: Float32Array): void;
}

export function createRaiser(): Raiser {
  const recent = new Float32Array(lastingFrames);
  let count = 0;
  let loudest = 0;
  return {
    raise(frames) {
      for (let at = 0; at < frames.length; at += vadFrameSamples) {
        const frame = frames.subarray(at, at + vadFrameSamples);
        const loudness = loudnessOf(frame);
        recent[count++ % lastingFrames] = loudness;
        loudest = Math.max(Math.min(...recent), loudest * forgetting);
        const gain = Math.min(mostGain, faint / loudest, loud / loudness);
        if (gain > 1) for (let n = 0; n < frame.length; n++) frame[n] = (frame[n] ?? 0) * gain;
      }
    },
  };
}

function loudnessOf(frame: Float32Array): number {
  let sum = 0;
  for (let n = 0; n < frame.length; n++) sum += (frame[n] ?? 0) ** 2;
  return Math.sqrt(sum / frame.length);
}
