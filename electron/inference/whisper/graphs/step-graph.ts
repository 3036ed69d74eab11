// One step of Whisper's decoder for every row of a batch: a token in, what may follow out. Only the new columns of the
// self-attention's cache are put out; the cache itself is the caller's and is never copied. Inference process.
import { createGraph, floats, type Graph, type Value } from "../../../onnx/graph.ts";
import { type Blocks, createBlocks, type Products } from "./build-layers.ts";
import { crossKey, crossValue } from "./listen-graph.ts";
import type { Attention, DecoderWeights } from "./weights.ts";

export const selfKey = (layer: number): string => `self.${layer}.key`;
export const selfValue = (layer: number): string => `self.${layer}.value`;
export const newKey = (layer: number): string => `new.${layer}.key`;
export const newValue = (layer: number): string => `new.${layer}.value`;

export interface StepOptions {
  readonly heads: number;
  /** Signed where left out. */
  readonly products?: Products;
  /** Tokens that are never said; times are not among them. */
  readonly suppressed: readonly number[];
  /** The first of the tokens that are times; all after it are too. */
  readonly timestampBegin: number;
  readonly end: number;
  /** [layer, head] of the cross-attentions that follow the sound; none where it is not known. */
  readonly alignmentHeads: readonly (readonly [number, number])[];
}

/**
 * Inputs, for b rows of which the longest has t tokens in its cache or fewer:
 * `tokens`, `places` int32 [b, 1]; `mask` [b, 1, 1, t + 1], 0 where a column of the cache holds a token of that row
 * and for the new one, −Infinity elsewhere; `self.*` [b, heads, t, head width]; `cross.*` as the listening graph puts out.
 *
 * Outputs: `logits` [b, vocabulary]; of the words that may be said (the end of text among them) `best` int32 [b],
 * `bestLogit` [b] and `wordMass`, the natural logarithm of the sum of their exponentials [b]; `endLogit` [b];
 * `times` [b, times]; `new.*` [b, heads, 1, head width]; `attention` [b, alignment heads, positions].
 */
export function stepGraph(weights: DecoderWeights, options: StepOptions): Graph {
  const graph = createGraph("step");
  const blocks = createBlocks(graph, "rows", options.products ?? "signed");
  const { heads } = options;
  const width = weights.norm.scale.dims[0] ?? 0;
  const headWidth = width / heads;
  graph.input("tokens", "int32", ["b", 1]);
  graph.input("places", "int32", ["b", 1]);
  graph.input("mask", "float32", ["b", 1, 1, "t + 1"]);

  const place = graph.node("Gather", [blocks.hold(weights.positions), "places"]);
  let state = graph.node("Add", [embed(blocks, weights), place]);
  const attentions: Value[] = [];
  for (const [at, layer] of weights.layers.entries()) {
    state = graph.node("Add", [state, lookBack(blocks, state, layer.self, at, heads, headWidth)]);
    const { output, attention } = lookAtSound(blocks, state, layer.cross, at, heads, headWidth);
    state = blocks.feedForward(graph.node("Add", [state, output]), layer.feedForward);
    const aligned = options.alignmentHeads.flatMap(([one, head]) => (one === at ? [head] : []));
    if (aligned.length > 0) attentions.push(graph.node("Gather", [attention, blocks.axes(...aligned)], { axis: 1 }));
  }
  if (attentions.length > 0) {
    const joined = graph.node("Concat", attentions, { axis: 1 });
    graph.node("Squeeze", [joined, blocks.axes(2)], {}, { outputs: ["attention"] });
    graph.output("attention", "float32", ["b", options.alignmentHeads.length, "positions"]);
  }
  const logits = blocks.multiply(blocks.norm(state, weights.norm), weights.head);
  answer(blocks, logits, options);
  return graph;
}

function embed(blocks: Blocks, { embedding }: DecoderWeights): Value {
  const { graph } = blocks;
  if (embedding.kind === "blocks") throw new RangeError("an embedding in blocks");
  if (embedding.kind === "float") return graph.node("Gather", [blocks.hold(embedding.values), "tokens"]);
  const rows = graph.node("Gather", [blocks.holdBytes(embedding.values), "tokens"]);
  return graph.node("DequantizeLinear", [rows, blocks.hold(embedding.scale), blocks.holdBytes(embedding.zeroPoint)]);
}

/** Queries of all heads [b, heads, 1, head width], scaled as scores want them. One token a row: no transposing. */
function ask(blocks: Blocks, input: Value, { query }: Attention, heads: number, headWidth: number): Value {
  const scaled = blocks.graph.node("Mul", [blocks.linear(input, query), blocks.scalar(headWidth ** -0.5)]);
  return blocks.graph.node("Reshape", [scaled, blocks.axes(0, heads, 1, headWidth)]);
}

