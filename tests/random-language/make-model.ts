// A language model of random weights in a valid GGUF file: llama's architecture, a vocabulary of bytes. It talks nonsense,
// which is what it is for: whatever must hold of a model that cannot be trusted, must hold of this one. Tests only.
import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { gaussian, seeded } from "../seeded.ts";
import { type GgufTensor, type GgufValue, tensorBytes, writeGguf } from "./write-gguf.ts";

export interface LlamaShape {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly keyHeads: number;
  readonly inner: number;
  readonly contextTokens: number;
  /** Tokens beside the bytes and the control tokens: made-up words, so that a benchmark has a true size. */
  readonly words: number;
  readonly format: "F32" | "Q4_0";
}

/** Half a megabyte. */
export const tinyShape: LlamaShape = {
  width: 64,
  layers: 2,
  heads: 4,
  keyHeads: 2,
  inner: 128,
  contextTokens: 16_384,
  words: 0,
  format: "F32",
};

/** Llama 3.2 1B's, with a vocabulary of its size. */
export const billionShape: LlamaShape = {
  width: 2048,
  layers: 16,
  heads: 32,
  keyHeads: 8,
  inner: 8192,
  contextTokens: 8192,
  words: 127_700,
  format: "Q4_0",
};

/** The template of ChatML, as many models carry it. */
const chatTemplate =
  "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}" +
  "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

/** Token types of llama.cpp's vocabularies. */
const [normal, unknown, control, byte] = [1, 2, 3, 6];

function vocabulary(words: number) {
  const special = ["<unk>", "<s>", "</s>", "<|im_start|>", "<|im_end|>"];
  const bytes = Array.from({ length: 256 }, (_, at) => `<0x${at.toString(16).toUpperCase().padStart(2, "0")}>`);
  const extra = Array.from({ length: words }, (_, at) => `▁ord${String(at)}`);
  return {
    tokens: [...special, ...bytes, "▁", ...extra],
    types: [unknown, control, control, control, control, ...bytes.map(() => byte), normal, ...extra.map(() => normal)],
  };
}

/** Writes the model unless it is there; answers its path. The same seed gives the same bytes. */
export async function makeRandomModel(path: string, shape: LlamaShape = tinyShape, seed = 1): Promise<string> {
  if (existsSync(path)) return path;
  const { tokens, types } = vocabulary(shape.words);
  const metadata: Record<string, GgufValue> = {
    "general.architecture": { type: "string", value: "llama" },
    "general.name": { type: "string", value: "Nonsense" },
    "llama.vocab_size": { type: "u32", value: tokens.length },
    "llama.context_length": { type: "u32", value: shape.contextTokens },
    "llama.embedding_length": { type: "u32", value: shape.width },
    "llama.block_count": { type: "u32", value: shape.layers },
    "llama.feed_forward_length": { type: "u32", value: shape.inner },
    "llama.attention.head_count": { type: "u32", value: shape.heads },
    "llama.attention.head_count_kv": { type: "u32", value: shape.keyHeads },
    "llama.attention.layer_norm_rms_epsilon": { type: "f32", value: 1e-5 },
    "llama.rope.dimension_count": { type: "u32", value: shape.width / shape.heads },
    "tokenizer.ggml.model": { type: "string", value: "llama" },
    "tokenizer.ggml.tokens": { type: "strings", value: tokens },
    "tokenizer.ggml.scores": { type: "f32s", value: tokens.map(() => 0) },
    "tokenizer.ggml.token_type": { type: "i32s", value: types },
    "tokenizer.ggml.bos_token_id": { type: "u32", value: 1 },
    "tokenizer.ggml.eos_token_id": { type: "u32", value: 4 },
    "tokenizer.ggml.unknown_token_id": { type: "u32", value: 0 },
    "tokenizer.ggml.add_bos_token": { type: "bool", value: true },
    "tokenizer.ggml.add_space_prefix": { type: "bool", value: false },
    "tokenizer.chat_template": { type: "string", value: chatTemplate },
  };
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${String(process.pid)}`;
  await writeGguf(draft, metadata, weights(shape, tokens.length, seed));
  await rename(draft, path);
  return path;
}

function weights(shape: LlamaShape, tokens: number, seed: number): GgufTensor[] {
  const { width, inner, heads, keyHeads, layers, format } = shape;
  const keys = (width / heads) * keyHeads;
  const random = seeded(seed);
  const matrix = (name: string, columns: number, rows: number): GgufTensor => ({
    name: `${name}.weight`,
    shape: [columns, rows],
    format,
    bytes: () =>
      format === "F32" ? floats(columns * rows, random, 1 / Math.sqrt(columns)) : blocks([columns, rows], random),
  });
  const norm = (name: string): GgufTensor => ({
    name: `${name}.weight`,
    shape: [width],
    format: "F32",
    bytes: () => [new Uint8Array(new Float32Array(width).fill(1).buffer)],
  });
  return [
    matrix("token_embd", width, tokens),
    norm("output_norm"),
    matrix("output", width, tokens),
    ...Array.from({ length: layers }, (_, at) => `blk.${String(at)}.`).flatMap((layer) => [
      norm(`${layer}attn_norm`),
      matrix(`${layer}attn_q`, width, width),
      matrix(`${layer}attn_k`, width, keys),
      matrix(`${layer}attn_v`, width, keys),
      matrix(`${layer}attn_output`, width, width),
      norm(`${layer}ffn_norm`),
      matrix(`${layer}ffn_gate`, width, inner),
      matrix(`${layer}ffn_up`, width, inner),
      matrix(`${layer}ffn_down`, inner, width),
    ]),
  ];
}

function* floats(count: number, random: () => number, deviation: number): Generator<Uint8Array> {
  const values = Float32Array.from({ length: count }, () => gaussian(random) * deviation);
  yield new Uint8Array(values.buffer);
}

/** Blocks of Q4_0: a scale of about 0.01 as a 16-bit float, and 32 numbers from -8 to 7. */
function* blocks(shape: readonly number[], random: () => number): Generator<Uint8Array> {
  const total = tensorBytes({ shape, format: "Q4_0" });
  const most = 18 * 65_536;
  for (let done = 0; done < total; done += most) {
    const piece = Buffer.alloc(Math.min(most, total - done));
    for (let at = 0; at + 4 <= piece.length; at += 4) piece.writeUInt32LE((random() * 2 ** 32) >>> 0, at);
    for (let at = 0; at < piece.length; at += 18) piece.writeUInt16LE(0x211f, at);
    yield piece;
  }
}
