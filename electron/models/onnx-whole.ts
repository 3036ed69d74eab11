// Tells a whole ONNX file from one that was cut off, without reading its weights. Runs anywhere under Node.
import { type FileHandle, open } from "node:fs/promises";

/** Whisper's largest graphs have some ten thousand nodes and weights; a file with many more was made to take time. */
const mostFields = 200_000;
/** Each weight is skipped by one reading further on. */
const mostReadings = 10_000;
const windowBytes = 1 << 14;
/** A field's kind and its length or number, ten bytes each at most. */
const headBytes = 20;
const graphField = 7;

interface Found {
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

/**
 * An ONNX file is one protobuf message: its top-level fields must end exactly where the file ends, and among them must
 * be a graph (field 7 of ModelProto in onnx.proto), whose own fields must end where it does. Only the fields' heads are
 * read, a few bytes each. False also for a file of more fields than any model has, which is not gone through to its end.
 */
export async function isWholeOnnx(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const fieldsOf = headReader(file, size);
    const top = await fieldsOf(0, size);
    const graph = top?.find(({ number }) => number === graphField);
    return graph !== undefined && (await fieldsOf(graph.from, graph.to)) !== null;
  } finally {
    await file.close();
  }
}

/** Answers the fields with a length between two places in the file; null where they do not end where they should. */
function headReader(file: FileHandle, size: number) {
  const window = Buffer.alloc(windowBytes);
  let [start, end] = [0, 0];
  let fieldsLeft = mostFields;
  let readingsLeft = mostReadings;

  /** The bytes from here on, at least a field's head where there are so many. */
  async function bytesAt(at: number): Promise<Buffer | null> {
    const isHere = at >= start && (at + headBytes <= end || (end === size && at < end));
    if (!isHere) {
      readingsLeft -= 1;
      if (readingsLeft < 0) return null;
      const { bytesRead } = await file.read(window, 0, windowBytes, at);
      [start, end] = [at, at + bytesRead];
    }
    return window.subarray(at - start, end - start);
  }

  return async (from: number, to: number): Promise<readonly Found[] | null> => {
    const found: Found[] = [];
    let at = from;
    while (at < to) {
      fieldsLeft -= 1;
      const bytes = fieldsLeft < 0 ? null : await bytesAt(at);
      const tag = bytes === null ? null : varint(bytes, 0);
      if (bytes === null || tag === null) return null;
      const wireType = tag.value & 7;
      if (wireType === 0 || wireType === 2) {
        const second = varint(bytes, tag.end);
        if (second === null) return null;
        at += second.end;
        if (wireType === 0) continue;
        found.push({ number: tag.value >> 3, from: at, to: at + second.value });
        at += second.value;
      } else if (wireType === 1 || wireType === 5) {
        at += tag.end + (wireType === 1 ? 8 : 4);
      } else return null;
    }
    return at === to ? found : null;
  };
}

function varint(bytes: Buffer, from: number): { readonly value: number; readonly end: number } | null {
  let value = 0;
  for (let at = from; at < bytes.length && at < from + 10; at += 1) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * (at - from));
    if (byte < 0x80) return { value, end: at + 1 };
  }
  return null;
}
