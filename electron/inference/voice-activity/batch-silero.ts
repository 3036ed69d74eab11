// Silero on a graph of our own: many frames in one run. Inference process.
import { InferenceSession, Tensor } from "onnxruntime-node";
import { modelBytes } from "../../onnx/graph.ts";
import { vadFrameSamples } from "../protocol.ts";
import { contextSamples, type Silero, stateSize } from "./silero.ts";
import { columnSamples, columns, columnStep, folded, sileroGraph } from "./silero-graph.ts";
import { readSileroWeights } from "./silero-weights.ts";

/** Frames in one run: 4 s. More gain nothing, and what they compute no longer fits into a processor's cache. */
export const framesAtOnce = 128;
const heardSamples = contextSamples + vadFrameSamples;

/** Throws a RangeError where the published file is built in an unknown way. */
export async function openBatchSilero(
  published: Uint8Array,
  options: InferenceSession.SessionOptions,
): Promise<Silero> {
  const session = await InferenceSession.create(modelBytes(sileroGraph(readSileroWeights(published))), options);
  const sums = new Float32Array(framesAtOnce * columns * folded);
  const differences = new Float32Array(framesAtOnce * columns * folded);
  const stateTensor = (values: Float32Array) => new Tensor("float32", values, [1, 1, stateSize]);
  return {
    async hear(sound, before) {
      const frames = (sound.length - contextSamples) / vadFrameSamples;
      const probabilities = new Float32Array(frames);
      let state = before;
      for (let first = 0; first < frames; first += framesAtOnce) {
        const count = Math.min(framesAtOnce, frames - first);
        foldFrames(sound, first, count, sums, differences);
        const rows = count * columns;
        const outputs = await session.run({
          sums: new Tensor("float32", sums.subarray(0, rows * folded), [rows, folded]),
          differences: new Tensor("float32", differences.subarray(0, rows * folded), [rows, folded]),
          hidden: stateTensor(state.hidden),
          cell: stateTensor(state.cell),
        });
        probabilities.set(outputs["probabilities"]?.data as Float32Array, first);
        state = {
          hidden: outputs["hiddenAfter"]?.data as Float32Array,
          cell: outputs["cellAfter"]?.data as Float32Array,
        };
      }
      return { probabilities, state };
    },
    release: () => session.release(),
  };
}

/** Each frame's columns, folded in their middle. What lies after the frame's end is its mirror image. */
function foldFrames(
  sound: Float32Array,
  first: number,
  count: number,
  sums: Float32Array,
  differences: Float32Array,
): void {
  const mirrored = new Float32Array(heardSamples + columnSamples / 4);
  let to = 0;
  for (let frame = first; frame < first + count; frame++) {
    const from = frame * vadFrameSamples;
    mirrored.set(sound.subarray(from, from + heardSamples));
    for (let n = 0; heardSamples + n < mirrored.length; n++) {
      mirrored[heardSamples + n] = mirrored[heardSamples - 2 - n] ?? 0;
    }
    for (let column = 0; column < columns; column++) {
      const start = column * columnStep;
      for (let n = 1; n <= folded; n++, to++) {
        const one = mirrored[start + n] ?? 0;
        const other = mirrored[start + columnSamples - n] ?? 0;
        sums[to] = one + other;
        differences[to] = one - other;
      }
    }
  }
}
