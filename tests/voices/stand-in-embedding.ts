// A stand-in for WeSpeaker's embedding model in the very same shapes: 80 bands [batch, frames, 80] in, 256 numbers out. What it
// measures is how much each band moves, how lopsidedly, and how the bands move with each other; how these are weighed was
// learnt from synthetic voices by make-stand-in.ts. It tells of the pipeline behind it, nothing of real voices.
import { readFileSync } from "node:fs";
import { createGraph, floats, type Graph, ints, type Value } from "../../electron/onnx/graph.ts";

export const bands = 80;
const lags = [1, 2, 3, 4, 6, 8];
/** Numbers that the pooling gives. */
export const pooledSize = 2 * bands + lags.reduce((sum, lag) => sum + bands - lag, 0);
export const embeddingSize = 256;

/** What was learnt: the middle of all pooled numbers, and 256 ways of weighing them, [pooled, 256]. */
export interface Learnt {
  readonly middle: Float32Array;
  readonly weights: Float32Array;
}

function pool(graph: Graph, features: Value): Value {
  const number = (value: number): Value => graph.constant(floats([], [value]));
  const overTime = (value: Value): Value => graph.node("ReduceMean", [value], { axes: [1], keepdims: 0 });
  const index = (...values: number[]): Value => graph.constant(ints([values.length], values));
  const power = graph.node("ReduceMean", [graph.node("Mul", [features, features])], { axes: [1], keepdims: 1 });
  const deviation = graph.node("Sqrt", [graph.node("Add", [power, number(1e-4)])]);
  const even = graph.node("Div", [features, deviation]);
  const slice = (from: number, to: number): Value => graph.node("Slice", [even, index(from), index(to), index(2)]);
  const cubes = graph.node("Mul", [graph.node("Mul", [even, even]), even]);
  const parts = [
    graph.node("Squeeze", [graph.node("Log", [deviation]), index(1)]),
    overTime(cubes),
    ...lags.map((lag) => overTime(graph.node("Mul", [slice(0, bands - lag), slice(lag, bands)]))),
  ];
  return graph.node("Concat", parts, { axis: 1 });
}

/** The pooling alone: what the weighing is learnt from. */
export function poolingGraph(): Graph {
  const graph = createGraph("pooling");
  graph.input("input_features", "float32", ["batch", "frames", bands]);
  graph.node("Identity", [pool(graph, "input_features")], {}, { outputs: ["pooled"] });
  graph.output("pooled", "float32", ["batch", pooledSize]);
  return graph;
}

export function standInEmbedding({ middle, weights }: Learnt = readLearnt()): Graph {
  const graph = createGraph("stand-in-embedding");
  graph.input("input_features", "float32", ["batch", "frames", bands]);
  const apart = graph.node("Sub", [pool(graph, "input_features"), graph.constant(floats([pooledSize], middle))]);
  const learnt = graph.constant(floats([pooledSize, embeddingSize], weights));
  graph.node("MatMul", [apart, learnt], {}, { outputs: ["last_hidden_state"] });
  graph.output("last_hidden_state", "float32", ["batch", embeddingSize]);
  return graph;
}

export const learntFile = new URL("./stand-in-embedding.bin", import.meta.url);
/** Directions that were learnt; turned at random into 256. */
export const directions = 40;

/** As make-stand-in.ts wrote it: the middle as floats, then for each direction its scale and signed bytes. */
function readLearnt(): Learnt {
  const bytes = readFileSync(learntFile);
  const at = (offset: number) => bytes.readFloatLE(offset);
  const middle = Float32Array.from({ length: pooledSize }, (_, n) => at(4 * n));
  const weights = new Float32Array(pooledSize * embeddingSize);
  const turned = turn();
  for (let direction = 0; direction < directions; direction++) {
    const from = 4 * pooledSize + direction * (4 + pooledSize);
    const scale = at(from);
    for (let n = 0; n < pooledSize; n++) {
      const weight = scale * bytes.readInt8(from + 4 + n);
      for (let out = 0; out < embeddingSize; out++) {
        const place = n * embeddingSize + out;
        weights[place] = (weights[place] ?? 0) + weight * (turned[direction * embeddingSize + out] ?? 0);
      }
    }
  }
  return { middle, weights };
}

/** Rows of a Hadamard matrix, which are at right angles to each other: angles between voices stay. */
function turn(): Float32Array {
  return Float32Array.from({ length: directions * embeddingSize }, (_, at) => {
    let bits = Math.floor(at / embeddingSize) & (at % embeddingSize);
    let sign = 1;
    for (; bits > 0; bits &= bits - 1) sign = -sign;
    return sign / Math.sqrt(embeddingSize);
  });
}
