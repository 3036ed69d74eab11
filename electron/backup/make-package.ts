// Makes a package of one meeting or of everything. Runs in main and the command line.
import { open } from "node:fs/promises";
import { LyssnaError, toErrorData } from "../errors.ts";
import type { ScryptCost } from "../store/keys/passphrase.ts";
import { randomSecret } from "../store/keys/secret-bytes.ts";
import type { MeetingId, Moving, PackedMeeting, Store } from "../store/types.ts";
import { checkPassphrase, type Entry, type Piece, writePackage } from "./package-file.ts";

const readBytes = 1 << 18;

/** What the two ways ask of the store. */
export interface MovingStore extends Pick<Store, "noteEvent"> {
  readonly moving: Moving;
}

interface MakeOptions {
  readonly out: string;
  readonly passphrase: string;
  /** One meeting, or null for everything. */
  readonly meetingId: MeetingId | null;
  readonly appVersion: string;
  readonly now: Date;
  readonly signal: AbortSignal;
  /** 0 to 1, by meetings. */
  readonly report: (fraction: number) => void;
  readonly cost?: ScryptCost;
}

export interface Made {
  readonly meetings: number;
  /** Recordings that run, or that something is yet to be struck from. */
  readonly stayed: number;
  /** Meetings whose sound could not be read: they are in the package without it. */
  readonly withoutSound: number;
}

/** Whole or not at all. Throws package-passphrase-short, package-nothing, not-found, no-room, cannot-write, cancelled. */
export async function makePackage(store: MovingStore, options: MakeOptions): Promise<Made> {
  const { out, meetingId, report, ...more } = options;
  checkPassphrase(options.passphrase);
  const { moving } = store;
  // Only in memory and in the package itself: what lies on the disk meanwhile cannot be read without it.
  const packKey = randomSecret(32);
  try {
    const { meetings, stayed } = await moving.packRows(packKey, meetingId === null ? null : [meetingId]);
    if (meetingId !== null && meetings.length === 0) throw new LyssnaError("package-nothing");
    const unread: MeetingId[] = [];
    const what = meetingId === null ? "all" : "meeting";
    await writePackage(out, entriesOf(moving, packKey, meetings, unread, report), { ...more, what });
    await store.noteEvent("package-made", meetingId, { code: what, count: meetings.length });
    return { meetings: meetings.length, stayed, withoutSound: unread.length };
  } finally {
    packKey.fill(0);
    await moving.dropPack();
  }
}

async function* entriesOf(
  moving: Moving,
  packKey: Uint8Array,
  meetings: readonly PackedMeeting[],
  unread: MeetingId[],
  report: (fraction: number) => void,
): AsyncGenerator<Entry, void, void> {
  yield { name: "store.key", pieces: [{ atMs: 0, bytes: packKey }] };
  yield { name: "store.db", pieces: bytesOf(moving.packPath) };
  for (const [at, { id, hasSound }] of meetings.entries()) {
    report(at / meetings.length);
    if (!hasSound) continue;
    yield { name: `sound/${id}`, pieces: readable(moving, id, unread) };
    if (unread.at(-1) === id) yield { name: `unread/${id}`, pieces: [{ atMs: 0, bytes: Uint8Array.of(1) }] };
  }
  report(1);
}

/** A sound that is damaged must not keep all the others from being taken along. */
async function* readable(
  moving: Moving,
  id: MeetingId,
  unread: MeetingId[],
): AsyncGenerator<Omit<Piece, "entry">, void, void> {
  let begun = false;
  try {
    for await (const frame of moving.readSound(id)) {
      begun = true;
      yield frame;
    }
  } catch (error) {
    const { code } = toErrorData(error);
    // "not-found" further on: something was struck from it or it was deleted meanwhile, and its words are in the rows.
    if (code !== "sound-damaged" && (code !== "not-found" || begun)) throw error;
    unread.push(id);
  }
}

async function* bytesOf(path: string): AsyncGenerator<Omit<Piece, "entry">, void, void> {
  const file = await open(path, "r");
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(readBytes), 0, readBytes, null);
      if (bytesRead === 0) return;
      yield { atMs: 0, bytes: buffer.subarray(0, bytesRead) };
    }
  } finally {
    await file.close();
  }
}
