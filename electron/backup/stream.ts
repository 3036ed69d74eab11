// An encrypted stream in chunks: STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption and its
// Nonce-Reuse Misuse-Resistance", 2015) over AES-256-GCM. Each chunk's nonce holds its number and whether it is the last, so
// that a stream that was cut, continued or put in another order does not open. Runs in main and the command line.
import { createCipheriv, createDecipheriv } from "node:crypto";
import { LyssnaError } from "../errors.ts";

export const chunkBytes = 1 << 16;
const tagBytes = 16;
/** The counter's 32 bits: 256 TiB. */
const mostChunks = 2 ** 32;

export interface StreamKey {
  /** 32 bytes, used for this stream alone: the nonces count from zero. */
  readonly key: Uint8Array;
  /** What stands before the stream in clear. Another one does not open it. */
  readonly header: Uint8Array;
}

/** Seven bytes of zero, the chunk's number, 1 for the last chunk. */
function nonceOf(number: number, isLast: boolean): Uint8Array {
  if (number >= mostChunks) throw new LyssnaError("bad-call", { what: "package" });
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function sealChunk({ key, header }: StreamKey, plain: Uint8Array, number: number, isLast: boolean): Uint8Array {
  const cipher = createCipheriv("aes-256-gcm", key, nonceOf(number, isLast)).setAAD(header);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws package-damaged where anything about it is another. */
function openChunk({ key, header }: StreamKey, sealed: Uint8Array, number: number, isLast: boolean): Uint8Array {
  if (sealed.length < tagBytes) throw new LyssnaError("package-damaged");
  const end = sealed.length - tagBytes;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(number, isLast), { authTagLength: tagBytes })
      .setAAD(header)
      .setAuthTag(sealed.subarray(end));
    return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]);
  } catch {
    throw new LyssnaError("package-damaged");
  }
}

/** Pieces of any length as sealed chunks; the last is at most as long as the others, and there is always one. */
export async function* sealStream(
  key: StreamKey,
  plain: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  let number = 0;
  let held: Uint8Array | null = null;
  for await (const chunk of regroup(plain, chunkBytes)) {
    if (held !== null) yield sealChunk(key, held, number++, false);
    held = chunk;
  }
  yield sealChunk(key, held ?? new Uint8Array(), number, true);
}

/** What `sealStream` made, chunk by chunk as it is proved. Throws package-damaged; what came before that was right. */
export async function* openStream(
  key: StreamKey,
  sealed: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  let number = 0;
  let held: Uint8Array | null = null;
  for await (const chunk of regroup(sealed, chunkBytes + tagBytes)) {
    if (held !== null) yield openChunk(key, held, number++, false);
    held = chunk;
  }
  yield openChunk(key, held ?? new Uint8Array(), number, true);
}

/** The same bytes in pieces of this size; only the last may be smaller. */
async function* regroup(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, void, void> {
  let group = Buffer.alloc(size);
  let used = 0;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      const taken = Math.min(size - used, piece.length - at);
      group.set(piece.subarray(at, at + taken), used);
      used += taken;
      at += taken;
      if (used < size) continue;
      yield group;
      group = Buffer.alloc(size);
      used = 0;
    }
  }
  if (used > 0) yield group.subarray(0, used);
}
