// An organisation's logo as a file that a person chose: PNG or JPEG, small, and one that documents can hold. Runs in
// main.
import { basename } from "node:path";
import { promisify } from "node:util";
import { inflate } from "node:zlib";
import { LyssnaError } from "../errors.ts";
import type { Transcript } from "../formats.ts";
import { readBounded } from "../read-bounded.ts";
import { type Logo, wholeDocument } from "../export/options.ts";
import { exportInWorker } from "../export/run-export.ts";

const unpack = promisify(inflate);
const mostBytes = 500_000;
const mostPx = 4000;
/** A page holds no more that anybody could see, and each point costs time. */
const mostPoints = 4_000_000;

/** Throws logo-invalid for everything that a document could not show, and what reading a file throws. */
export async function readLogo(path: string): Promise<Logo> {
  const invalid = new LyssnaError("logo-invalid", { file: basename(path) });
  const bytes = await readBounded(path, mostBytes, invalid);
  const logo = await logoOf(bytes);
  if (logo === null) throw invalid;
  // The head may be right and the rest not: better to know now than at the first export.
  const transcript: Transcript = { lyssna: "transcript/1", language: "sv", durationMs: 0, speakers: [], segments: [] };
  const options = { ...wholeDocument, letterhead: { organisation: "", logo } };
  await exportInWorker({ input: { kind: "transcript", transcript }, format: "pdf", language: "sv", options }).catch(
    (error: unknown) => {
      throw new LyssnaError("logo-invalid", { file: basename(path) }, { cause: error });
    },
  );
  return logo;
}

/** Null for what is neither PNG nor JPEG, has a size that no logo has, or unpacks to more than its size says. */
export async function logoOf(bytes: Buffer): Promise<Logo | null> {
  const size = pngSize(bytes) ?? jpegSize(bytes);
  if (size === null || size.widthPx < 1 || size.heightPx < 1) return null;
  const { widthPx, heightPx, type } = size;
  if (Math.max(widthPx, heightPx) > mostPx || widthPx * heightPx > mostPoints) return null;
  if (type === "png" && !(await isWholePng(bytes, widthPx, heightPx))) return null;
  return { ...size, bytes: new Uint8Array(bytes) };
}

/** PNG, 5.3 and 10: chunks end where the next begins, and what is packed in them is no more than the picture holds. */
async function isWholePng(bytes: Buffer, widthPx: number, heightPx: number): Promise<boolean> {
  const packed: Buffer[] = [];
  let at = 8;
  let ended = false;
  while (!ended) {
    if (at + 12 > bytes.length) return false;
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) return false;
    const type = bytes.toString("latin1", at + 4, at + 8);
    if (type === "IDAT") packed.push(bytes.subarray(at + 8, at + 8 + length));
    ended = type === "IEND";
    at = end;
  }
  // Eight bytes a point at most, one more a row, and some rows more where it is interlaced.
  const maxOutputLength = heightPx * (8 * widthPx + 1) + 16 * heightPx + 1024;
  return unpack(Buffer.concat(packed), { maxOutputLength }).then(
    () => true,
    () => false,
  );
}

type Size = Omit<Logo, "bytes">;

/** PNG, 11.2.2: the header is the first chunk. */
function pngSize(bytes: Buffer): Size | null {
  if (bytes.length < 33 || bytes.toString("latin1", 0, 8) !== "\x89PNG\r\n\x1a\n") return null;
  if (bytes.toString("latin1", 12, 16) !== "IHDR") return null;
  return { type: "png", widthPx: bytes.readUInt32BE(16), heightPx: bytes.readUInt32BE(20) };
}

/** ITU T.81, B.2.2: the frame header tells the size; the segments before it are skipped. */
function jpegSize(bytes: Buffer): Size | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xff_d8) return null;
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { type: "jpg", heightPx: bytes.readUInt16BE(at + 5), widthPx: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
