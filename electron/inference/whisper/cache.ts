// Keys and values of the self-attention for all rows of a batch, allocated once and written in place. Inference process.
import { Tensor } from "onnxruntime-node";
import { newKey, newValue, selfKey, selfValue } from "./graphs/step-graph.ts";

export interface CacheShape {
  readonly layers: number;
  readonly heads: number;
  readonly headWidth: number;
  readonly rows: number;
  /** Most tokens that a row can have. */
  readonly maxTokens: number;
}

/** Room grows by this many tokens for all rows at once: attention runs over the room, not over the most there can be. */
const roomStep = 32;

export interface Cache {
  /** Inputs of the step graph for the first `rows` rows; `mask` lets each row look back on its own tokens. */
  feeds(rows: number): Record<string, Tensor>;
  /** Takes the new columns of the first `rows` rows out of a step's outputs. */
  append(rows: number, outputs: Readonly<Record<string, Tensor>>): void;
  length(row: number): number;
  clear(row: number): void;
  /** Moves a row's tokens to the place of another, whose own are forgotten. */
  move(from: number, to: number): void;
}

export function createCache({ layers, heads, headWidth, rows: maxRows, maxTokens }: CacheShape): Cache {
  const size = maxRows * heads * maxTokens * headWidth;
  const parts = Array.from({ length: layers }, (_, layer) => [
    { name: selfKey(layer), fresh: newKey(layer), values: new Float32Array(size) },
    { name: selfValue(layer), fresh: newValue(layer), values: new Float32Array(size) },
  ]).flat();
  const lengths = new Int32Array(maxRows);
  const mask = new Float32Array(maxRows * (maxTokens + 1));
  let room = Math.min(roomStep, maxTokens);

  /** [rows, heads, room, head width]: what is there moves apart, the last first. */
  function makeRoom(needed: number): void {
    const wider = Math.min(maxTokens, Math.ceil(needed / roomStep) * roomStep);
    for (const { values } of parts) {
      for (let place = maxRows * heads - 1; place > 0; place--) {
        const from = place * room * headWidth;
        const length = (lengths[Math.floor(place / heads)] ?? 0) * headWidth;
        values.copyWithin(place * wider * headWidth, from, from + length);
      }
    }
    room = wider;
  }

  return {
    feeds(rows) {
      const longest = lengths.subarray(0, rows).reduce((most, length) => Math.max(most, length), 0);
      if (longest >= room) makeRoom(longest + 1);
      const feeds: Record<string, Tensor> = {};
      const dims = [rows, heads, room, headWidth];
      const count = rows * heads * room * headWidth;
      for (const { name, values } of parts) feeds[name] = new Tensor("float32", values.subarray(0, count), dims);
      for (let row = 0; row < rows; row++) {
        const from = row * (room + 1);
        mask.fill(0, from, from + (lengths[row] ?? 0));
        mask.fill(-Infinity, from + (lengths[row] ?? 0), from + room);
        mask[from + room] = 0;
      }
      feeds["mask"] = new Tensor("float32", mask.subarray(0, rows * (room + 1)), [rows, 1, 1, room + 1]);
      return feeds;
    },
    append(rows, outputs) {
      for (const { fresh, values } of parts) {
        const columns = outputs[fresh]?.data as Float32Array;
        for (let row = 0; row < rows; row++) {
          for (let head = 0; head < heads; head++) {
            const from = (row * heads + head) * headWidth;
            const to = ((row * heads + head) * room + (lengths[row] ?? 0)) * headWidth;
            for (let at = 0; at < headWidth; at++) values[to + at] = columns[from + at] ?? 0;
          }
        }
      }
      for (let row = 0; row < rows; row++) lengths[row] = (lengths[row] ?? 0) + 1;
    },
    length: (row) => lengths[row] ?? 0,
    clear: (row) => void (lengths[row] = 0),
    move(from, to) {
      const count = heads * room * headWidth;
      for (const { values } of parts) values.copyWithin(to * count, from * count, (from + 1) * count);
      lengths[to] = lengths[from] ?? 0;
      lengths[from] = 0;
    },
  };
}
