// The sound store's calls. Runs in a worker thread of its own, so that no search ever holds up a recording.
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ringMs, silencePage } from "../opus/opus-stream.ts";
import { type ErrorData, LyssnaError } from "../errors.ts";
import { folderError } from "./database.ts";
import { openSoundReader, type SoundReader } from "./sound-file.ts";
import { type KeptVoice, openSoundKeys } from "./sound-keys.ts";
import { type Change, rewriteSound } from "./sound-rewrite.ts";
import { openSoundWriter, type SoundFileWriter, type WriterState } from "./sound-writer.ts";
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

/** Frames as they were kept, each with the time at which its sound begins. */
export interface TimedFrames {
  readonly file: string;
  readonly frames: readonly Uint8Array[];
  readonly times: readonly number[];
  /** Frame to go on from; null at the end. */
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

  /** A file that took another's place has its number in its name, so that the keys alone decide which one holds. */
  function pathOf(id: MeetingId, generation = 0): string {
    if (!/^[\w-]{1,64}$/u.test(id)) throw new LyssnaError("not-found");
    return join(folder, generation === 0 ? `${id}.lysnd` : `${id}.${String(generation)}.lysnd`);
  }

  const pathNow = (id: MeetingId): string => pathOf(id, keys.find(id)?.generation);

  /** Files that no key belongs to any more, as a crash in the middle of a rewrite leaves them. */
  function sweep(): void {
    for (const name of readdirSync(folder)) {
      const [, id = ""] = /^([\w-]{1,64})(?:\.\d{1,9})?\.lysnd$/u.exec(name) ?? [];
      if (id !== "" && (keys.find(id) === null || pathNow(id) !== join(folder, name)))
        rmSync(join(folder, name), { force: true });
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
    const reader = openSoundReader(pathNow(id), id, record, (minute) => keys.key(record.fileId, minute));
    readers.set(id, reader);
    const [oldest] = readers.keys();
    if (readers.size > openReaders && oldest !== undefined) closeReader(oldest);
    return reader;
  }

  /** The keys first: without them the file is noise, whatever happens next. */
  function remove(id: MeetingId): void {
    const paths = new Set([pathOf(id), pathNow(id)]);
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

  /** A new file with the stretch changed takes the old one's place; the old one and the keys of its minutes go. */
  function rewrite(id: MeetingId, change: Change): void {
    const record = keys.find(id);
    if (record === null) throw new LyssnaError("not-found");
    closeReader(id);
    const generation = record.generation + 1;
    const [oldPath, newPath] = [pathNow(id), pathOf(id, generation)];
    const open = [...writers].find(([, { meetingId }]) => meetingId === id);
    const reader = openSoundReader(oldPath, id, record, (minute) => keys.key(record.fileId, minute));
    let state: WriterState | null;
    try {
      state = rewriteSound(reader, { oldPath, newPath }, id, change);
      if (state === null) return;
      const minutes = new Map([...state.minutes].map(([minute, { key: minuteKey }]) => [minute, minuteKey]));
      // A finished sound is finished anew; one that is being recorded goes on in the new file.
      const { frames, plainBytes, fileBytes } = state;
      keys.replace(id, generation, minutes, open === undefined ? { frames, plainBytes, fileBytes } : null);
    } catch (error) {
      rmSync(newPath, { force: true });
      throw error;
    } finally {
      reader.close();
    }
    if (open !== undefined) {
      const [handle, { writer: before, fileId }] = open;
      const minutes = new Map([...before.state().minutes, ...state.minutes]);
      before.close();
      const writer = openSoundWriter(
        { path: newPath, meetingId: id, fileId },
        (minute) => keys.newKey(fileId, minute),
        {
          ...state,
          minutes,
        },
      );
      writers.set(handle, { meetingId: id, fileId, writer });
    }
    rmSync(oldPath, { force: true });
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
        const writer = openSoundWriter({ path: pathOf(id), meetingId: id, fileId }, (minute) =>
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
    /** Sound from `fromMs` to `toMs` becomes silence of the same length; what it was is gone for good. */
    strike(id: MeetingId, fromMs: number, toMs: number): void {
      const [from, to] = [fromMs - ringMs, toMs + ringMs];
      rewrite(id, { fromMs: from, toMs: to, change: (page, atMs) => silencePage(page, atMs, from, to) });
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
    /** Frames from number `from` on; `file` is null the first time and the first answer's after that. */
    readTimed(id: MeetingId, file: string | null, from: number): TimedFrames {
      const reader = readerOf(id);
      const current = Buffer.from(reader.fileId).toString("hex") + String(keys.find(id)?.generation ?? 0);
      // Something was struck meanwhile: what was read before it must not go on.
      if (file !== null && file !== current) throw new LyssnaError("not-found");
      const { times } = reader.places();
      const frames: Uint8Array[] = [];
      for (let bytes = 0; bytes < readBytes && from + frames.length < times.length;) {
        const frame = Uint8Array.from(reader.frame(from + frames.length));
        frames.push(frame);
        bytes += frame.length;
      }
      const next = from + frames.length;
      return { file: current, frames, times: times.slice(from, next), next: next < times.length ? next : null };
    },
    delete: remove,
    keepVoices: (id: MeetingId, piece: number, heard: Uint8Array): void => keys.keepVoices(id, piece, heard),
    listVoices: (id: MeetingId): readonly KeptVoice[] => keys.listVoices(id),
    dropVoices: (id: MeetingId): void => keys.dropVoices(id),
    /** The meeting is gone for good: putting back a backup must not bring it back. */
    noteDeletion: (id: MeetingId): void => keys.noteDeletion(id, now()),
    deletions: (): readonly MeetingId[] => keys.deletions(),
    forgetDeletion: (id: MeetingId): boolean => keys.forgetDeletion(id),
    ...keys.log,
    close(): void {
      for (const { writer } of writers.values()) writer.close();
      writers.clear();
      for (const id of readers.keys()) closeReader(id);
      keys.close();
    },
  };
}

export type SoundCalls = ReturnType<typeof openSoundCalls>;
