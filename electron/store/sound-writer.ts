// Writing an encrypted sound file, frame by frame. Runs in the sound's worker thread.
import { closeSync, fdatasyncSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { LyssnaError } from "../errors.ts";
import { fileHeader, maxFrameBytes, minuteOf, sealFrame } from "./sound-frame.ts";
import type { SoundTotals } from "./sound-keys.ts";
import { syncFolder } from "./write-file.ts";

/** While sound comes in, it is made durable at least this often: a power cut costs half a second. */
const syncEveryMs = 400;

export interface SoundFileWriter {
  append(plain: Uint8Array, atMs: number): void;
  /** Makes all of it durable, closes the file, and answers what it came to. */
  finish(): SoundTotals;
  /** How far it has come. */
  state(): WriterState;
  /** Closes the file as it stands. May be called more than once. */
  close(): void;
}

export interface SoundFilePlace {
  readonly path: string;
  readonly meetingId: string;
  readonly fileId: Uint8Array;
}

/** The key of a minute, and how often it was used: the next use is that number. */
export interface MinuteKey {
  readonly key: Uint8Array;
  seals: number;
}

/** How far a file has come. */
export interface WriterState extends SoundTotals {
  readonly minutes: ReadonlyMap<number, MinuteKey>;
}

/** Starts a new file, or goes on with one that has come so far. `newKey` gives a minute its key, once. */
export function openSoundWriter(
  { path, meetingId, fileId }: SoundFilePlace,
  newKey: (minute: number) => Uint8Array,
  from: WriterState | null = null,
): SoundFileWriter {
  const file = openSync(path, from === null ? "wx" : "r+", 0o600);
  const minutes = new Map<number, MinuteKey>(from?.minutes);
  let { fileBytes, plainBytes, frames } = from ?? { fileBytes: 0, plainBytes: 0, frames: 0 };
  let timer: NodeJS.Timeout | null = null;
  let open = true;

  /** Whole or not at all: what a full disk let through is cut off again. */
  function write(bytes: Buffer): void {
    try {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(file, bytes, done, bytes.length - done, fileBytes + done);
      }
    } catch (error) {
      ftruncateSync(file, fileBytes);
      throw error;
    }
    fileBytes += bytes.length;
  }

  function close(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (open) closeSync(file);
    open = false;
  }

  try {
    if (from === null) write(fileHeader(fileId));
    syncFolder(dirname(path));
  } catch (error) {
    close();
    throw error;
  }
  return {
    append(plain, atMs) {
      if (!open || plain.length > maxFrameBytes) throw new LyssnaError("bad-call", { what: "sound.append" });
      if (plain.length === 0) return;
      const minute = minuteOf(atMs);
      const kept = minutes.get(minute) ?? { key: newKey(minute), seals: 0 };
      minutes.set(minute, kept);
      const seal = kept.seals++;
      write(sealFrame(plain, Math.trunc(atMs), seal, kept.key, { meetingId, fileId, index: frames }));
      frames++;
      plainBytes += plain.length;
      timer ??= setTimeout(() => {
        timer = null;
        // A disk that cannot take it says so again at the next frame or at the end.
        if (open) trySync(file);
      }, syncEveryMs);
    },
    finish() {
      if (!open) throw new LyssnaError("bad-call", { what: "sound.finish" });
      fsyncSync(file);
      close();
      return { frames, plainBytes, fileBytes };
    },
    state: () => ({ frames, plainBytes, fileBytes, minutes }),
    close,
  };
}

function trySync(file: number): void {
  try {
    fdatasyncSync(file);
  } catch {
    // See above.
  }
}
