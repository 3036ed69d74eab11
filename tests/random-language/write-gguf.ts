// Writes GGUF files, version 3, as ggml-org/ggml's docs/gguf.md has it: metadata, tensors' places, tensors. Tests only.
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";

export type GgufValue =
  | { readonly type: "u32"; readonly value: number }
  | { readonly type: "i32"; readonly value: number }
  | { readonly type: "f32"; readonly value: number }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "strings"; readonly value: readonly string[] }
  | { readonly type: "f32s"; readonly value: readonly number[] }
  | { readonly type: "i32s"; readonly value: readonly number[] };

export interface GgufTensor {
  readonly name: string;
  /** Innermost dimension first, as ggml has it. */
  readonly shape: readonly number[];
  readonly format: "F32" | "Q4_0";
  /** Pieces of its bytes, in order. */
  bytes(): Iterable<Uint8Array>;
}

const typeNumbers = { u32: 4, i32: 5, f32: 6, bool: 7, string: 8 } as const;
const arrayNumber = 9;
const formatNumbers = { F32: 0, Q4_0: 2 } as const;
const alignment = 32;

export const tensorBytes = ({ shape, format }: Pick<GgufTensor, "shape" | "format">): number => {
  const numbers = shape.reduce((product, size) => product * size, 1);
  // A block of 32 numbers in Q4_0: a 16-bit scale and 4 bits each.
  return format === "F32" ? numbers * 4 : (numbers / 32) * 18;
};

export async function writeGguf(
  path: string,
  metadata: Readonly<Record<string, GgufValue>>,
  tensors: readonly GgufTensor[],
): Promise<void> {
  const head: Buffer[] = [Buffer.from("GGUF"), u32(3), u64(tensors.length), u64(Object.keys(metadata).length)];
  for (const [key, value] of Object.entries(metadata)) head.push(text(key), ...valueBytes(value));
  let offset = 0;
  for (const tensor of tensors) {
    head.push(text(tensor.name), u32(tensor.shape.length), ...tensor.shape.map(u64));
    head.push(u32(formatNumbers[tensor.format]), u64(offset));
    offset += padded(tensorBytes(tensor));
  }
  const stream = createWriteStream(path);
  const put = async (bytes: Uint8Array) => {
    if (!stream.write(bytes)) await new Promise<void>((done) => stream.once("drain", () => done()));
  };
  const header = Buffer.concat(head);
  await put(header);
  await put(Buffer.alloc(padded(header.length) - header.length));
  for (const tensor of tensors) {
    for (const piece of tensor.bytes()) await put(piece);
    const length = tensorBytes(tensor);
    await put(Buffer.alloc(padded(length) - length));
  }
  stream.end();
  await finished(stream);
}

const padded = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, "utf8");
  return Buffer.concat([u64(bytes.length), bytes]);
}

function valueBytes(value: GgufValue): Buffer[] {
  switch (value.type) {
    case "strings":
      return [u32(arrayNumber), u32(typeNumbers.string), u64(value.value.length), ...value.value.map(text)];
    case "f32s":
      return [
        u32(arrayNumber),
        u32(typeNumbers.f32),
        u64(value.value.length),
        Buffer.from(Float32Array.from(value.value).buffer),
      ];
    case "i32s":
      return [
        u32(arrayNumber),
        u32(typeNumbers.i32),
        u64(value.value.length),
        Buffer.from(Int32Array.from(value.value).buffer),
      ];
    case "string":
      return [u32(typeNumbers.string), text(value.value)];
    case "bool":
      return [u32(typeNumbers.bool), Buffer.of(value.value ? 1 : 0)];
    case "f32":
      return [u32(typeNumbers.f32), Buffer.from(Float32Array.of(value.value).buffer)];
    case "u32":
    case "i32":
      return [u32(typeNumbers[value.type]), u32(value.value)];
  }
}
