// Voice activity detection with Silero on ONNX Runtime: one speech probability per 32 ms frame. Inference process.
import { vadFrameSamples } from "./protocol.ts";
import { loadSilero } from "./voice-activity/load-silero.ts";
import { createRaiser } from "./voice-activity/raise-quiet.ts";
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
  const raiser = createRaiser();
  let state = emptyState;
  let context: Float32Array = new Float32Array(contextSamples);
  let rest: Float32Array = new Float32Array(0);

  async function hear(frames: Float32Array): Promise<Float32Array> {
    if (frames.length === 0) return frames;
    raiser.raise(frames);
    const sound = joined(context, frames);
    context = frames.slice(-contextSamples);
    const heard = await silero.hear(sound, state);
    state = heard.state;
    return heard.probabilities;
  }

  return {
    push(samples) {
      const all = joined(rest, samples);
      // A plain loop, over 58 million samples an hour: `map` takes as long as a fifth of the hearing.
      for (let at = rest.length; at < all.length; at++) all[at] = toSample(all[at] ?? 0);
      const whole = all.length - (all.length % vadFrameSamples);
      rest = all.slice(whole);
      return hear(all.subarray(0, whole));
    },
    close() {
      const frame = new Float32Array(rest.length === 0 ? 0 : vadFrameSamples);
      frame.set(rest);
      rest = new Float32Array(0);
      return hear(frame);
    },
  };
}

function joined(one: Float32Array, other: Float32Array): Float32Array {
  const both = new Float32Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** Within full scale: a value of 1e30 is a number, and its square is none. */
const toSample = (value: number): number => (Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0);
