// One frame of an encrypted sound file: how it is sealed and opened. Pure.
//
// File: header (24 bytes: "LYSSNALJ", then the file's own random 16 bytes), then frames one after another.
// Frame: length of the plain bytes, time in milliseconds, seal number (three 32-bit numbers, little-endian), then the
// bytes under AES-256-GCM, then its tag of 16 bytes. The seal number counts every use of a key and is its nonce; it is
// used up even when the write then fails, so that no nonce ever meets two texts.
// What the tag also covers: meeting, file, the frame's place in the file, its time. A frame that was changed, moved,
// left out, or taken from another file does not open.
import { createCipheriv, createDecipheriv } from "node:crypto";
import { LyssnaError } from "../errors.ts";

const magic = Buffer.from("LYSSNALJ", "latin1");
export const fileIdBytes = 16;
export const fileHeaderBytes = magic.length + fileIdBytes;
export const frameHeaderBytes = 12;
export const tagBytes = 16;
/** More than half a second of any sound we write. A longer length in a header is damage. */
export const maxFrameBytes = 1 << 20;
const msPerMinute = 60_000;

export interface FrameHeader {
  readonly plainBytes: number;
  readonly atMs: number;
  readonly seal: number;
}

/** Where a frame belongs; no two frames ever share all of it. */
export interface FramePlace {
  readonly meetingId: string;
  readonly fileId: Uint8Array;
  readonly index: number;
}

export const minuteOf = (atMs: number): number => Math.floor(atMs / msPerMinute);

export const fileHeader = (fileId: Uint8Array): Buffer => Buffer.concat([magic, fileId]);

export const isFileHeader = (bytes: Buffer, fileId: Uint8Array): boolean => bytes.equals(fileHeader(fileId));

/** The header at `offset`, or null when it cannot be one. */
export function readFrameHeader(bytes: Buffer, offset: number): FrameHeader | null {
  const plainBytes = bytes.readUInt32LE(offset);
  if (plainBytes === 0 || plainBytes > maxFrameBytes) return null;
  return { plainBytes, atMs: bytes.readUInt32LE(offset + 4), seal: bytes.readUInt32LE(offset + 8) };
}

function nonceOf(seal: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32LE(seal, 8);
  return nonce;
}

function coveredBy(place: FramePlace, header: Buffer): Buffer {
  const index = Buffer.alloc(4);
  index.writeUInt32LE(place.index);
  return Buffer.concat([Buffer.from("lyssna sound/1\0"), place.fileId, index, header, Buffer.from(place.meetingId)]);
}

/** The frame's bytes, header first. */
export function sealFrame(plain: Uint8Array, atMs: number, seal: number, key: Uint8Array, place: FramePlace): Buffer {
  const header = Buffer.alloc(frameHeaderBytes);
  header.writeUInt32LE(plain.length, 0);
  header.writeUInt32LE(atMs, 4);
  header.writeUInt32LE(seal, 8);
  const cipher = createCipheriv("aes-256-gcm", key, nonceOf(seal));
  cipher.setAAD(coveredBy(place, header));
  return Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The plain bytes of a whole frame. Throws sound-damaged when anything about it was changed. */
export function openFrame(frame: Buffer, key: Uint8Array, place: FramePlace): Uint8Array {
  const header = readFrameHeader(frame, 0);
  if (header === null || frame.length !== frameHeaderBytes + header.plainBytes + tagBytes) {
    throw new LyssnaError("sound-damaged");
  }
  const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(header.seal), { authTagLength: tagBytes });
  decipher.setAAD(coveredBy(place, frame.subarray(0, frameHeaderBytes)));
  decipher.setAuthTag(frame.subarray(frameHeaderBytes + header.plainBytes));
  try {
    const start = decipher.update(frame.subarray(frameHeaderBytes, frameHeaderBytes + header.plainBytes));
    decipher.final();
    // A copy with memory of its own, so that it can be handed to another thread.
    return Uint8Array.from(start);
  } catch {
    throw new LyssnaError("sound-damaged");
  }
}
