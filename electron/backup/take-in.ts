// Takes a package in: looks through all of it first, then meeting by meeting. Runs in main and the command line.
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { LyssnaError, toErrorData } from "../errors.ts";
import type { MeetingId, SoundStore, Store, UnpackedRows } from "../store/types.ts";
import type { MovingStore } from "./make-package.ts";
import { openPackage, type OpenPackage, type Piece } from "./package-file.ts";

/** Which meeting's sound is being written: what a crash leaves of it is taken away the next time. */
const takingMark = "taking-in";

export interface TakingStore extends MovingStore, Pick<Store, "listMeetings" | "getMark" | "setMark"> {
  readonly sound: SoundStore;
}

interface TakeOptions {
  readonly path: string;
  readonly passphrase: string;
  readonly signal: AbortSignal;
  /** 0 to 1, by meetings. */
  readonly report: (fraction: number) => void;
}

export interface Taken {
  readonly meetings: number;
  /** Meetings that are here already, and were left as they are. */
  readonly here: number;
  /** Meetings whose sound did not come along, because it could not be read where it was. */
  readonly withoutSound: number;
  /** Meetings that had been deleted here, by a person or by rule. */
  readonly deletedBefore: number;
}

/**
 * Until all of the package is proved, nothing is changed. After that each meeting is taken in whole or not at all, and one that
 * is here already is left alone, so that the same package may be taken in again after a full disk.
 * @throws package-invalid, package-newer, package-passphrase-wrong, package-damaged, no-room, cancelled
 */
export async function takeIn(store: TakingStore, options: TakeOptions): Promise<Taken> {
  const opened = await openPackage(options.path, options.passphrase);
  try {
    const { packKey, sounds, unread } = await proveAll(opened, store.moving.packPath, store, options.signal);
    return await store.moving.unpackRows(packKey, (rows) => takeAll(store, rows, opened, { sounds, unread }, options));
  } finally {
    await opened.close();
    await store.moving.dropPack();
  }
}

interface Proved {
  readonly packKey: Uint8Array;
  readonly sounds: ReadonlySet<MeetingId>;
  readonly unread: ReadonlySet<MeetingId>;
}

/** Reads the package to its end. Its rows, which are encrypted by themselves, are put where the store opens them. */
async function proveAll(
  opened: OpenPackage,
  packPath: string,
  { moving }: MovingStore,
  signal: AbortSignal,
): Promise<Proved> {
  await moving.dropPack();
  await mkdir(dirname(packPath), { recursive: true, mode: 0o700 });
  const sounds = new Set<MeetingId>();
  const unread = new Set<MeetingId>();
  let packKey: Uint8Array | null = null;
  const rows = await open(packPath, "wx", 0o600);
  try {
    for await (const { entry, bytes } of opened.pieces()) {
      if (signal.aborted) throw new LyssnaError("cancelled");
      if (entry === "store.key") packKey = bytes;
      else if (entry === "store.db") await rows.writeFile(bytes);
      else if (entry.startsWith("sound/")) sounds.add(entry.slice("sound/".length));
      else if (entry.startsWith("unread/")) unread.add(entry.slice("unread/".length));
    }
  } catch (error) {
    throw toErrorData(error).code === "no-room" ? new LyssnaError("no-room", {}, { cause: error }) : error;
  } finally {
    await rows.close();
  }
  if (packKey?.length !== 32) throw new LyssnaError("package-damaged");
  return { packKey, sounds, unread };
}

async function takeAll(
  store: TakingStore,
  rows: UnpackedRows,
  opened: OpenPackage,
  { sounds, unread }: Omit<Proved, "packKey">,
  { signal, report }: TakeOptions,
): Promise<Taken> {
  const here = new Set((await store.listMeetings()).map(({ id }) => id));
  const left = await store.getMark(takingMark);
  if (typeof left === "string" && !here.has(left)) await store.sound.delete(left);
  const coming = rows.meetings.filter(({ id }) => !here.has(id));
  let [withoutSound, deletedBefore, taken] = [0, 0, 0];
  await rows.takeRest();
  const pieces = readOn(opened.pieces());
  try {
    for (const [at, { id }] of coming.entries()) {
      if (signal.aborted) throw new LyssnaError("cancelled");
      report(at / coming.length);
      const hasSound = sounds.has(id) && !unread.has(id);
      if (unread.has(id)) withoutSound += 1;
      if (hasSound) {
        await store.setMark(takingMark, id);
        await writeSound(store.sound, id, pieces);
      }
      try {
        if (await rows.takeMeeting(id, hasSound)) taken += 1;
      } catch (error) {
        if (hasSound) await store.sound.delete(id);
        throw error;
      }
      if (hasSound) await store.setMark(takingMark, null);
      const deleted = await store.moving.forgetDeletion(id);
      if (deleted) deletedBefore += 1;
      await store.noteEvent("taken-in", id, { code: deleted ? "deleted-before" : "new" });
    }
  } finally {
    await pieces.end();
  }
  report(1);
  return { meetings: taken, here: rows.meetings.length - coming.length, withoutSound, deletedBefore };
}

/** Leaves nothing behind where it fails. */
async function writeSound(sound: SoundStore, id: MeetingId, pieces: ReadOn): Promise<void> {
  const writer = await sound.create(id);
  try {
    for await (const { bytes, atMs } of pieces.of(`sound/${id}`)) await writer.append(bytes, atMs);
    await writer.finish();
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

interface ReadOn {
  /** The pieces of an entry further on. Throws package-damaged where there is none. */
  of(entry: string): AsyncGenerator<Piece, void, void>;
  end(): Promise<void>;
}

/** Entries in the order in which they lie. */
function readOn(pieces: AsyncGenerator<Piece, void, void>): ReadOn {
  let held: Piece | null = null;
  const next = async (): Promise<Piece | null> => {
    const step = await pieces.next();
    return step.done === true ? null : step.value;
  };
  return {
    async *of(entry) {
      held ??= await next();
      while (held !== null && held.entry !== entry) held = await next();
      if (held === null) throw new LyssnaError("package-damaged");
      for (; held?.entry === entry; held = await next()) yield held;
    },
    end: async () => void (await pieces.return()),
  };
}
