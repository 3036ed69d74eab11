// What the head of a GGUF file tells of a language model's size, without reading the weights. Runs in main and the command
// line. Format: ggml-org/ggml, docs/gguf.md.
import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { LyssnaError } from "../errors.ts";

export interface LanguageSize {
  readonly fileBytes: number;
  /** Tokens that it was trained to see at once. */
  readonly contextTokens: number;
  /** Numbers that each token leaves in the cache of keys and values, in all layers. */
  readonly cachedPerToken: number;
}

/** The numbers of the architecture stand before the vocabulary, which is what makes a head long. */
const headBytes = 1024 * 1024;
const keysMost = 1000;

/** Throws model-missing, or model-damaged for a file that is not GGUF or does not tell its size. */
export async function readLanguageSize(path: string): Promise<LanguageSize> {
  const name = basename(path);
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) throw new LyssnaError("model-missing", { model: name });
  const damaged = (cause?: unknown) => new LyssnaError("model-damaged", { model: name, file: name }, { cause });
  const head = Buffer.alloc(Math.min(headBytes, found.size));
  const file = await open(path);
  try {
    await file.read(head, 0, head.length, 0);
  } finally {
    await file.close();
  }
  const values = readValues(head, damaged);
  const architecture = values.get("general.architecture");
  if (typeof architecture !== "string") throw damaged();
  const number = (key: string): number | null => {
    const value = values.get(`${architecture}.${key}`);
    return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : null;
  };
  const [layers, width, contextTokens] = [number("block_count"), number("embedding_length"), number("context_length")];
  const heads = number("attention.head_count");
  if (layers === null || width === null || contextTokens === null) throw damaged();
  const headWidth = heads === null ? width : width / heads;
  const keyHeads = number("attention.head_count_kv") ?? heads ?? 1;
  const keys = number("attention.key_length") ?? headWidth;
  const wide = number("attention.value_length") ?? headWidth;
  return { fileBytes: found.size, contextTokens, cachedPerToken: Math.ceil(layers * keyHeads * (keys + wide)) };
}

type Value = number | string | boolean | null;

/** Sizes of the fixed types by their number; strings are 8, lists 9. */
const fixedBytes: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const [stringType, listType] = [8, 9];

/** The single values up to where the head that was read ends; of a list its largest number, where it holds some. */
function readValues(head: Buffer, damaged: (cause?: unknown) => LyssnaError): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  if (head.length < 24 || head.toString("latin1", 0, 4) !== "GGUF") throw damaged();
  const version = head.readUInt32LE(4);
  if (version < 2 || version > 3) throw damaged();
  const count = Number(head.readBigUInt64LE(16));
  let at = 24;
  const take = (bytes: number): number => {
    if (bytes < 0 || at + bytes > head.length) throw new EndOfHead();
    at += bytes;
    return at - bytes;
  };
  const length = (): number => {
    const value = Number(head.readBigUInt64LE(take(8)));
    if (!Number.isSafeInteger(value)) throw damaged();
    return value;
  };
  const text = (): string => {
    const bytes = length();
    const from = take(bytes);
    return head.toString("utf8", from, from + bytes);
  };
  const single = (type: number): Value => {
    if (type === stringType) return text();
    const bytes = fixedBytes[type];
    if (bytes === undefined) throw damaged();
    return readNumber(head, take(bytes), type);
  };
  try {
    for (let key = 0; key < Math.min(count, keysMost); key += 1) {
      const name = text();
      const type = head.readUInt32LE(take(4));
      if (type !== listType) {
        values.set(name, single(type));
        continue;
      }
      const of = head.readUInt32LE(take(4));
      const items = length();
      let largest: Value = null;
      for (let item = 0; item < items; item += 1) {
        const value = single(of);
        // One number for each layer: the largest is enough to go by.
        if (typeof value === "number") largest = Math.max(typeof largest === "number" ? largest : 0, value);
      }
      values.set(name, largest);
    }
  } catch (error) {
    if (!(error instanceof EndOfHead)) throw error;
  }
  return values;
}

class EndOfHead extends Error {}

function readNumber(head: Buffer, at: number, type: number): Value {
  switch (type) {
    case 0:
      return head.readUInt8(at);
    case 1:
      return head.readInt8(at);
    case 2:
      return head.readUInt16LE(at);
    case 3:
      return head.readInt16LE(at);
    case 4:
      return head.readUInt32LE(at);
    case 5:
      return head.readInt32LE(at);
    case 6:
      return head.readFloatLE(at);
    case 7:
      return head.readUInt8(at) !== 0;
    case 10:
      return Number(head.readBigUInt64LE(at));
    case 11:
      return Number(head.readBigInt64LE(at));
    default:
      return head.readDoubleLE(at);
  }
}
