// The thread behind the store. One file, started with a role: "store" owns the meeting database, "sound" the sound and
// its keys, "upkeep" does what takes seconds. Opening is a call too, so that a folder that cannot be opened is an answer.
import { parentPort, type Transferable, workerData } from "node:worker_threads";
import type { ErrorData } from "../errors.ts";
import { meetingDatabaseCalls, meetingDatabaseError, openMeetingDatabase } from "./meeting-database.ts";
import { openSoundCalls, soundError } from "./sound-calls.ts";
import { upkeepCalls } from "./upkeep.ts";
import { type Calls, serveCalls } from "../thread-calls.ts";

export interface StoreWorkerData {
  readonly role: "store" | "sound" | "upkeep";
  readonly dir: string;
  readonly key: Uint8Array;
}

export type StoreRole = ReturnType<typeof meetingDatabaseCalls> & { readonly close: () => void };

let nowMs = 0;
const now = () => new Date(nowMs);
const { role, dir, key } = workerData as StoreWorkerData;

function openStoreRole(): StoreRole {
  const db = openMeetingDatabase(dir, key, now());
  return { ...meetingDatabaseCalls(db, now), close: () => closeAll(() => db.close()) };
}

/** The key leaves memory with the database, which zeroes what it made of it. */
function closeAll(close: () => unknown): void {
  close();
  key.fill(0);
}

function openSoundRole() {
  const soundCalls = openSoundCalls(dir, key, now);
  return { ...soundCalls, close: () => closeAll(soundCalls.close) };
}

const roles: Record<
  StoreWorkerData["role"],
  { open: () => Calls; toErrorData: (error: unknown, dir: string) => ErrorData }
> = {
  store: { open: openStoreRole, toErrorData: meetingDatabaseError },
  sound: { open: openSoundRole, toErrorData: soundError },
  upkeep: { open: () => upkeepCalls(dir, key, now), toErrorData: meetingDatabaseError },
};

/** Frames of sound are handed over, not copied. */
const transfers = (value: unknown): readonly Transferable[] =>
  role === "sound" && typeof value === "object" && value !== null && "frames" in value
    ? (value.frames as readonly Uint8Array<ArrayBuffer>[]).map((frame) => frame.buffer)
    : [];

if (parentPort === null) throw new Error("store-worker.ts is started by store.ts");
const { open, toErrorData } = roles[role];
serveCalls(parentPort, open, {
  toErrorData: (error) => toErrorData(error, dir),
  setNow: (ms) => (nowMs = ms),
  transfers,
});
