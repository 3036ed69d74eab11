// The building blocks of Whisper's graphs, with random weights in 32 or 8 bits. Bench only.
import { asFloat, floats, type Graph, ints, type Tensor, type Value } from "../../../electron/onnx/graph.ts";
import { headWidth, type WhisperShape } from "./shape.ts";
import { quantise, type RandomSource } from "./weights.ts";

export type WeightFormat = "fp32" | "q8";

/** What the blocks share: where nodes go, where constants go (the outermost graph), and where weights come from. */
export interface Builder {
  readonly graph: Graph;
  readonly outer: Graph;
  readonly random: RandomSource;
  readonly format: WeightFormat;
  readonly shape: WhisperShape;
}

/** Standard deviation of the weights: small, so that the forced answer stays the loudest through every layer. */
const deviation = 0.02;

export const axes = (graph: Graph, ...values: number[]): Value => graph.constant(ints([values.length], values));
export const scalar = (graph: Graph, value: number): Value => graph.constant(floats([], [value]));
export const zeros = (count: number): Float32Array => new Float32Array(count);
const ones = (count: number): Float32Array => new Float32Array(count).fill(1);

const byte = (value: number): Tensor => ({ type: "uint8", dims: [], data: Uint8Array.of(value) });

/** A weight matrix that two branches may share. */
export type Weight =
  | { readonly kind: "fp32"; readonly name: Value }
  | { readonly kind: "q8"; readonly name: Value; readonly scale: Value; readonly zeroPoint: Value };

export function weight(builder: Builder, dims: readonly number[], values: Float32Array): Weight {
  const { outer } = builder;
  if (builder.format === "fp32") return { kind: "fp32", name: outer.constant(floats(dims, values)) };
  const quantised = quantise(dims, values);
  return {
    kind: "q8",
    name: outer.constant(quantised.values),
    scale: scalar(outer, quantised.scale),
    zeroPoint: outer.constant(byte(quantised.zeroPoint)),
  };
}

/** input × weight; in 8 bits with the input quantised on the fly over the whole tensor. */
export function multiply({ graph }: Builder, input: Value, matrix: Weight): Value {
  if (matrix.kind === "fp32") return graph.node("MatMul", [input, matrix.name]);
  const [quantised = "", scale = "", zeroPoint = ""] = graph.nodes("DynamicQuantizeLinear", [input], 3);
  const product = graph.node("MatMulInteger", [quantised, matrix.name, zeroPoint, matrix.zeroPoint]);
  return graph.node("Mul", [graph.node("Cast", [product], { to: 1 }), graph.node("Mul", [scale, matrix.scale])]);
}

export interface Linear {
  readonly matrix: Weight;
  readonly bias: Value | null;
}

export function linear(builder: Builder, from: number, to: number, hasBias = true): Linear {
  return {
    matrix: weight(builder, [from, to], builder.random.take(from * to, deviation)),
    bias: hasBias ? builder.outer.constant(floats([to], zeros(to))) : null,
  };
}

export function apply(builder: Builder, input: Value, { matrix, bias }: Linear): Value {
  const product = multiply(builder, input, matrix);
  return bias === null ? product : builder.graph.node("Add", [product, bias]);
}

export interface Norm {
  readonly scale: Value;
  readonly bias: Value;
}

export const norm = ({ outer, shape: { width } }: Builder): Norm => ({
  scale: outer.constant(floats([width], ones(width))),
  bias: outer.constant(floats([width], zeros(width))),
});

export const normalise = ({ graph }: Builder, input: Value, { scale, bias }: Norm): Value =>
  graph.node("LayerNormalization", [input, scale, bias], { axis: -1, epsilon: asFloat(1e-5) });

export function gelu({ graph }: Builder, input: Value): Value {
  const inner = graph.node("Erf", [graph.node("Div", [input, scalar(graph, Math.SQRT2)])]);
  const gate = graph.node("Add", [inner, scalar(graph, 1)]);
  return graph.node("Mul", [graph.node("Mul", [input, gate]), scalar(graph, 0.5)]);
}

export interface Attention {
  readonly norm: Norm;
  readonly query: Linear;
  readonly key: Linear;
  readonly value: Linear;
  readonly out: Linear;
}

export function attention(builder: Builder): Attention {
  const { width } = builder.shape;
  return {
    norm: norm(builder),
    query: linear(builder, width, width),
    key: linear(builder, width, width, false),
    value: linear(builder, width, width),
    out: linear(builder, width, width),
  };
}

/** [batch, time, width] → [batch, heads, time, 64]. */
export function splitHeads({ graph, shape }: Builder, input: Value): Value {
  const split = graph.node("Reshape", [input, axes(graph, 0, -1, shape.heads, headWidth)]);
  return graph.node("Transpose", [split], { perm: [0, 2, 1, 3] });
}

/** What an attention puts out, and how it shared its attention: [batch, heads, time, places looked at]. */
export interface Attended {
  readonly output: Value;
  readonly shares: Value;
}

/** Softmax of query × key, on value, through the output projection. `mask` is added to the scores. */
export function attend(
  builder: Builder,
  input: Value,
  heads: { key: Value; value: Value },
  layer: Attention,
  mask?: Value,
): Attended {
  const { graph, shape } = builder;
  const scaled = graph.node("Mul", [apply(builder, input, layer.query), scalar(graph, headWidth ** -0.5)]);
  const keys = graph.node("Transpose", [heads.key], { perm: [0, 1, 3, 2] });
  const scores = graph.node("MatMul", [splitHeads(builder, scaled), keys]);
  const masked = mask === undefined ? scores : graph.node("Add", [scores, mask]);
  const shares = graph.node("Softmax", [masked], { axis: -1 });
  const mixed = graph.node("MatMul", [shares, heads.value]);
  const joined = graph.node("Transpose", [mixed], { perm: [0, 2, 1, 3] });
  const output = apply(builder, graph.node("Reshape", [joined, axes(graph, 0, -1, shape.width)]), layer.out);
  return { output, shares };
}

export interface FeedForward {
  readonly norm: Norm;
  readonly up: Linear;
  readonly down: Linear;
}

export function feedForward(builder: Builder): FeedForward {
  const { width } = builder.shape;
  return { norm: norm(builder), up: linear(builder, width, 4 * width), down: linear(builder, 4 * width, width) };
}

/** input + its feed-forward. */
export function feed(builder: Builder, input: Value, layer: FeedForward): Value {
  const raised = gelu(builder, apply(builder, normalise(builder, input, layer.norm), layer.up));
  return builder.graph.node("Add", [input, apply(builder, raised, layer.down)]);
}
