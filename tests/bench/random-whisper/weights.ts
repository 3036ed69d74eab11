// Random weights, repeatable, and their 8-bit form as published "q8" models have it. Bench only.
import type { Tensor } from "../../../electron/onnx/graph.ts";

/** Enough different numbers that no two matrices look alike; the rest is copying, so a large model is made in seconds. */
const poolSize = 1 << 20;

export interface RandomSource {
  /** Normally distributed numbers. Consecutive calls answer different ones. */
  take(count: number, deviation: number): Float32Array<ArrayBuffer>;
}

export function createRandomSource(seed: number): RandomSource {
  const uniform = seededNumbers(seed);
  const pool = Float32Array.from({ length: poolSize }, () => {
    // Box and Muller's transform.
    return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  });
  return {
    take(count, deviation) {
      const values = new Float32Array(count);
      for (let at = 0; at < count;) {
        const from = Math.floor(uniform() * poolSize);
        const piece = pool.subarray(from, Math.min(poolSize, from + count - at));
        values.set(piece, at);
        at += piece.length;
      }
      for (let at = 0; at < count; at++) values[at] = (values[at] ?? 0) * deviation;
      return values;
    },
  };
}

/** Numbers from 0 to 1, repeatable. Tommy Ettinger's mulberry32: good enough for what means nothing. */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Quantised {
  readonly values: Tensor;
  readonly scale: number;
  readonly zeroPoint: number;
}

/** One scale and one zero point for the whole tensor, unsigned, as ONNX Runtime's dynamic quantisation writes it. */
export function quantise(dims: readonly number[], values: Float32Array): Quantised {
  let low = 0;
  let high = 0;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const scale = (high - low) / 255 || 1;
  const zeroPoint = Math.round(-low / scale);
  const data = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) {
    data[at] = Math.max(0, Math.min(255, Math.round((values[at] ?? 0) / scale) + zeroPoint));
  }
  return { values: { type: "uint8", dims, data }, scale, zeroPoint };
}
