// Tells a whole ONNX file from one that was cut off, without reading its weights. Runs anywhere under Node.
import { open } from "node:fs/promises";

/**
 * An ONNX file is one protobuf message: its top-level fields must end exactly where the file ends, and among them must
 * be a graph (field 7 of ModelProto in onnx.proto). Only the fields' heads are read, a few bytes each.
 */
export async function isWholeOnnx(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(20);
    let at = 0;
    let hasGraph = false;
    while (at < size) {
      const { bytesRead } = await file.read(head, 0, head.length, at);
      const bytes = head.subarray(0, bytesRead);
      const tag = varint(bytes, 0);
      if (tag === null) return false;
      const wireType = tag.value & 7;
      if (wireType === 0) {
        const value = varint(bytes, tag.end);
        if (value === null) return false;
        at += value.end;
      } else if (wireType === 2) {
        const length = varint(bytes, tag.end);
        if (length === null) return false;
        if (tag.value >> 3 === 7) hasGraph = true;
        at += length.end + length.value;
      } else if (wireType === 1 || wireType === 5) {
        at += tag.end + (wireType === 1 ? 8 : 4);
      } else return false;
    }
    return hasGraph && at === size;
  } finally {
    await file.close();
  }
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
