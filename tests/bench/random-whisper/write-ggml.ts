// The same random Whisper as a file that whisper.cpp loads, with q8_0 weights as its own quantiser would leave them.
// Bench only. The layout is that of whisper.cpp's loader (src/whisper.cpp, whisper_model_load) at version 1.9.
import { existsSync } from "node:fs";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { forceAnswer } from "./force-answer.ts";
import { forgetOlder, sourceStamp } from "./make-random-whisper.ts";
import { toHalf, quantiseBlocks } from "./ggml-numbers.ts";
import { answerUntil, ids, maxTokens, melBins, positions, type ShapeName, shapes, vocabularySize } from "./shape.ts";
import { createRandomSource } from "./weights.ts";

/** Tensor types and the file type of ggml. */
const types = { f32: 0, f16: 1, q8: 8 } as const;
/** "Mostly q8_0", version 2 of the quantisation. */
const fileType = 2007;
const magic = 0x67676d6c;
const frequencies = 201;

/** Answers the file's path under `cacheDir`; makes it the first time and when its sources have changed. */
export async function makeRandomGgml(cacheDir: string, name: ShapeName): Promise<string> {
  const path = join(cacheDir, `ggml-${name}-q8_0-${await sourceStamp()}.bin`);
  if (existsSync(path)) return path;
  await mkdir(cacheDir, { recursive: true });
  const draft = `${path}.${process.pid}`;
  try {
    const file = await open(draft, "w");
    try {
      await writeHead(file, name);
      await writeTensors(file, name);
    } finally {
      await file.close();
    }
    await rename(draft, path);
    await forgetOlder(cacheDir, path);
  } finally {
    await rm(draft, { force: true });
  }
  return path;
}

const int32 = (...values: readonly number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);
const bytesOf = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

async function writeHead(file: FileHandle, name: ShapeName): Promise<void> {
  const { width, layers, heads } = shapes[name];
  const sizes = [positions, width, heads, layers, maxTokens, width, heads, layers, melBins];
  // A mel scale that hears nothing in particular: what is heard does not matter.
  const filters = new Float32Array(melBins * frequencies).fill(1 / frequencies);
  // Text tokens only: the loader adds the special ones itself.
  const words = Array.from({ length: ids.endOfText }, (_, id) => {
    // The loader wants a lone space among them.
    const word = new TextEncoder().encode(id === ids.space ? " " : ` ${id.toString(36)}`);
    return [int32(word.length), word];
  }).flat();
  await file.writev([
    int32(magic, vocabularySize, ...sizes, fileType, melBins, frequencies),
    bytesOf(filters),
    int32(ids.endOfText),
    Buffer.concat(words),
  ]);
}

async function writeTensors(file: FileHandle, name: ShapeName): Promise<void> {
  const { width, layers } = shapes[name];
  const random = createRandomSource(3);
  /** `dims` are the rows' length first, as ggml counts. */
  const write = async (path: string, type: keyof typeof types, dims: readonly number[], data: Uint8Array) => {
    const title = new TextEncoder().encode(path);
    await file.writev([int32(dims.length, title.length, types[type], ...dims), title, data]);
  };
  const plain = (path: string, dims: readonly number[], values: Float32Array) =>
    write(path, "f32", dims, bytesOf(values));
  const matrix = (path: string, from: number, to: number, values = random.take(from * to, 0.02)) =>
    write(path, "q8", [from, to], quantiseBlocks(values));
  const norm = async (path: string) => {
    await plain(`${path}.weight`, [width], new Float32Array(width).fill(1));
    await plain(`${path}.bias`, [width], new Float32Array(width));
  };
  const linear = async (path: string, from: number, to: number) => {
    await matrix(`${path}.weight`, from, to);
    await plain(`${path}.bias`, [to], new Float32Array(to));
  };
  const attention = async (path: string) => {
    await norm(`${path}_ln`);
    for (const part of ["query", "value", "out"]) await linear(`${path}.${part}`, width, width);
    await matrix(`${path}.key.weight`, width, width);
  };
  const block = async (path: string, attentions: readonly string[]) => {
    for (const one of attentions) await attention(`${path}.${one}`);
    await norm(`${path}.mlp_ln`);
    await linear(`${path}.mlp.0`, width, 4 * width);
    await linear(`${path}.mlp.2`, 4 * width, width);
  };
  const convolution = async (path: string, channels: number) => {
    await write(`${path}.weight`, "f16", [3, channels, width], toHalf(random.take(3 * channels * width, 0.02)));
    await plain(`${path}.bias`, [1, width], new Float32Array(width));
  };

  await convolution("encoder.conv1", melBins);
  await convolution("encoder.conv2", width);
  await plain("encoder.positional_embedding", [width, positions], random.take(width * positions, 0.02));
  for (let layer = 0; layer < layers; layer++) await block(`encoder.blocks.${layer}`, ["attn"]);
  await norm("encoder.ln_post");

  // It goes on where its last time stands: an answer that ends with the window takes it to the next whole window.
  const { embedding, places } = forceAnswer(random, width, answerUntil(30));
  await plain("decoder.positional_embedding", [width, maxTokens], places);
  await matrix("decoder.token_embedding.weight", width, vocabularySize, embedding);
  for (let layer = 0; layer < layers; layer++) await block(`decoder.blocks.${layer}`, ["attn", "cross_attn"]);
  await norm("decoder.ln");
}
