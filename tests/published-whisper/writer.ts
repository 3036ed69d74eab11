// Writes weights and the operators around them in a dialect. Test only.
import { asFloat, floats, type Graph, ints, type Tensor, type Value } from "../../electron/onnx/graph.ts";
import type { Dialect } from "./dialects.ts";
import { type Blocks, blockSize, type Quantised, toBlocks, toHalf, toSigned, toUnsigned } from "./encode-weights.ts";
import type { FeedForwardNumbers, NormNumbers, Numbers } from "./numbers.ts";

const microsoft = { domain: "com.microsoft" } as const;

export interface Writer {
  readonly graph: Graph;
  readonly dialect: Dialect;
  /** ONNX's number for the type that is computed in: 1 or, in half precision, 10. */
  readonly computes: 1 | 10;
  /** The same with nodes in a branch; weights stay in the outermost graph. */
  inside(branch: Graph): Writer;
  /** A plain weight. */
  hold(numbers: Numbers): Value;
  /** A number, as a node of its own. */
  scalar(value: number): Value;
  list(...values: readonly number[]): Value;
  norm(input: Value, numbers: NormNumbers): Value;
  /** input × matrix [from, to] in the dialect's weights. */
  multiply(input: Value, matrix: Numbers): Value;
  linear(input: Value, numbers: { readonly matrix: Numbers; readonly bias: Numbers | null }): Value;
  gelu(input: Value): Value;
  feedForward(input: Value, numbers: FeedForwardNumbers): Value;
  convolve(input: Value, kernel: Numbers, bias: Numbers, stride: number): Value;
  /** Rows of a table by number. */
  gather(table: Numbers, places: Value): Value;
  /** The table turned over, as the right-hand side of a MatMul. */
  turned(table: Numbers): Value;
}

interface Shared {
  readonly outer: Graph;
  readonly plain: Map<Numbers, Value>;
  readonly quantised: Map<Numbers, Record<keyof Quantised, Value>>;
  readonly blocks: Map<Numbers, Record<keyof Blocks, Value>>;
}

export function createWriter(graph: Graph, dialect: Dialect): Writer {
  return write(graph, dialect, { outer: graph, plain: new Map(), quantised: new Map(), blocks: new Map() });
}