/** Attention over the tokens so far. The new column is scored apart from the cached ones, so none are joined. */
function lookBack(blocks: Blocks, state: Value, layer: Attention, at: number, heads: number, headWidth: number): Value {
  const { graph, axes } = blocks;
  for (const name of [selfKey(at), selfValue(at)]) graph.input(name, "float32", ["b", heads, "t", headWidth]);
  const input = blocks.norm(state, layer.norm);
  const query = ask(blocks, input, layer, heads, headWidth);
  const column = (part: "key" | "value", name: string): Value => {
    graph.output(name, "float32", ["b", heads, 1, headWidth]);
    const projected = blocks.linear(input, layer[part]);
    const [value = ""] = graph.nodes("Reshape", [projected, axes(0, heads, 1, headWidth)], 1, {}, { outputs: [name] });
    return value;
  };
  const key = column("key", newKey(at));
  const value = column("value", newValue(at));
  const past = graph.node("MatMul", [query, graph.node("Transpose", [selfKey(at)], { perm: [0, 1, 3, 2] })]);
  const own = graph.node("ReduceSum", [graph.node("Mul", [query, key]), axes(3)], { keepdims: 1 });
  const scores = graph.node("Add", [graph.node("Concat", [past, own], { axis: 3 }), "mask"]);
  const shares = graph.node("Softmax", [scores], { axis: -1 });
  const pastShares = graph.node("Slice", [shares, axes(0), axes(-1), axes(3)]);
  const ownShare = graph.node("Slice", [shares, axes(-1), axes(2 ** 30), axes(3)]);
  const mixed = graph.node("Add", [
    graph.node("MatMul", [pastShares, selfValue(at)]),
    graph.node("Mul", [ownShare, value]),
  ]);
  return blocks.linear(graph.node("Reshape", [mixed, axes(0, 1, heads * headWidth)]), layer.out);
}

function lookAtSound(
  blocks: Blocks,
  state: Value,
  layer: Attention,
  at: number,
  heads: number,
  headWidth: number,
): { readonly output: Value; readonly attention: Value } {
  const { graph, axes } = blocks;
  graph.input(crossKey(at), "float32", ["b", heads, headWidth, "positions"]);
  graph.input(crossValue(at), "float32", ["b", heads, "positions", headWidth]);
  const query = ask(blocks, blocks.norm(state, layer.norm), layer, heads, headWidth);
  const attention = graph.node("Softmax", [graph.node("MatMul", [query, crossKey(at)])], { axis: -1 });
  const mixed = graph.node("MatMul", [attention, crossValue(at)]);
  return { output: blocks.linear(graph.node("Reshape", [mixed, axes(0, 1, heads * headWidth)]), layer.out), attention };
}

/** What a decoding loop asks of the logits at nearly every step, so that it seldom has to go through them all. */
function answer({ graph, axes }: Blocks, threeLogits: Value, options: StepOptions): void {
  const { timestampBegin, end } = options;
  const logits = graph.node("Squeeze", [threeLogits, axes(1)], {}, { outputs: ["logits"] });
  const slice = (from: number, to: number, name?: string) =>
    graph.node("Slice", [logits, axes(from), axes(to), axes(1)], {}, name === undefined ? {} : { outputs: [name] });
  const barred = new Float32Array(timestampBegin);
  for (const token of options.suppressed) barred[token] = -Infinity;
  barred[end] = 0;
  const words = graph.node("Add", [slice(0, timestampBegin), graph.constant(floats([1, timestampBegin], barred))]);
  const best = graph.node("ArgMax", [words], { axis: 1, keepdims: 0 });
  graph.node("Cast", [best], { to: 6 }, { outputs: ["best"] });
  const highest = graph.node("ReduceMax", [words], { axes: [1], keepdims: 1 });
  graph.node("Squeeze", [highest, axes(1)], {}, { outputs: ["bestLogit"] });
  const sum = graph.node("ReduceSum", [graph.node("Exp", [graph.node("Sub", [words, highest])]), axes(1)], {
    keepdims: 1,
  });
  const mass = graph.node("Add", [graph.node("Log", [sum]), highest]);
  graph.node("Squeeze", [mass, axes(1)], {}, { outputs: ["wordMass"] });
  graph.node("Squeeze", [slice(end, end + 1), axes(1)], {}, { outputs: ["endLogit"] });
  slice(timestampBegin, 2 ** 30, "times");
  graph.output("logits", "float32", ["b", "vocabulary"]);
  graph.output("best", "int32", ["b"]);
  for (const name of ["bestLogit", "wordMass", "endLogit"]) graph.output(name, "float32", ["b"]);
  graph.output("times", "float32", ["b", "times"]);
}
