// The sound store's calls. Runs in a worker thread of its own, so that no search ever holds up a recording.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type ErrorData, LyssnaError } from "../errors.ts";
import { folderError } from "./database.ts";
import { openSoundReader, type SoundReader } from "./sound-file.ts";
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

export const soundError = (error: unknown, dir: string): ErrorData =>
  folderError(error, dir, () => ({ code: "sound-damaged", details: {} }));

export function openSoundCalls(dir: string, key: Uint8Array, now: () => Date) {
  const folder = join(dir, "sound");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keys = openSoundKeys(dir, key);
  const writers = new Map<number, { readonly meetingId: MeetingId; readonly writer: SoundFileWriter }>();
  const readers = new Map<MeetingId, SoundReader>();
  let writersMade = 0;

  function pathOf(id: MeetingId): string {
    if (!/^[\w-]{1,64}$/u.test(id)) throw new LyssnaError("not-found");
    return join(folder, `${id}.lysnd`);
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
    const reader = openSoundReader(pathOf(id), id, record, (minute) => keys.key(record.fileId, minute));
    readers.set(id, reader);
    const [oldest] = readers.keys();
    if (readers.size > openReaders && oldest !== undefined) closeReader(oldest);
    return reader;
  }

  /** The keys first: without them the file is noise, whatever happens next. */
  function remove(id: MeetingId): void {
    const path = pathOf(id);
    for (const [handle, { meetingId, writer }] of writers) {
      if (meetingId !== id) continue;
      writer.close();
      writers.delete(handle);
    }
    closeReader(id);
    keys.deleteSound(id);
    if (!existsSync(path)) return;
    rmSync(path, { force: true });
    syncFolder(folder);
  }

  function writerOf(handle: number): SoundFileWriter {
    const found = writers.get(handle);
    if (found === undefined) throw new LyssnaError("bad-call", { what: "sound" });
    return found.writer;
  }

  return {
    create(id: MeetingId): number {
      remove(id);
      try {
        const handle = ++writersMade;
        writers.set(handle, { meetingId: id, writer: createSoundWriter(pathOf(id), id, keys) });
        return handle;
      } catch (error) {
        remove(id);
        throw error;
      }
    },
    append(handle: number, bytes: Uint8Array, atMs: number): void {
      writerOf(handle).append(bytes, atMs);
    },
    finish(handle: number): void {
      const writer = writerOf(handle);
      const id = writers.get(handle)?.meetingId;
      writer.finish();
      writers.delete(handle);
      // A reader that was opened while the sound grew does not know that it is whole.
      if (id !== undefined) closeReader(id);
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
