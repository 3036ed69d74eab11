// Numbers as ggml stores them: half precision, and blocks of 32 signed bytes with a scale (q8_0). Pure.

const blockValues = 32;
const blockBytes = 2 + blockValues;

/** Blocks one after another: a half-precision scale, then the bytes. `values` must be whole blocks. */
export function quantiseBlocks(values: Float32Array): Uint8Array {
  if (values.length % blockValues !== 0) throw new RangeError(`${values.length} numbers are not whole blocks`);
  const bytes = new Uint8Array((values.length / blockValues) * blockBytes);
  const view = new DataView(bytes.buffer);
  for (let block = 0; block * blockValues < values.length; block++) {
    const from = block * blockValues;
    let largest = 0;
    for (let at = 0; at < blockValues; at++) largest = Math.max(largest, Math.abs(values[from + at] ?? 0));
    const scale = largest / 127;
    view.setUint16(block * blockBytes, halfBits(scale), true);
    for (let at = 0; at < blockValues; at++) {
      const share = scale === 0 ? 0 : Math.round((values[from + at] ?? 0) / scale);
      view.setInt8(block * blockBytes + 2 + at, share);
    }
  }
  return bytes;
}

/** Half precision, little-endian. */
export function toHalf(values: Float32Array): Uint8Array {
  const bits = Uint16Array.from(values, halfBits);
  return new Uint8Array(bits.buffer);
}

/** The bits of the nearest half-precision number (IEEE 754), for numbers below 65,504. */
export function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  // Below the least normal number, steps are of one size.
  if (magnitude < 2 ** -14) return sign | roundToEven(magnitude * 2 ** 24);
  const exponent = Math.floor(Math.log2(magnitude));
  // A fraction that rounds up to the next power carries into the exponent by itself.
  return sign | (((exponent + 15) << 10) + roundToEven((magnitude / 2 ** exponent - 1) * 1024));
}

function roundToEven(value: number): number {
  const whole = Math.floor(value);
  const rest = value - whole;
  if (rest !== 0.5) return Math.round(value);
  return whole % 2 === 0 ? whole : whole + 1;
}