function write(graph: Graph, dialect: Dialect, shared: Shared): Writer {
  const { weights } = dialect;
  const { outer } = shared;
  const isHalf = weights === "fp16" || weights === "q4f16";
  const inEight = weights.startsWith("u8") || weights.startsWith("s8");
  const computes = isHalf ? 10 : 1;
  const inputs = new Map<Value, readonly Value[]>();
  const plain = (numbers: Numbers): Tensor => (isHalf ? toHalf(numbers) : floats(numbers.dims, numbers.values));
  const constant = (tensor: Tensor): Value => graph.node("Constant", [], { value: { tensor } });

  const remember = <Made>(made: Map<Numbers, Made>, numbers: Numbers, make: () => Made): Made => {
    const known = made.get(numbers) ?? make();
    made.set(numbers, known);
    return known;
  };
  const eight = (numbers: Numbers, byColumn: boolean) =>
    remember(shared.quantised, numbers, () => {
      const { values, scale, zeroPoint } = weights.startsWith("u8") ? toUnsigned(numbers) : toSigned(numbers, byColumn);
      return { values: outer.constant(values), scale: outer.constant(scale), zeroPoint: outer.constant(zeroPoint) };
    });
  const four = (numbers: Numbers) =>
    remember(shared.blocks, numbers, () => {
      const { values, scales, zeroPoints } = toBlocks(numbers, weights === "q4 with zero points");
      return {
        values: outer.constant(values),
        scales: outer.constant(plain(scales)),
        zeroPoints: weights === "q4 with zero points" ? outer.constant(zeroPoints) : "",
      };
    });

  /** Quantised once, whoever else multiplies with it. */
  const quantisedInput = (input: Value): readonly Value[] => {
    const known = inputs.get(input) ?? graph.nodes("DynamicQuantizeLinear", [input], 3);
    inputs.set(input, known);
    return known;
  };
  const scaleBack = (product: Value, scale: Value, weightScale: Value): Value =>
    graph.node("Mul", [graph.node("Cast", [product], { to: 1 }), graph.node("Mul", [scale, weightScale])]);

  const writer: Writer = {
    graph,
    dialect,
    computes,
    inside: (branch) => write(branch, dialect, shared),
    hold: (numbers) => remember(shared.plain, numbers, () => outer.constant(plain(numbers))),
    scalar: (value) => constant(plain({ dims: [], values: Float32Array.of(value) })),
    list: (...values) => constant(ints([values.length], values)),
    norm(input, { scale, bias }) {
      const [gain, shift] = [writer.hold(scale), writer.hold(bias)];
      const axis = { axes: [-1], keepdims: 1 };
      if (dialect.norm === "whole") {
        return graph.node("LayerNormalization", [input, gain, shift], { axis: -1, epsilon: asFloat(1e-5) });
      }
      const centred = graph.node("Sub", [input, graph.node("ReduceMean", [input], axis)]);
      const variance = graph.node("ReduceMean", [graph.node("Pow", [centred, writer.scalar(2)])], axis);
      const deviation = graph.node("Sqrt", [graph.node("Add", [variance, writer.scalar(1e-5)])]);
      const scaled = graph.node("Mul", [graph.node("Div", [centred, deviation]), gain]);
      return graph.node("Add", [scaled, shift]);
    },
    multiply(input, matrix) {
      if (inEight) {
        const { values, scale, zeroPoint } = eight(matrix, weights === "s8 by column");
        const [bytes = "", inputScale = "", inputZero = ""] = quantisedInput(input);
        const product = graph.node("MatMulInteger", [bytes, values, inputZero, zeroPoint]);
        return scaleBack(product, inputScale, scale);
      }
      if (weights.startsWith("q4")) {
        const { values, scales, zeroPoints } = four(matrix);
        const [from = 0, to = 0] = matrix.dims;
        const operands = zeroPoints === "" ? [input, values, scales] : [input, values, scales, zeroPoints];
        return graph.node("MatMulNBits", operands, { K: from, N: to, bits: 4, block_size: blockSize }, microsoft);
      }
      return graph.node("MatMul", [input, writer.hold(matrix)]);
    },
    linear(input, { matrix, bias }) {
      const product = writer.multiply(input, matrix);
      return bias === null ? product : graph.node("Add", [writer.hold(bias), product]);
    },
    gelu(input) {
      const inner = graph.node("Erf", [graph.node("Div", [input, writer.scalar(Math.SQRT2)])]);
      const gate = graph.node("Add", [inner, writer.scalar(1)]);
      return graph.node("Mul", [graph.node("Mul", [input, gate]), writer.scalar(0.5)]);
    },
    feedForward(input, { norm, up, down }) {
      const raised = writer.gelu(writer.linear(writer.norm(input, norm), up));
      return graph.node("Add", [input, writer.linear(raised, down)]);
    },
    convolve(input, kernel, bias, stride) {
      const options = { dilations: [1], group: 1, kernel_shape: [3], pads: [1, 1], strides: [stride] };
      if (!inEight) return graph.node("Conv", [input, writer.hold(kernel), writer.hold(bias)], options);
      const { values, scale, zeroPoint } = eight(kernel, false);
      const [bytes = "", inputScale = "", inputZero = ""] = quantisedInput(input);
      const product = graph.node("ConvInteger", [bytes, values, inputZero, zeroPoint], options);
      const added = graph.node("Reshape", [writer.hold(bias), writer.list(1, -1, 1)]);
      return graph.node("Add", [scaleBack(product, inputScale, scale), added]);
    },
    gather(table, places) {
      if (!inEight) return graph.node("Gather", [writer.hold(table), places], { axis: 0 });
      const { values, scale, zeroPoint } = eight(table, false);
      const rows = graph.node("Gather", [values, places], { axis: 0 });
      return graph.node("DequantizeLinear", [rows, scale, zeroPoint]);
    },
    turned(table) {
      if (!inEight) return graph.node("Transpose", [writer.hold(table)]);
      const { values, scale, zeroPoint } = eight(table, false);
      return graph.node("DequantizeLinear", [graph.node("Transpose", [values]), scale, zeroPoint]);
    },
  };
  return writer;
}
