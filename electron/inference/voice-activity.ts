// Voice activity detection with Silero on ONNX Runtime: one speech probability per 32 ms frame. Inference process.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { sampleRateHz, vadFrameSamples } from "./protocol.ts";

export interface VoiceActivity {
  /** Probabilities of the whole frames so far unanswered; a rest waits for the next push. */
  push(samples: Float32Array): Promise<Float32Array>;
  /** The last frame, filled up with silence. */
  close(): Promise<Float32Array>;
}

/** Silero v5: each frame is heard with the last 64 samples of the one before (snakers4/silero-vad, OnnxWrapper). */
const contextSamples = 64;
const stateShape = [2, 1, 128] as const;

let session: Promise<InferenceSession> | null = null;

async function loadSilero(): Promise<InferenceSession> {
  // Ships in the package, beside its browser code.
  const entry = createRequire(import.meta.url).resolve("@ricky0123/vad-web");
  const model = await readFile(join(dirname(entry), "silero_vad_v5.onnx"));
  return InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 });
}

/** Opens a stream of its own; the model is loaded once. */
export async function openVoiceActivity(): Promise<VoiceActivity> {
  const silero = await (session ??= loadSilero());
  const rate = new Tensor("int64", [BigInt(sampleRateHz)], []);
  let state = new Tensor("float32", new Float32Array(256), stateShape);
  let rest = new Float32Array(0);
  const input = new Float32Array(contextSamples + vadFrameSamples);

  async function hear(frame: Float32Array): Promise<number> {
    input.copyWithin(0, vadFrameSamples);
    input.set(frame, contextSamples);
    const feeds = { input: new Tensor("float32", input, [1, input.length]), state, sr: rate };
    const { output, stateN } = await silero.run(feeds);
    state = stateN as typeof state;
    return Number(output?.data[0] ?? 0);
  }

  return {
    async push(samples) {
      const all = new Float32Array(rest.length + samples.length);
      all.set(rest);
      all.set(samples, rest.length);
      const frames = Math.floor(all.length / vadFrameSamples);
      const probabilities = new Float32Array(frames);
      for (let i = 0; i < frames; i++) {
        probabilities[i] = await hear(all.subarray(i * vadFrameSamples, (i + 1) * vadFrameSamples));
      }
      rest = all.slice(frames * vadFrameSamples);
      return probabilities;
    },
    async close() {
      if (rest.length === 0) return new Float32Array(0);
      const frame = new Float32Array(vadFrameSamples);
      frame.set(rest);
      rest = new Float32Array(0);
      return Float32Array.of(await hear(frame));
    },
  };
}
