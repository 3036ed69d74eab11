// One window's decoder on the ONNX session: a prompt, then a token at a time with the cache carried along. Inference process.
import { Tensor } from "onnxruntime-node";
import type { Whisper } from "./load.ts";

/** Encoder output of one window. */
export type Encoded = Tensor;

export async function encode(whisper: Whisper, samples: Float32Array): Promise<Encoded> {
  const { data, dims } = await whisper.features(samples);
  const { last_hidden_state: encoded } = await whisper.encoder.run({
    input_features: new Tensor("float32", data, dims),
  });
  if (encoded === undefined) throw new Error("the encoder gave nothing");
  return encoded;
}

export interface Decoder {
  /** Feeds tokens and answers the logits after each of them, [tokens][vocabulary]. */
  feed(tokens: readonly number[]): Promise<readonly Float32Array[]>;
}

/** A fresh decoder over one window. The cache of the cross-attention is kept from the first call: later ones give dummies. */
export function openDecoder(whisper: Whisper, encoded: Encoded): Decoder {
  const { decoder, layers, heads, headWidth } = whisper;
  const empty = () => new Tensor("float32", new Float32Array(0), [1, heads, 0, headWidth]);
  const cache: Record<string, Tensor> = {};
  for (let layer = 0; layer < layers; layer++) {
    for (const part of ["decoder.key", "decoder.value", "encoder.key", "encoder.value"]) {
      cache[`past_key_values.${layer}.${part}`] = empty();
    }
  }
  let first = true;
  return {
    async feed(tokens) {
      const outputs = await decoder.run({
        input_ids: new Tensor("int64", BigInt64Array.from(tokens, BigInt), [1, tokens.length]),
        encoder_hidden_states: encoded,
        use_cache_branch: new Tensor("bool", Uint8Array.of(first ? 0 : 1), [1]),
        ...cache,
      });
      for (const [name, value] of Object.entries(outputs)) {
        if (!name.startsWith("present.") || (!first && name.includes(".encoder."))) continue;
        cache[name.replace("present.", "past_key_values.")] = value;
      }
      first = false;
      const { logits } = outputs;
      if (logits === undefined) throw new Error("the decoder gave nothing");
      const width = logits.dims.at(-1) ?? 0;
      const data = logits.data as Float32Array;
      return tokens.map((_, row) => data.subarray(row * width, (row + 1) * width));
    },
  };
}

/** Natural logarithm of the softmax of `logits`. */
export function logSoftmax(logits: Float32Array): Float32Array {
  let max = -Infinity;
  for (const value of logits) if (value > max) max = value;
  let sum = 0;
  for (const value of logits) sum += Math.exp(value - max);
  const shift = max + Math.log(sum);
  return logits.map((value) => value - shift);
}
