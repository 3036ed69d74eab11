// The sound store's calls. Runs in a worker thread of its own, so that no search ever holds up a recording.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { silencePage } from "../opus/opus-stream.ts";
import { type ErrorData, LyssnaError } from "../errors.ts";
import { folderError } from "./database.ts";
import { openSoundReader, type SoundReader } from "./sound-file.ts";
import { fileIdBytes } from "./sound-frame.ts";
import { openSoundKeys } from "./sound-keys.ts";
import { createSoundWriter, type SoundFileWriter } from "./sound-writer.ts";
import type { MeetingId } from "./types.ts";
import { syncFolder } from "./write-file.ts";

/** About this much comes back at a time. */
const readBytes = 1 << 16;
const openReaders = 4;

export interface SoundPiece {
  /** The file that was read, as hexadecimal: a later piece must come from the same one. */
  readonly file: string;
  readonly frames: readonly Uint8Array[];
  /** Plain byte to go on from; null at the end. */
  readonly next: number | null;
}

interface OpenWriter {
  readonly meetingId: MeetingId;
  readonly fileId: Uint8Array;
  readonly writer: SoundFileWriter;
}

export const soundError = (error: unknown, dir: string): ErrorData =>
  folderError(error, dir, () => ({ code: "sound-damaged", details: {} }));

