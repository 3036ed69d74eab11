// Bytes that can be zeroed for good. Runs in main and the command line.
// V8 keeps small typed arrays on its own heap and leaves copies behind when it moves them; over a buffer of its own an
// array stays where it is.
import { randomFillSync } from "node:crypto";

export const secretCopy = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const copy = new Uint8Array(new ArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
};

export const randomSecret = (length: number): Uint8Array<ArrayBuffer> =>
  randomFillSync(new Uint8Array(new ArrayBuffer(length)));
