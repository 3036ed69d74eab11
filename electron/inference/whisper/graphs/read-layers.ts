// Finds the building blocks of a published Whisper graph by their structure, whatever its exporter called them. Pure.
import type { Tensor, Value } from "../../../onnx/graph.ts";
import type { OnnxNode } from "../../../onnx/read.ts";
import { UnknownGraph, type Walk } from "./walk.ts";
import {
  type Attention,
  type FeedForward,
  type Linear,
  type Matrix,
  type Norm,
  toFloat32,
  toSigned,
} from "./weights.ts";

/** A block together with the value that goes into it. */
export type With<Block> = Block & { readonly input: Value };

/** The constant operand of a node with two, and the other one. */
export function split(node: OnnxNode, walk: Walk): { readonly held: Tensor; readonly other: Value } | null {
  for (const [at, other] of [[0, node.inputs[1]] as const, [1, node.inputs[0]] as const]) {
    const held = walk.constant(node.inputs[at]);
    if (held !== null && other !== undefined && walk.constant(other) === null) return { held, other };
  }
  return null;
}

/** The matrix behind the right-hand side of a multiplication: plain, turned over, or to be dequantised. */
function readMatrix(value: Value, walk: Walk): Matrix | null {
  let transposed = false;
  for (let at = value; ;) {
    const held = walk.constant(at);
    if (held !== null) return isPlainMatrix(held) ? { kind: "float", values: toFloat32(held), transposed } : null;
    const node = walk.maker(at);
    const [first] = node?.inputs ?? [];
    if (node === undefined || first === undefined) return null;
    if (node.op === "Transpose") transposed = !transposed;
    else if (node.op === "DequantizeLinear") return int8(first, node.inputs[1], node.inputs[2], transposed, walk);
    else if (node.op !== "Cast" && node.op !== "Identity") return null;
    at = first;
  }
}

export const isPlainMatrix = ({ type, dims }: Tensor): boolean =>
  dims.length === 2 && (type === "float32" || type === "float16");

/** 8-bit weights with their scale; a missing zero point is the type's zero. */
export function int8(
  values: Value | undefined,
  scale: Value | undefined,
  zeroPoint: Value | undefined,
  turned: boolean,
  walk: Walk,
): Matrix | null {
  let transposed = turned;
  let at = values;
  for (let node = walk.maker(at ?? ""); node?.op === "Transpose"; node = walk.maker(at ?? "")) {
    transposed = !transposed;
    [at] = node.inputs;
  }
  const held = walk.constant(at);
  const scales = walk.constant(scale);
  if (held === null || scales === null || (held.type !== "int8" && held.type !== "uint8")) return null;
  const zero: Tensor = walk.constant(zeroPoint) ?? { type: held.type, dims: [], data: new Uint8Array(1) };
  return { kind: "int8", values: toSigned(held), transposed, scale: toFloat32(scales), zeroPoint: toSigned(zero) };
}

/** Before quantisation on the fly. */
const unquantised = (value: Value | undefined, walk: Walk): Value => {
  const node = walk.maker(value ?? "");
  return (node?.op === "DynamicQuantizeLinear" ? node.inputs[0] : value) ?? "";
};

/** input × matrix, in any of the forms that exporters and quantisers write. */
export function readProduct(value: Value, walk: Walk): With<Linear> | null {
  const node = walk.maker(value);
  if (node === undefined) return null;
  const { inputs } = node;
  const whole = (matrix: Matrix | null, input: Value | undefined, bias?: Value) => {
    if (matrix === null || input === undefined) return null;
    const held = walk.constant(bias);
    return { matrix, input, bias: held === null ? null : toFloat32(held) };
  };
  const number = (name: string, otherwise: number) => {
    const attribute = node.attributes.get(name);
    return typeof attribute === "number" ? attribute : otherwise;
  };
  switch (node.op) {
    case "Cast":
    case "Identity":
      return inputs[0] === undefined ? null : readProduct(inputs[0], walk);
    case "MatMul":
      return whole(readMatrix(inputs[1] ?? "", walk), inputs[0]);
    case "Gemm": {
      const matrix = readMatrix(inputs[1] ?? "", walk);
      if (matrix === null || matrix.kind === "blocks") return null;
      return whole({ ...matrix, transposed: matrix.transposed !== (number("transB", 0) === 1) }, inputs[0], inputs[2]);
    }
    case "DynamicQuantizeMatMul":
      return whole(int8(inputs[1], inputs[2], inputs[3], false, walk), inputs[0], inputs[4]);
    case "MatMulIntegerToFloat":
      return whole(int8(inputs[1], inputs[3], inputs[5], false, walk), unquantised(inputs[0], walk), inputs[6]);
    case "MatMulNBits": {
      const [values, scales] = [walk.constant(inputs[1]), walk.constant(inputs[2])];
      const order = inputs[4] ?? "";
      if (values === null || scales === null || order !== "") return null;
      const matrix: Matrix = {
        kind: "blocks",
        bits: number("bits", 4),
        blockSize: number("block_size", 32),
        from: number("K", 0),
        to: number("N", 0),
        values,
        scales: toFloat32(scales),
        zeroPoints: walk.constant(inputs[3]),
      };
      return whole(matrix, inputs[0], inputs[5]);
    }
    case "Mul":
      return readScaledProduct(inputs, walk);
    default:
      return null;
  }
}