export function openSoundCalls(dir: string, key: Uint8Array, now: () => Date) {
  const folder = join(dir, "sound");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keys = openSoundKeys(dir, key);
  const writers = new Map<number, OpenWriter>();
  const readers = new Map<MeetingId, SoundReader>();
  let writersMade = 0;

  /** A file that took another's place carries its own mark in its name, so that the keys alone decide which one holds. */
  const markOf = (fileId: Uint8Array): string => Buffer.from(fileId).toString("hex").slice(0, 16);

  function pathOf(id: MeetingId, fileId: Uint8Array | null = null): string {
    if (!/^[\w-]{1,64}$/u.test(id)) throw new LyssnaError("not-found");
    const first = join(folder, `${id}.lysnd`);
    if (fileId === null) return first;
    const later = join(folder, `${id}.${markOf(fileId)}.lysnd`);
    return existsSync(later) ? later : first;
  }

  /** Files that no key belongs to any more, as a crash in the middle of a rewrite leaves them. */
  function sweep(): void {
    for (const name of readdirSync(folder)) {
      const [, id = "", mark] = /^([\w-]{1,64})(?:\.([0-9a-f]{16}))?\.lysnd$/u.exec(name) ?? [];
      if (id === "") continue;
      const record = keys.find(id);
      const holds = record !== null && pathOf(id, record.fileId) === join(folder, name);
      const isOwn = record !== null && (mark === undefined || mark === markOf(record.fileId));
      if (!holds || !isOwn) rmSync(join(folder, name), { force: true });
    }
  }

  function closeReader(id: MeetingId): void {
    readers.get(id)?.close();
    readers.delete(id);
  }

  function readerOf(id: MeetingId): SoundReader {
    const record = keys.find(id);
    if (record === null) throw new LyssnaError("not-found");
    const kept = readers.get(id);
    if (kept !== undefined) return kept;
    const reader = openSoundReader(pathOf(id, record.fileId), id, record, (minute) => keys.key(record.fileId, minute));
    readers.set(id, reader);
    const [oldest] = readers.keys();
    if (readers.size > openReaders && oldest !== undefined) closeReader(oldest);
    return reader;
  }

  /** The keys first: without them the file is noise, whatever happens next. */
  function remove(id: MeetingId): void {
    const paths = new Set([pathOf(id), pathOf(id, keys.find(id)?.fileId ?? null)]);
    for (const [handle, { meetingId, writer }] of writers) {
      if (meetingId !== id) continue;
      writer.close();
      writers.delete(handle);
    }
    closeReader(id);
    keys.deleteSound(id);
    for (const path of paths) rmSync(path, { force: true });
    syncFolder(folder);
  }

  /** The same frames in a new file under new keys, each as `change` makes it; then the old file and its keys go. */
  function rewrite(id: MeetingId, change: (plain: Uint8Array, atMs: number) => Uint8Array): void {
    const record = keys.find(id);
    if (record === null) throw new LyssnaError("not-found");
    closeReader(id);
    const old = pathOf(id, record.fileId);
    const open = [...writers].find(([, { meetingId }]) => meetingId === id);
    open?.[1].writer.sync();
    const fileId = randomBytes(fileIdBytes);
    const path = join(folder, `${id}.${markOf(fileId)}.lysnd`);
    const minutes = new Map<number, Uint8Array>();
    let committed = false;
    const writer = createSoundWriter({ path, meetingId: id, fileId }, (minute) => {
      if (committed) return keys.newKey(fileId, minute);
      const minuteKey = randomBytes(32);
      minutes.set(minute, minuteKey);
      return minuteKey;
    });
    try {
      const reader = openSoundReader(old, id, record, (minute) => keys.key(record.fileId, minute));
      try {
        for (const { plain, atMs } of reader.frames()) writer.append(change(plain, atMs), atMs);
      } finally {
        reader.close();
      }
      // A finished sound is finished anew; one that is being recorded goes on in the new file.
      const totals = open === undefined ? writer.finish() : null;
      if (totals === null) writer.sync();
      keys.replace(id, fileId, minutes, totals);
    } catch (error) {
      writer.close();
      rmSync(path, { force: true });
      throw error;
    }
    committed = true;
    if (open !== undefined) {
      const [handle, { writer: before }] = open;
      before.close();
      writers.set(handle, { meetingId: id, fileId, writer });
    }
    rmSync(old, { force: true });
    syncFolder(folder);
  }

  function writerOf(handle: number): OpenWriter {
    const found = writers.get(handle);
    if (found === undefined) throw new LyssnaError("bad-call", { what: "sound" });
    return found;
  }

  sweep();

  return {
    create(id: MeetingId): number {
      remove(id);
      try {
        const handle = ++writersMade;
        const fileId = keys.begin(id);
        const writer = createSoundWriter({ path: pathOf(id), meetingId: id, fileId }, (minute) =>
          keys.newKey(fileId, minute),
        );
        writers.set(handle, { meetingId: id, fileId, writer });
        return handle;
      } catch (error) {
        remove(id);
        throw error;
      }
    },
    append(handle: number, bytes: Uint8Array, atMs: number): void {
      writerOf(handle).writer.append(bytes, atMs);
    },
    finish(handle: number): void {
      const { meetingId, fileId, writer } = writerOf(handle);
      keys.finish(fileId, writer.finish());
      writers.delete(handle);
      // A reader that was opened while the sound grew does not know that it is whole.
      closeReader(meetingId);
    },
    /** Sound from `fromMs` to `toMs` becomes silence of the same length, in whole frames; what it was is gone for good. */
    strike(id: MeetingId, fromMs: number, toMs: number): void {
      rewrite(id, (plain, atMs) => (atMs >= fromMs && atMs < toMs ? silencePage(plain) : plain));
    },
    /** Sounds that were cut off, as a crash leaves them. */
    unfinished: (): readonly MeetingId[] => keys.unfinished(),
    /** Ends a sound that was cut off at its last whole frame. Answers its last plain bytes, to see how long it became. */
    settle(id: MeetingId): Uint8Array {
      const reader = readerOf(id);
      const totals = reader.settle();
      const record = keys.find(id);
      if (record !== null) keys.finish(record.fileId, totals);
      closeReader(id);
      const again = readerOf(id);
      return Buffer.concat(again.read(Math.max(0, totals.plainBytes - readBytes), totals.plainBytes, readBytes));
    },
    abort(handle: number): void {
      const found = writers.get(handle);
      if (found !== undefined) remove(found.meetingId);
    },
    sizeBytes: (id: MeetingId): number => readerOf(id).sizeBytes(),
    /** The piece from `start`; `file` is null the first time and the first piece's after that. */
    read(id: MeetingId, file: string | null, start: number, end: number | null): SoundPiece {
      const reader = readerOf(id);
      const current = Buffer.from(reader.fileId).toString("hex");
      if (file !== null && file !== current) throw new LyssnaError("not-found");
      const stop = Math.min(end ?? Number.POSITIVE_INFINITY, reader.sizeBytes());
      const frames = start < stop ? reader.read(Math.max(0, start), stop, readBytes) : [];
      const next = start + frames.reduce((sum, frame) => sum + frame.length, 0);
      return { file: current, frames, next: frames.length === 0 || next >= stop ? null : next };
    },
    delete: remove,
    /** The meeting is gone for good: putting back a backup must not bring it back. */
    noteDeletion: (id: MeetingId): void => keys.noteDeletion(id, now()),
    deletions: (): readonly MeetingId[] => keys.deletions(),
    close(): void {
      for (const { writer } of writers.values()) writer.close();
      writers.clear();
      for (const id of readers.keys()) closeReader(id);
      keys.close();
    },
  };
}

export type SoundCalls = ReturnType<typeof openSoundCalls>;
