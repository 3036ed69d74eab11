// Writes Whisper's building blocks into a graph of our own. Inference process.
// `rows` quantises each row of numbers by itself, so that no row of a batch can change another's tokens;
// `tensor` quantises all rows by one scale, as published 8-bit files do, which ONNX Runtime fuses into one operator.
import { asFloat, type Graph, ints, floats, type Tensor, type Value } from "../../../onnx/graph.ts";
import { type Convolution, type FeedForward, type Linear, type Matrix, type Norm, toUnsigned } from "./weights.ts";

export type Quantised = "rows" | "tensor";
/** Which 8-bit weights this processor multiplies exactly; signed ones are faster. */
export type Products = "signed" | "unsigned";

export interface Blocks {
  readonly graph: Graph;
  /** Adds a constant once, however often it is used. */
  hold(tensor: Tensor): Value;
  /** The same for 8-bit weights and their zero points, with the sign that this processor wants. */
  holdBytes(tensor: Tensor): Value;
  axes(...values: readonly number[]): Value;
  scalar(value: number): Value;
  norm(input: Value, norm: Norm): Value;
  /** input × matrix + bias. `lowest` tells the least value that the input can have, where it is known. */
  linear(input: Value, linear: Linear, lowest?: number): Value;
  multiply(input: Value, matrix: Matrix, lowest?: number): Value;
  /** Exact GELU (Hendrycks & Gimpel, 2016). */
  gelu(input: Value): Value;
  feedForward(input: Value, layer: FeedForward): Value;
  convolve(input: Value, convolution: Convolution, stride: number): Value;
}

/** The least value of GELU, rounded down. */
const lowestGelu = -0.17;
const microsoft = { domain: "com.microsoft" } as const;

export function createBlocks(graph: Graph, quantised: Quantised, products: Products): Blocks {
  const held = new Map<Tensor, Value>();
  const numbers = new Map<string, Value>();
  const quantisedInputs = new Map<string, { readonly values: Value; readonly scale: Value; readonly zero: Value }>();
  const named = (key: string, make: () => Tensor): Value => {
    const known = numbers.get(key) ?? graph.constant(make());
    numbers.set(key, known);
    return known;
  };
  const byte = (type: "int8" | "uint8", value: number): Value =>
    named(`${type} ${value}`, () => ({ type, dims: [], data: Uint8Array.of(value) }));

  /** Each row scaled to a byte: around 128 by its largest magnitude, or from just above `lowest` by its largest value. */
  function quantiseRows(input: Value, lowest: number | undefined) {
    const [levels, zero] = lowest === undefined ? [127, 128] : [239, 16];
    const magnitudes = lowest === undefined ? graph.node("Abs", [input]) : input;
    const largest = graph.node("ReduceMax", [magnitudes], { axes: [-1], keepdims: 1 });
    // Never zero: a row of zeros stays one.
    const least = lowest === undefined ? 1e-9 : (-lowest * levels) / zero;
    const bound = graph.node("Max", [largest, blocks.scalar(least)]);
    const share = graph.node("Div", [input, bound]);
    const values = graph.node("QuantizeLinear", [share, blocks.scalar(1 / levels), byte("uint8", zero)]);
    const scale = graph.node("Mul", [bound, blocks.scalar(1 / levels)]);
    return { values, scale, zero: byte("uint8", zero) };
  }

  function quantise(input: Value, lowest: number | undefined) {
    const known = quantisedInputs.get(input);
    if (known !== undefined) return known;
    let made;
    if (quantised === "rows") made = quantiseRows(input, lowest);
    else {
      const [values = "", scale = "", zero = ""] = graph.nodes("DynamicQuantizeLinear", [input], 3);
      made = { values, scale, zero };
    }
    quantisedInputs.set(input, made);
    return made;
  }

  const turned = (values: Value, transposed: boolean): Value =>
    transposed ? graph.node("Transpose", [values], { perm: [1, 0] }) : values;

  const blocks: Blocks = {
    graph,
    hold(tensor) {
      const known = held.get(tensor) ?? graph.constant(tensor);
      held.set(tensor, known);
      return known;
    },
    holdBytes: (tensor) => blocks.hold(products === "signed" ? tensor : toUnsigned(tensor)),
    axes: (...values) => named(`axes ${values.join(" ")}`, () => ints([values.length], values)),
    scalar: (value) => named(`float ${value}`, () => floats([], [value])),
    norm: (input, { scale, bias }) =>
      graph.node("LayerNormalization", [input, blocks.hold(scale), blocks.hold(bias)], {
        axis: -1,
        epsilon: asFloat(1e-5),
      }),
    multiply(input, matrix, lowest) {
      if (matrix.kind === "float") {
        return graph.node("MatMul", [input, turned(blocks.hold(matrix.values), matrix.transposed)]);
      }
      if (matrix.kind === "blocks") {
        const inputs = [input, blocks.hold(matrix.values), blocks.hold(matrix.scales)];
        if (matrix.zeroPoints !== null) inputs.push(blocks.hold(matrix.zeroPoints));
        const { bits, blockSize, from, to } = matrix;
        const shape = { K: from, N: to, bits, block_size: blockSize, accuracy_level: 4 };
        return graph.node("MatMulNBits", inputs, shape, microsoft);
      }
      const { values, scale, zero } = quantise(input, lowest);
      const weights = turned(blocks.holdBytes(matrix.values), matrix.transposed);
      const product = graph.node("MatMulInteger", [values, weights, zero, blocks.holdBytes(matrix.zeroPoint)]);
      const scales = graph.node("Mul", [scale, blocks.hold(matrix.scale)]);
      return graph.node("Mul", [graph.node("Cast", [product], { to: 1 }), scales]);
    },
    linear(input, { matrix, bias }, lowest) {
      const product = blocks.multiply(input, matrix, lowest);
      if (bias === null) return product;
      // ONNX Runtime (1.30) would draw an Add into its MatMulIntegerToFloat, which adds the bias before it multiplies
      // with a scale that is one per row, and so all but loses it. A Sum it leaves alone.
      return graph.node(quantised === "rows" ? "Sum" : "Add", [product, blocks.hold(bias)]);
    },
    gelu: (input) => graph.node("Gelu", [input], {}, microsoft),
    feedForward(input, { norm, up, down }) {
      const raised = blocks.gelu(blocks.linear(blocks.norm(input, norm), up));
      return graph.node("Add", [input, blocks.linear(raised, down, lowestGelu)]);
    },
    convolve: (input, { kernel, bias }, stride) =>
      graph.node("Conv", [input, blocks.hold(kernel), blocks.hold(bias)], {
        kernel_shape: [3],
        pads: [1, 1],
        strides: [stride],
      }),
  };
  return blocks;
}