/** ONNX Runtime's quantiser writes: cast(quantised input × matrix) × (scale of the input × scale of the matrix). */
function readScaledProduct(inputs: readonly Value[], walk: Walk): With<Linear> | null {
  for (const [product, scales] of [inputs, inputs.toReversed()]) {
    const cast = walk.maker(product ?? "");
    const multiplied = walk.maker(cast?.inputs[0] ?? "");
    const scaling = walk.maker(scales ?? "");
    if (cast?.op !== "Cast" || multiplied?.op !== "MatMulInteger" || scaling?.op !== "Mul") continue;
    const scale = scaling.inputs.find((input) => walk.constant(input) !== null);
    const matrix = int8(multiplied.inputs[1], scale, multiplied.inputs[3], false, walk);
    if (matrix !== null) return { matrix, bias: null, input: unquantised(multiplied.inputs[0], walk) };
  }
  return null;
}

/** input × matrix + bias, or without bias. */
export function readLinear(from: Value, walk: Walk): With<Linear> | null {
  const value = walk.trunk(from);
  const node = walk.maker(value);
  if (node?.op !== "Add") return readProduct(value, walk);
  const parts = split(node, walk);
  if (parts === null || parts.held.dims.length > 1) return null;
  const product = readProduct(walk.trunk(parts.other), walk);
  return product === null ? null : { ...product, bias: toFloat32(parts.held) };
}

/** A layer normalisation, as one operator or spelled out. */
export function readNorm(from: Value, walk: Walk): With<Norm> {
  const value = walk.trunk(from);
  const node = walk.maker(value);
  if (node?.op === "LayerNormalization") {
    const [input = "", scale, bias] = node.inputs;
    const [one, other] = [walk.constant(scale), walk.constant(bias)];
    if (one !== null && other !== null) return { scale: toFloat32(one), bias: toFloat32(other), input };
  } else if (node?.op === "Add") {
    const shifted = split(node, walk);
    const scaling = shifted === null ? undefined : walk.maker(shifted.other);
    const scaled = scaling?.op === "Mul" ? split(scaling, walk) : null;
    const divided = scaled === null ? undefined : walk.maker(scaled.other);
    const centred = divided?.op === "Div" ? walk.maker(divided.inputs[0] ?? "") : undefined;
    if (shifted !== null && scaled !== null && centred?.op === "Sub") {
      return { scale: toFloat32(scaled.held), bias: toFloat32(shifted.held), input: centred.inputs[0] ?? "" };
    }
  }
  throw new UnknownGraph("no layer normalisation where one was looked for");
}

const masking = new Set(["Add", "Where"]);
const choosing = new Set(["Where"]);
const activating = new Set(["Mul", "Div", "Add", "Erf", "Tanh", "Pow", "Gelu", "FastGelu", "QuickGelu"]);

/** A multiplication of two things that both depend on what is heard. */
const readMixing = (value: Value, walk: Walk): OnnxNode | null => {
  const node = walk.maker(value);
  return node?.op === "MatMul" && readMatrix(node.inputs[1] ?? "", walk) === null ? node : null;
};

export interface FoundAttention {
  readonly norm: Norm;
  readonly query: Linear;
  readonly out: Linear;
  /** Where keys and values come from: projections of the input, or a cache. */
  readonly keySource: Value;
  readonly valueSource: Value;
  readonly input: Value;
}

/** An attention block, from the output of its last projection backwards. */
export function readAttention(out: With<Linear>, walk: Walk): FoundAttention | null {
  const mixing = walk.search(out.input, new Set(), (value) => readMixing(value, walk));
  const softmax = walk.search(mixing?.inputs[0] ?? "", choosing, (value) => {
    const node = walk.maker(value);
    return node?.op === "Softmax" ? node : null;
  });
  const scores = walk.search(softmax?.inputs[0] ?? "", masking, (value) => readMixing(value, walk));
  if (mixing === null || scores === null) return null;
  const query = readLinear(scores.inputs[0] ?? "", walk);
  if (query === null) return null;
  const { input, ...norm } = readNorm(query.input, walk);
  return {
    norm,
    query,
    out,
    input,
    keySource: walk.trunk(scores.inputs[1] ?? ""),
    valueSource: walk.trunk(mixing.inputs[1] ?? ""),
  };
}

/** Keys and values projected from the attention's own input, or from elsewhere. */
export function withProjections(found: FoundAttention, key: Linear | null, value: Linear | null): Attention {
  if (key === null || value === null) throw new UnknownGraph("no projection where one was looked for");
  return { norm: found.norm, query: found.query, out: found.out, key, value };
}

export function readFeedForward(down: With<Linear>, walk: Walk): With<FeedForward> {
  const up = walk.search(down.input, activating, (value) => readLinear(value, walk));
  if (up === null) throw new UnknownGraph("no feed-forward where one was looked for");
  const { input, ...norm } = readNorm(up.input, walk);
  return { norm, up, down, input };
}

/** input + block: the block is the side that ends in a projection. */
export function readResidual(value: Value, walk: Walk): { readonly block: With<Linear>; readonly input: Value } | null {
  const node = walk.maker(walk.trunk(value));
  const [one = "", other = ""] = node?.op === "Add" ? node.inputs : [];
  for (const [side, input] of [[other, one] as const, [one, other] as const]) {
    const block = walk.constant(side) === null ? readLinear(side, walk) : null;
    if (block !== null && walk.constant(input) === null) return { block, input };
  }
  return null;
}
