// Silero as it is published: one run of the graph for each frame. Inference process.
import { InferenceSession, Tensor } from "onnxruntime-node";
import { sampleRateHz, vadFrameSamples } from "../protocol.ts";
import { contextSamples, type Silero, stateSize } from "./silero.ts";

export async function openPublishedSilero(
  model: Uint8Array,
  options: InferenceSession.SessionOptions,
): Promise<Silero> {
  const session = await InferenceSession.create(model, options);
  const sr = new Tensor("int64", [BigInt(sampleRateHz)], []);
  return {
    async hear(sound, before) {
      const frames = (sound.length - contextSamples) / vadFrameSamples;
      const probabilities = new Float32Array(frames);
      const both = Float32Array.of(...before.hidden, ...before.cell);
      let state = new Tensor("float32", both, [2, 1, stateSize]);
      for (let frame = 0; frame < frames; frame++) {
        const from = frame * vadFrameSamples;
        const heard = sound.subarray(from, from + contextSamples + vadFrameSamples);
        const input = new Tensor("float32", heard, [1, heard.length]);
        const { output, stateN } = await session.run({ input, state, sr });
        state = stateN as typeof state;
        probabilities[frame] = Number(output?.data[0] ?? 0);
      }
      const { data } = state;
      return { probabilities, state: { hidden: data.slice(0, stateSize), cell: data.slice(stateSize) } };
    },
    release: () => session.release(),
  };
}
