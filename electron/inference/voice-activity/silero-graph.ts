// Silero's graph for many frames at once: all but the recurrent cell as matrix products over the frames. Inference
// process. Of each convolution only the taps that meet sound are computed: four columns become two, then one.
import { createGraph, floats, type Graph, type Tensor, type Value } from "../../onnx/graph.ts";
import { stateSize } from "./silero.ts";
import type { Convolution, SileroWeights } from "./silero-weights.ts";

/** Each frame is transformed in four overlapping columns of 256 samples, 128 apart. */
export const columns = 4;
export const columnSamples = 256;
export const columnStep = 128;
/** A column x[0…255] under a window that begins with 0: x[n] + x[256 − n] and x[n] − x[256 − n] for n from 1 to 128. */
export const folded = columnSamples / 2;
const frequencies = folded + 1;

/**
 * Inputs `sums` and `differences` [4 × frames, 128] (the columns folded), `hidden` and `cell` [1, 1, 128]; outputs
 * `probabilities` [frames], `hiddenAfter` and `cellAfter`. Throws a RangeError for weights of another shape.
 */
export function sileroGraph(weights: SileroWeights): Graph {
  const graph = createGraph("silero");
  for (const name of ["sums", "differences"]) graph.input(name, "float32", ["columns", folded]);
  for (const name of ["hidden", "cell"]) graph.input(name, "float32", [1, 1, stateSize]);
  const parts = [
    graph.node("MatMul", ["sums", graph.constant(foldTransform(weights.transform, 0))]),
    graph.node("MatMul", ["differences", graph.constant(foldTransform(weights.transform, frequencies))]),
  ].map((part) => graph.node("Mul", [part, part]));
  const magnitudes = graph.node("Sqrt", [graph.node("Add", parts)]);
  const frames = graph.node("Reshape", [magnitudes, indices(graph, -1, columns * frequencies)]);
  return hearFrames(graph, frames, weights);
}

/** From magnitudes [frames, columns × frequencies] on. */
function hearFrames(graph: Graph, magnitudes: Value, { encoder, cell, output }: SileroWeights): Graph {
  const [first, second, third, last] = encoder.map(readTaps);
  if (!first || !second || !third || !last) throw new RangeError("an encoder of another depth");
  const part = (from: number, to: number): Value =>
    graph.node("Slice", [
      magnitudes,
      indices(graph, from * frequencies),
      indices(graph, to * frequencies),
      indices(graph, 1),
    ]);
  const join = (...values: Value[]): Value => graph.node("Concat", values, { axis: 1 });
  const dense = (value: Value, taps: Taps, from: number, to: number): Value => {
    const weight = graph.constant(taps.rows(from, to));
    return graph.node("Relu", [graph.node("Gemm", [value, weight, graph.constant(taps.bias)])]);
  };
  // Three taps, with one column of nothing on either side; the second and the third take every other column.
  const a = dense(part(0, 2), first, 1, 3);
  const b = dense(part(0, 3), first, 0, 3);
  const c = dense(part(1, 4), first, 0, 3);
  const d = dense(part(2, 4), first, 0, 2);
  const halved = join(dense(join(a, b), second, 1, 3), dense(join(b, c, d), second, 0, 3));
  const encoded = dense(dense(halved, third, 1, 3), last, 1, 2);

  const [answers, hiddenAfter, cellAfter] = graph.nodes(
    "LSTM",
    [
      graph.node("Unsqueeze", [encoded, indices(graph, 1)]),
      graph.constant(inOnnxOrder(cell.input)),
      graph.constant(inOnnxOrder(cell.hidden)),
      graph.constant(joinTensors(inOnnxOrder(cell.inputBias), inOnnxOrder(cell.hiddenBias))),
      "",
      "hidden",
      "cell",
    ],
    3,
    { hidden_size: stateSize },
  ) as [Value, Value, Value];
  const heard = graph.node("Relu", [graph.node("Reshape", [answers, indices(graph, -1, stateSize)])]);
  const final = readTaps(output);
  const logits = graph.node("Gemm", [heard, graph.constant(final.rows(0, 1)), graph.constant(final.bias)]);
  const probabilities = graph.node("Sigmoid", [graph.node("Reshape", [logits, indices(graph, -1)])]);
  for (const [name, value, dims] of [
    ["probabilities", probabilities, ["frames"]],
    ["hiddenAfter", hiddenAfter, [1, 1, stateSize]],
    ["cellAfter", cellAfter, [1, 1, stateSize]],
  ] as const) {
    graph.node("Identity", [value], {}, { outputs: [name] });
    graph.output(name, "float32", dims);
  }
  return graph;
}

const indices = (graph: Graph, ...values: number[]): Value =>
  graph.constant({ type: "int64", dims: [values.length], data: bytesOf(BigInt64Array.from(values, BigInt)) });

const bytesOf = (view: BigInt64Array): Uint8Array => new Uint8Array(view.buffer);
const numbersOf = ({ data }: Tensor): Float32Array => new Float32Array(data.slice().buffer);

/** The cosines or sines, [sample, frequency]. The middle sample is its own mirror image, and counts once. */
function foldTransform({ dims, data }: Tensor, from: number): Tensor {
  if (dims[0] !== 2 * frequencies || dims[2] !== columnSamples) throw new RangeError("a transform of another size");
  const values = numbersOf({ type: "float32", dims, data });
  const matrix = new Float32Array(folded * frequencies);
  for (let n = 1; n <= folded; n++) {
    for (let k = 0; k < frequencies; k++) {
      const value = values[(from + k) * columnSamples + n] ?? 0;
      matrix[(n - 1) * frequencies + k] = n === folded ? value / 2 : value;
    }
  }
  return floats([folded, frequencies], matrix);
}

interface Taps {
  readonly bias: Tensor;
  /** The matrix for some of the taps, one after the other: [taps × in, out]. */
  rows(from: number, to: number): Tensor;
}

function readTaps({ weight, bias }: Convolution): Taps {
  const [outs = 0, ins = 0, taps = 0] = weight.dims;
  const values = numbersOf(weight);
  return {
    bias,
    rows(from, to) {
      const matrix = new Float32Array((to - from) * ins * outs);
      let at = 0;
      for (let tap = from; tap < to; tap++) {
        for (let input = 0; input < ins; input++) {
          for (let out = 0; out < outs; out++) matrix[at++] = values[(out * ins + input) * taps + tap] ?? 0;
        }
      }
      return floats([(to - from) * ins, outs], matrix);
    },
  };
}

/** PyTorch's gates input, forget, cell, output as ONNX's input, output, forget, cell; with a first dimension of 1. */
function inOnnxOrder(tensor: Tensor): Tensor {
  const values = numbersOf(tensor);
  const gate = values.length / 4;
  const ordered = [0, 3, 1, 2].flatMap((at) => [...values.subarray(at * gate, (at + 1) * gate)]);
  return floats([1, ...tensor.dims], ordered);
}

function joinTensors(one: Tensor, other: Tensor): Tensor {
  const values = [...numbersOf(one), ...numbersOf(other)];
  return floats([1, values.length], values);
}
