// Rows decoded together on graphs of our own: one run of the step graph feeds every row a token. Inference process.
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { letGo } from "../../free-memory.ts";
import { createCache } from "./cache.ts";
import { crossKey, crossValue } from "./graphs/listen-graph.ts";
import type { LogMel } from "./log-mel.ts";
import type { Row, Rows, Scores } from "./rows.ts";

export interface BatchModel {
  readonly logMel: LogMel;
  readonly listen: InferenceSession;
  readonly step: InferenceSession;
  readonly layers: number;
  readonly heads: number;
  readonly headWidth: number;
  /** Places of the encoder's output. */
  readonly positions: number;
  readonly maxTokens: number;
  readonly hasAttention: boolean;
}

interface BatchRow extends Row {
  length: number;
  /** Its place in the batch. Rows in use stand first, so that a run takes no others. */
  place: number;
}

const reduced = ["best", "bestLogit", "wordMass", "endLogit", "times"] as const;

export function createBatchRows(model: BatchModel, capacity: number): Rows<BatchRow> {
  const { layers, heads, headWidth, positions, listen, step } = model;
  const rowSize = heads * positions * headWidth;
  const cache = createCache({ layers, heads, headWidth, rows: capacity, maxTokens: model.maxTokens });
  // What the rows hear, in one array per layer and part: a window's keys and values are put out straight into its place.
  const sound = Array.from({ length: layers }, (_, layer) => [
    { name: crossKey(layer), values: new Float32Array(capacity * rowSize), dims: [heads, headWidth, positions] },
    { name: crossValue(layer), values: new Float32Array(capacity * rowSize), dims: [heads, positions, headWidth] },
  ]).flat();
  const inUse: BatchRow[] = [];
  const columns = Array.from({ length: layers }, (_, layer) => [`new.${layer}.key`, `new.${layer}.value`]).flat();
  const always = [...reduced, ...columns, ...(model.hasAttention ? ["attention"] : [])];

  return {
    capacity,
    async join(samples) {
      const place = inUse.length;
      if (place === capacity) throw new RangeError("no row is free");
      const row: BatchRow = { length: 0, place };
      inUse.push(row);
      cache.clear(place);
      try {
        const outputs = sound.map(({ name, values, dims }): [string, Tensor] => [
          name,
          new Tensor("float32", values.subarray(place * rowSize, (place + 1) * rowSize), [1, ...dims]),
        ]);
        const features = await model.logMel.run(samples);
        const copies = await listen.run({ features }, Object.fromEntries(outputs));
        // ONNX Runtime hands over what it wrote into our arrays once more, as copies: 37 MB for Whisper base.
        for (const { name, values } of sound) {
          const copy = copies[name]?.data as Float32Array | undefined;
          if (copy !== undefined && copy.buffer !== values.buffer) letGo(copy);
        }
      } catch (error) {
        this.leave(row);
        throw error;
      }
      return row;
    },
    async step(rows, tokens, wantLogits) {
      const count = inUse.length;
      const fed = new Int32Array(count);
      const places = new Int32Array(count);
      for (const [at, row] of rows.entries()) {
        fed[row.place] = tokens[at] ?? 0;
        places[row.place] = row.length;
      }
      const feeds: Record<string, Tensor> = {
        ...cache.feeds(count),
        tokens: new Tensor("int32", fed, [count, 1]),
        places: new Tensor("int32", places, [count, 1]),
      };
      for (const { name, values, dims } of sound) {
        feeds[name] = new Tensor("float32", values.subarray(0, count * rowSize), [count, ...dims]);
      }
      const outputs = await step.run(feeds, wantLogits ? [...always, "logits"] : always);
      cache.append(count, outputs);
      for (const row of inUse) row.length = cache.length(row.place);
      return rows.map(({ place }) => readScores(outputs, place, count));
    },
    restart(row) {
      cache.clear(row.place);
      row.length = 0;
    },
    copy(row) {
      const place = inUse.length;
      if (place === capacity) throw new RangeError("no row is free");
      for (const { values } of sound) {
        values.copyWithin(place * rowSize, row.place * rowSize, (row.place + 1) * rowSize);
      }
      cache.clear(place);
      const copy: BatchRow = { length: 0, place };
      inUse.push(copy);
      return copy;
    },
    leave(row) {
      const last = inUse.pop();
      if (last === undefined || last === row) return;
      // The last one moves up, so that the rows in use stay together.
      cache.move(last.place, row.place);
      for (const { values } of sound) {
        values.copyWithin(row.place * rowSize, last.place * rowSize, (last.place + 1) * rowSize);
      }
      last.place = row.place;
      inUse[row.place] = last;
    },
  };
}

function readScores(outputs: InferenceSession.OnnxValueMapType, place: number, rows: number): Scores {
  const slice = (name: string): Float32Array | null => {
    const data = outputs[name]?.data as Float32Array | undefined;
    if (data === undefined) return null;
    const length = data.length / rows;
    return data.subarray(place * length, (place + 1) * length);
  };
  const number = (name: string): number => slice(name)?.[0] ?? Number.NaN;
  return {
    logits: slice("logits"),
    best: number("best"),
    bestLogit: number("bestLogit"),
    wordMass: number("wordMass"),
    endLogit: number("endLogit"),
    times: slice("times") ?? new Float32Array(0),
    attention: slice("attention"),
  };
}
