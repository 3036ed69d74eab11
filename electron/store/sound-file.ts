// Reading an encrypted sound file: where its frames lie, and any of them. Runs in the sound's worker thread.
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync } from "node:fs";
import { LyssnaError } from "../errors.ts";
import {
  fileHeaderBytes,
  frameHeaderBytes,
  isFileHeader,
  minuteOf,
  openFrame,
  readFrameHeader,
  tagBytes,
} from "./sound-frame.ts";
import type { SoundRecord, SoundTotals } from "./sound-keys.ts";

const scanBytes = 1 << 18;
/**
 * A power cut may leave a hole where the file grew last: sizes reach the disk before bytes do. Sound is made durable every
 * 0.4 s (sound-writer.ts), so what is torn lies within this much of the end; what is torn earlier is damage.
 */
const tornBytes = 1 << 18;

/** Where each whole frame begins, in the file and in the plain stream; the last entry is the end. */
interface FrameIndex {
  readonly fileOffsets: number[];
  readonly plainOffsets: number[];
  readonly times: number[];
}

export interface SoundReader {
  readonly fileId: Uint8Array;
  /** Plain bytes there are to read. */
  sizeBytes(): number;
  /** Frames from plain byte `start` to `end`, cut at both, until they come to `aboutBytes`. */
  read(start: number, end: number, aboutBytes: number): readonly Uint8Array[];
  /** Where every whole frame begins in the file, and when; the last offset is the end. */
  places(): { readonly fileOffsets: readonly number[]; readonly times: readonly number[] };
  frame(number: number): Uint8Array;
  /**
   * Cuts off what a crash or a power cut left behind the last frame that opens, and answers what there is.
   * @throws sound-damaged where more is torn than either can tear; nothing is cut off then
   */
  settle(): SoundTotals;
  close(): void;
}

/**
 * Opens a sound to read. A finished one must be exactly as long as it was when it was finished; one that was never
 * finished is read to its last whole frame.
 * @throws sound-damaged, not-found
 */
export function openSoundReader(
  path: string,
  meetingId: string,
  { fileId, totals }: SoundRecord,
  keyOf: (minute: number) => Uint8Array,
): SoundReader {
  const file = openExisting(path);
  const index: FrameIndex = { fileOffsets: [fileHeaderBytes], plainOffsets: [0], times: [] };
  const keys = new Map<number, Uint8Array>();
  let headerSeen = false;

  /** Goes on from where the last look ended: a recording grows while it is played. */
  function look(): void {
    const { size } = fstatSync(file);
    if (totals !== null && size !== totals.fileBytes) throw new LyssnaError("sound-damaged");
    if (!headerSeen && size >= fileHeaderBytes) {
      const header = Buffer.alloc(fileHeaderBytes);
      readSync(file, header, 0, fileHeaderBytes, 0);
      headerSeen = isFileHeader(header, fileId);
      if (!headerSeen && !isTorn(0, size)) throw new LyssnaError("sound-damaged");
    }
    if (headerSeen && !scan(file, size, index) && !isTorn(lastOf(index.fileOffsets), size))
      throw new LyssnaError("sound-damaged");
    if (totals !== null && (lastOf(index.plainOffsets) !== totals.plainBytes || index.times.length !== totals.frames)) {
      throw new LyssnaError("sound-damaged");
    }
  }

  /** Nothing but what was on its way to the disk as a crash came is missing from `at` on. */
  const isTorn = (at: number, size: number): boolean => totals === null && size - at <= tornBytes;

  /** Frames whose bytes never reached the disk are no frames. Where none opens it is the keys that do not fit. */
  function dropTorn(size: number): void {
    const last = index.times.findLastIndex((_time, number) => opens(number));
    const end = index.fileOffsets[last + 1] ?? 0;
    if (index.times.length > 0 && (last < 0 || !isTorn(end, size))) throw new LyssnaError("sound-damaged");
    index.times.length = last + 1;
    index.fileOffsets.length = last + 2;
    index.plainOffsets.length = last + 2;
  }

  function opens(number: number): boolean {
    try {
      frame(number);
      return true;
    } catch {
      return false;
    }
  }

  function frame(number: number): Uint8Array {
    const start = index.fileOffsets[number] ?? 0;
    const sealed = Buffer.alloc((index.fileOffsets[number + 1] ?? 0) - start);
    if (readSync(file, sealed, 0, sealed.length, start) !== sealed.length) throw new LyssnaError("sound-damaged");
    const minute = minuteOf(index.times[number] ?? 0);
    const key = keys.get(minute) ?? keyOf(minute);
    keys.set(minute, key);
    return openFrame(sealed, key, { meetingId, fileId, index: number });
  }

  try {
    look();
  } catch (error) {
    closeSync(file);
    throw error;
  }
  return {
    fileId,
    sizeBytes() {
      if (totals === null) look();
      return lastOf(index.plainOffsets);
    },
    read(start, end, aboutBytes) {
      const frames: Uint8Array[] = [];
      let bytes = 0;
      for (let number = frameAt(index.plainOffsets, start); bytes < aboutBytes; number++) {
        const from = index.plainOffsets[number] ?? Number.POSITIVE_INFINITY;
        if (from >= end || number >= index.times.length) break;
        const part = frame(number).subarray(Math.max(0, start - from), end - from);
        // A part still hangs on its whole frame's memory; what is handed on has its own.
        frames.push(part.length === part.buffer.byteLength ? part : part.slice());
        bytes += part.length;
      }
      return frames;
    },
    places() {
      if (totals === null) look();
      return index;
    },
    frame,
    settle() {
      look();
      dropTorn(fstatSync(file).size);
      const fileBytes = lastOf(index.fileOffsets);
      cutAt(path, headerSeen ? fileBytes : 0);
      return {
        frames: index.times.length,
        plainBytes: lastOf(index.plainOffsets),
        fileBytes: headerSeen ? fileBytes : 0,
      };
    },
    close: () => closeSync(file),
  };
}

function cutAt(path: string, fileBytes: number): void {
  const file = openSync(path, "r+");
  try {
    if (fstatSync(file).size > fileBytes) ftruncateSync(file, fileBytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const lastOf = (offsets: readonly number[]): number => offsets.at(-1) ?? 0;

/** The frame that holds a plain byte, by halving. */
function frameAt(plainOffsets: readonly number[], byte: number): number {
  let low = 0;
  let high = plainOffsets.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((plainOffsets[middle] ?? 0) <= byte) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Reads on through the headers, in large pieces, to the last whole frame before `size`. False where a header is none. */
function scan(file: number, size: number, index: FrameIndex): boolean {
  const piece = Buffer.alloc(scanBytes);
  let pieceStart = 0;
  let pieceEnd = 0;
  for (let at = lastOf(index.fileOffsets); at + frameHeaderBytes <= size;) {
    if (at < pieceStart || at + frameHeaderBytes > pieceEnd) {
      pieceStart = at;
      pieceEnd = at + readSync(file, piece, 0, scanBytes, at);
      if (at + frameHeaderBytes > pieceEnd) return true;
    }
    const header = readFrameHeader(piece, at - pieceStart);
    if (header === null) return false;
    const next = at + frameHeaderBytes + header.plainBytes + tagBytes;
    if (next > size) return true;
    index.times.push(header.atMs);
    index.fileOffsets.push(next);
    index.plainOffsets.push(lastOf(index.plainOffsets) + header.plainBytes);
    at = next;
  }
  return true;
}

function openExisting(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    // The keys say that there is sound, so a file that is gone was taken away outside Lyssna.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new LyssnaError("sound-damaged");
    throw error;
  }
}
