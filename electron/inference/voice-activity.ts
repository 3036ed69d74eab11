// Voice activity detection with Silero on ONNX Runtime: one speech probability per 32 ms frame. Inference process.
import { vadFrameSamples } from "./protocol.ts";
import { loadSilero } from "./voice-activity/load-silero.ts";
import { contextSamples, emptyState, type Silero } from "./voice-activity/silero.ts";

export interface VoiceActivity {
  /** Probabilities of the whole frames so far unanswered; a rest waits for the next push. */
  push(samples: Float32Array): Promise<Float32Array>;
  /** The last frame, filled up with silence. */
  close(): Promise<Float32Array>;
}

let loaded: Promise<Silero> | null = null;

/** Opens a stream of its own; the model is loaded once. */
export async function openVoiceActivity(): Promise<VoiceActivity> {
  loaded ??= loadSilero();
  return streamThrough(await loaded);
}

/** A stream of any pushes, however they are cut. What is no number counts as silence: it would never leave the state. */
export function streamThrough(silero: Silero): VoiceActivity {
  let state = emptyState;
  // The context of the next frame, then what is left of a frame.
  let waiting: Float32Array = new Float32Array(contextSamples);

  async function hear(sound: Float32Array, frames: number): Promise<Float32Array> {
    if (frames === 0) return new Float32Array(0);
    const heard = await silero.hear(sound.subarray(0, contextSamples + frames * vadFrameSamples), state);
    state = heard.state;
    return heard.probabilities;
  }

  return {
    async push(samples) {
      const sound = new Float32Array(waiting.length + samples.length);
      sound.set(waiting);
      for (const [at, value] of samples.entries()) sound[waiting.length + at] = toSample(value);
      const frames = Math.floor((sound.length - contextSamples) / vadFrameSamples);
      waiting = sound.slice(frames * vadFrameSamples);
      return hear(sound, frames);
    },
    async close() {
      if (waiting.length === contextSamples) return new Float32Array(0);
      const sound = new Float32Array(contextSamples + vadFrameSamples);
      sound.set(waiting);
      waiting = new Float32Array(contextSamples);
      return hear(sound, 1);
    },
  };
}

/** Within full scale: a value of 1e30 is a number, and its square is none. */
const toSample = (value: number): number => (Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0);
