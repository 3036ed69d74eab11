// Rows decoded one by one on the graphs as they were published: for models whose graphs are built in a way that we do not
// know, such as the demonstration model's. Inference process.
import { type InferenceSession, Tensor } from "onnxruntime-node";
import type { LogMel } from "./log-mel.ts";
import type { Row, Rows, Scores } from "./rows.ts";
import type { WhisperTokens } from "./tokens.ts";

export interface PublishedModel {
  readonly logMel: LogMel;
  readonly encoder: InferenceSession;
  readonly decoder: InferenceSession;
  readonly tokens: WhisperTokens;
  readonly layers: number;
  readonly heads: number;
  readonly headWidth: number;
}

interface PublishedRow extends Row {
  length: number;
  readonly encoded: Tensor;
  /** Keys and values by the decoder's input names. */
  readonly cache: Record<string, Tensor>;
}

export function createPublishedRows(model: PublishedModel, capacity: number): Rows<PublishedRow> {
  const { layers, heads, headWidth, encoder, decoder, tokens } = model;
  const barred = new Set(tokens.suppress);
  const words = Array.from({ length: tokens.timestampBegin }, (_, id) => id).filter((id) => !barred.has(id));

  const restart = (row: PublishedRow) => {
    row.length = 0;
    for (let layer = 0; layer < layers; layer++) {
      for (const part of ["decoder.key", "decoder.value", "encoder.key", "encoder.value"]) {
        const dims = [1, heads, 0, headWidth];
        row.cache[`past_key_values.${layer}.${part}`] = new Tensor("float32", new Float32Array(0), dims);
      }
    }
  };

  /** Exports made with transformers 4.43 to 4.45 want to be told where in the text a token stands. */
  const wantsPlace = decoder.inputNames.includes("cache_position");
  const placeOf = (row: PublishedRow): Record<string, Tensor> =>
    wantsPlace ? { cache_position: new Tensor("int64", BigInt64Array.of(BigInt(row.length)), [1]) } : {};

  async function feed(row: PublishedRow, token: number): Promise<Float32Array> {
    const isFirst = row.length === 0;
    const outputs = await decoder.run({
      input_ids: new Tensor("int64", BigInt64Array.of(BigInt(token)), [1, 1]),
      encoder_hidden_states: row.encoded,
      use_cache_branch: new Tensor("bool", Uint8Array.of(isFirst ? 0 : 1), [1]),
      ...row.cache,
      ...placeOf(row),
    });
    for (const [name, value] of Object.entries(outputs)) {
      // The cross-attention's keys and values are made at the first step; later ones hand back dummies.
      if (!name.startsWith("present.") || (!isFirst && name.includes(".encoder."))) continue;
      row.cache[name.replace("present.", "past_key_values.")] = value;
    }
    row.length += 1;
    const { logits } = outputs;
    if (logits === undefined) throw new Error("the decoder gave nothing");
    return logits.data as Float32Array;
  }

  function toScores(logits: Float32Array): Scores {
    let best = tokens.end;
    for (const id of words) if ((logits[id] ?? -Infinity) > (logits[best] ?? -Infinity)) best = id;
    const bestLogit = logits[best] ?? -Infinity;
    let sum = 0;
    for (const id of words) sum += Math.exp((logits[id] ?? -Infinity) - bestLogit);
    return {
      logits,
      best,
      bestLogit,
      wordMass: bestLogit + Math.log(sum),
      endLogit: logits[tokens.end] ?? -Infinity,
      times: logits.subarray(tokens.timestampBegin),
      attention: null,
    };
  }

  return {
    capacity,
    async join(samples) {
      const { last_hidden_state: encoded } = await encoder.run({ input_features: await model.logMel.run(samples) });
      if (encoded === undefined) throw new Error("the encoder gave nothing");
      const row: PublishedRow = { length: 0, encoded, cache: {} };
      restart(row);
      return row;
    },
    async step(rows, fed) {
      const scores: Scores[] = [];
      for (const [at, row] of rows.entries()) scores.push(toScores(await feed(row, fed[at] ?? 0)));
      return scores;
    },
    restart,
    copy(row) {
      const copy: PublishedRow = { length: 0, encoded: row.encoded, cache: {} };
      restart(copy);
      return copy;
    },
    leave: () => {},
  };
}
