// A file's fingerprint: the same bytes give the same, whatever the file is called. Runs in main, a little at a time.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** So much at a time takes about half a millisecond. */
const pieceBytes = 1 << 19;

/** SHA-256 of the file's bytes, hexadecimal. Throws the system's error. */
export async function fingerprintOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: pieceBytes })) hash.update(piece as Buffer);
  return hash.digest("hex");
}
