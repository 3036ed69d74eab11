// A sound file written anew with some of its minutes changed, each under a new key. Runs in the sound's worker thread.
// What lies before and after them is copied as it is: it belongs to the same file, at the same places, under the same keys.
import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import type { SoundReader } from "./sound-file.ts";
import { minuteOf, sealFrame } from "./sound-frame.ts";
import type { MinuteKey, WriterState } from "./sound-writer.ts";

const copyBytes = 1 << 20;

export interface Change {
  /** Frames that hold something of this stretch, in milliseconds, are changed. */
  readonly fromMs: number;
  readonly toMs: number;
  /** @param atMs when the frame begins */
  readonly change: (plain: Uint8Array, atMs: number) => Uint8Array;
}

/**
 * Writes the whole of `reader`'s file, changed, to `newPath`, durable when this returns. Null where nothing lies in the
 * stretch, and nothing was written. The minutes of the answer are those that were sealed anew.
 */
export function rewriteSound(
  reader: SoundReader,
  paths: { readonly oldPath: string; readonly newPath: string },
  meetingId: string,
  { fromMs, toMs, change }: Change,
): WriterState | null {
  const { fileOffsets, times } = reader.places();
  const isStruck = (number: number): boolean =>
    (times[number] ?? 0) < toMs && (times[number + 1] ?? Number.MAX_SAFE_INTEGER) > fromMs;
  const minutes = new Map<number, MinuteKey>();
  for (const [number, atMs] of times.entries())
    if (isStruck(number)) minutes.set(minuteOf(atMs), { key: randomBytes(32), seals: 0 });
  const first = times.findIndex((atMs) => minutes.has(minuteOf(atMs)));
  if (first < 0) return null;
  const after = times.findLastIndex((atMs) => minutes.has(minuteOf(atMs))) + 1;

  const from = openSync(paths.oldPath, "r");
  const to = openSync(paths.newPath, "wx", 0o600);
  try {
    const end = fileOffsets[times.length] ?? 0;
    const start = fileOffsets[first] ?? 0;
    let fileBytes = copy(from, to, 0, start, 0);
    let plainBytes = reader.sizeBytes();
    for (let number = first; number < after; number++) {
      const atMs = times[number] ?? 0;
      const plain = reader.frame(number);
      const changed = isStruck(number) ? change(plain, atMs) : plain;
      const minute = minutes.get(minuteOf(atMs));
      if (minute === undefined) continue;
      const place = { meetingId, fileId: reader.fileId, index: number };
      const sealed = sealFrame(changed, atMs, minute.seals++, minute.key, place);
      fileBytes = write(to, sealed, fileBytes);
      plainBytes += changed.length - plain.length;
    }
    fileBytes = copy(from, to, fileOffsets[after] ?? end, end, fileBytes);
    fsyncSync(to);
    return { frames: times.length, plainBytes, fileBytes, minutes };
  } finally {
    closeSync(from);
    closeSync(to);
  }
}

function write(file: number, bytes: Uint8Array, at: number): number {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, at + done);
  return at + bytes.length;
}

/** Answers where the copy ends. */
function copy(from: number, to: number, start: number, end: number, at: number): number {
  const piece = Buffer.alloc(Math.min(copyBytes, Math.max(1, end - start)));
  let place = at;
  for (let read = start; read < end;) {
    const length = readSync(from, piece, 0, Math.min(piece.length, end - read), read);
    if (length === 0) break;
    place = write(to, piece.subarray(0, length), place);
    read += length;
  }
  return place;
}
