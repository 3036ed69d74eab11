// What Whisper knows, apart from the graphs in which it was published: its weights by their role. Inference process.
import type { Tensor } from "../../../onnx/graph.ts";

/** A matrix that a row of `from` numbers is multiplied with, giving `to` numbers, in the precision of its file. */
export type Matrix =
  | {
      readonly kind: "float";
      /** [from, to], or [to, from] where transposed. */ readonly values: Tensor;
      readonly transposed: boolean;
    }
  | {
      readonly kind: "int8";
      /** Signed; [from, to], or [to, from] where transposed. */
      readonly values: Tensor;
      readonly transposed: boolean;
      /** One for all, or one per column. */
      readonly scale: Tensor;
      readonly zeroPoint: Tensor;
    }
  | {
      /** ONNX Runtime's MatMulNBits. */
      readonly kind: "blocks";
      readonly bits: number;
      readonly blockSize: number;
      readonly from: number;
      readonly to: number;
      /** Packed values, scales and, where they are not the middle, zero points. */
      readonly values: Tensor;
      readonly scales: Tensor;
      readonly zeroPoints: Tensor | null;
    };

export interface Linear {
  readonly matrix: Matrix;
  readonly bias: Tensor | null;
}

/** Layer normalisation over the last axis. */
export interface Norm {
  readonly scale: Tensor;
  readonly bias: Tensor;
}

export interface Attention {
  readonly norm: Norm;
  readonly query: Linear;
  readonly key: Linear;
  readonly value: Linear;
  readonly out: Linear;
}

export interface FeedForward {
  readonly norm: Norm;
  readonly up: Linear;
  readonly down: Linear;
}

export interface Convolution {
  /** [to, from, 3]. */
  readonly kernel: Tensor;
  readonly bias: Tensor;
}

export interface EncoderWeights {
  /** Along time, three wide; the second takes every other place. */
  readonly convolutions: readonly [Convolution, Convolution];
  /** [1500, width]. */
  readonly positions: Tensor;
  readonly layers: readonly { readonly self: Attention; readonly feedForward: FeedForward }[];
  readonly norm: Norm;
}

export interface DecoderWeights {
  /** Rows are tokens: "float" or "int8", never transposed. */
  readonly embedding: Matrix;
  /** [tokens at most, width]. */
  readonly positions: Tensor;
  readonly layers: readonly {
    readonly self: Attention;
    readonly cross: Attention;
    readonly feedForward: FeedForward;
  }[];
  readonly norm: Norm;
  readonly head: Matrix;
}

const bytesOf = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

/** The numbers of a 32-bit tensor. Its bytes may lie anywhere in a file, so they are copied. */
export const floatsOf = ({ data }: Tensor): Float32Array => new Float32Array(data.slice().buffer);

/** One weight may stand in several places of a graph (the embedding is also the output layer): it stays one. */
function once(convert: (tensor: Tensor) => Tensor): (tensor: Tensor) => Tensor {
  const done = new WeakMap<Tensor, Tensor>();
  return (tensor) => {
    const known = done.get(tensor);
    if (known !== undefined) return known;
    const converted = convert(tensor);
    done.set(tensor, converted);
    return converted;
  };
}

/** A 32-bit tensor of the same numbers. Answers the same one where it already is. */
export const toFloat32 = once((tensor) => {
  if (tensor.type === "float32") return tensor;
  if (tensor.type !== "float16") throw new RangeError(`${tensor.type} weights are not known here`);
  const half = tensor.data.slice();
  const from = new Uint16Array(half.buffer, 0, half.byteLength / 2);
  const to = new Float32Array(from.length);
  const bits = new Uint32Array(to.buffer);
  for (let at = 0; at < from.length; at++) bits[at] = widen(from[at] ?? 0, at, to);
  return { type: "float32", dims: tensor.dims, data: bytesOf(to) };
});

/** Bits of a half-precision number as those of a single-precision one (IEEE 754). */
function widen(half: number, at: number, scratch: Float32Array): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) {
    scratch[at] = (sign === 0 ? 1 : -1) * fraction * 2 ** -24;
    return new Uint32Array(scratch.buffer, at * 4, 1)[0] ?? 0;
  }
  return sign | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13);
}

/**
 * The same 8-bit numbers with a sign: u8 around zero point z is s8 around z − 128, exactly, and processors multiply
 * unsigned with signed numbers up to half again as fast as unsigned with unsigned ones.
 *
 * They are turned in place, in the bytes of the file that was read: a second copy of all weights would be gigabytes.
 */
export const toSigned = once((tensor) => {
  if (tensor.type === "int8") return tensor;
  if (tensor.type !== "uint8") throw new RangeError(`${tensor.type} weights are not 8-bit ones`);
  const { data } = tensor;
  for (let at = 0; at < data.length; at++) data[at] = (data[at] ?? 0) ^ 0x80;
  return { type: "int8", dims: tensor.dims, data };
});

/** The other way, for processors that do not multiply signed numbers exactly (signed-products.ts). In place, too. */
export const toUnsigned = once((tensor) => {
  if (tensor.type !== "int8") throw new RangeError(`${tensor.type} weights have no sign`);
  const { data } = tensor;
  for (let at = 0; at < data.length; at++) data[at] = (data[at] ?? 0) ^ 0x80;
  return { type: "uint8", dims: tensor.dims, data };
});

/** A small 8-bit matrix as 32-bit numbers, the scale one for all or one per row; a plain one as it is. */
export function toPlain(matrix: Matrix): Tensor {
  if (matrix.kind === "blocks") throw new RangeError("a table in blocks");
  if (matrix.kind === "float") return matrix.values;
  const { values, zeroPoint } = matrix;
  const from = new Int8Array(values.data.buffer, values.data.byteOffset, values.data.byteLength);
  const zeros = new Int8Array(zeroPoint.data.buffer, zeroPoint.data.byteOffset, zeroPoint.data.byteLength);
  const scales = floatsOf(matrix.scale);
  const rowSize = from.length / (values.dims[0] ?? 1);
  const to = new Float32Array(from.length);
  for (let at = 0; at < to.length; at++) {
    const row = Math.floor(at / rowSize);
    const zero = zeros[zeros.length === 1 ? 0 : row] ?? 0;
    to[at] = ((from[at] ?? 0) - zero) * (scales[scales.length === 1 ? 0 : row] ?? 0);
  }
  return { type: "float32", dims: values.dims, data: bytesOf(to) };
}
