// The number formats of published weights: 8 bits, 4 bits in blocks, half precision. Test only.
import { floats, type Tensor } from "../../electron/onnx/graph.ts";
import type { Numbers } from "./numbers.ts";

const bytesOf = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

export interface Quantised {
  readonly values: Tensor;
  readonly scale: Tensor;
  readonly zeroPoint: Tensor;
}

/** One scale for all of a tensor, unsigned around a zero point. */
export function toUnsigned({ dims, values }: Numbers): Quantised {
  const low = Math.min(0, ...extremes(values));
  const high = Math.max(0, ...extremes(values));
  const scale = (high - low) / 255;
  const zero = Math.round(-low / scale);
  const data = Uint8Array.from(values, (value) => clamp(Math.round(value / scale) + zero, 0, 255));
  return {
    values: { type: "uint8", dims, data },
    scale: floats([], [scale]),
    zeroPoint: { type: "uint8", dims: [], data: Uint8Array.of(zero) },
  };
}

/** Signed around 0; with `columns`, a scale for each column of a matrix. */
export function toSigned({ dims, values }: Numbers, columns: boolean): Quantised {
  const count = columns ? (dims.at(-1) ?? 1) : 1;
  const scales = new Float32Array(count);
  for (const [at, value] of values.entries()) {
    scales[at % count] = Math.max(scales[at % count] ?? 0, Math.abs(value) / 127);
  }
  const data = Int8Array.from(values, (value, at) => clamp(Math.round(value / (scales[at % count] ?? 1)), -127, 127));
  const shape = columns ? [count] : [];
  return {
    values: { type: "int8", dims, data: bytesOf(data) },
    scale: floats(shape, scales),
    zeroPoint: { type: "int8", dims: shape, data: new Uint8Array(count) },
  };
}

export const blockSize = 32;

export interface Blocks {
  /** [columns, blocks, 16], the first of two numbers in the lower half of a byte. */
  readonly values: Tensor;
  readonly scales: Numbers;
  readonly zeroPoints: Tensor;
}

/** Four bits, a scale for each 32 numbers of a column; the zero is 8, or where the block's least number needs it. */
export function toBlocks({ dims, values }: Numbers, hasZeroPoints: boolean): Blocks {
  const [rows = 0, columns = 0] = dims;
  const blocks = rows / blockSize;
  const scales = new Float32Array(columns * blocks);
  const packed = new Uint8Array(columns * blocks * (blockSize / 2));
  const zeroRow = Math.ceil(blocks / 2);
  const zeroPoints = new Uint8Array(columns * zeroRow);
  for (let column = 0; column < columns; column++) {
    for (let block = 0; block < blocks; block++) {
      const numbers = Array.from(
        { length: blockSize },
        (_, at) => values[(block * blockSize + at) * columns + column] ?? 0,
      );
      const [low, high] = [Math.min(0, ...numbers), Math.max(0, ...numbers)];
      const scale = hasZeroPoints ? (high - low) / 15 : Math.max(high, -low) / 7;
      const zero = hasZeroPoints ? Math.round(-low / scale) : 8;
      scales[column * blocks + block] = scale;
      zeroPoints[column * zeroRow + (block >> 1)] =
        (zeroPoints[column * zeroRow + (block >> 1)] ?? 0) | (zero << (4 * (block % 2)));
      for (const [at, number] of numbers.entries()) {
        const place = (column * blocks + block) * (blockSize / 2) + (at >> 1);
        packed[place] = (packed[place] ?? 0) | (clamp(Math.round(number / scale) + zero, 0, 15) << (4 * (at % 2)));
      }
    }
  }
  return {
    values: { type: "uint8", dims: [columns, blocks, blockSize / 2], data: packed },
    scales: { dims: [columns * blocks], values: scales },
    zeroPoints: { type: "uint8", dims: [columns * zeroRow], data: zeroPoints },
  };
}

/** Half precision, rounded; the numbers of weights are neither infinite nor too small. */
export function toHalf({ dims, values }: Numbers): Tensor {
  const bits = new Uint32Array(values.slice().buffer);
  const half = Uint16Array.from(bits, (single) => {
    const exponent = ((single >>> 23) & 0xff) - 112;
    const sign = (single >>> 16) & 0x8000;
    if (exponent <= 0) return sign;
    return sign | ((((exponent << 23) | (single & 0x7fffff)) + 0x1000) >>> 13);
  });
  return { type: "float16", dims, data: bytesOf(half) };
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const extremes = (values: Float32Array): readonly [number, number] => [
  values.reduce((least, value) => Math.min(least, value), 0),
  values.reduce((most, value) => Math.max(most, value), 0),
];
