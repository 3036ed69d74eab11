// The keys of the sound, in a database of their own that no backup copies: deleting a key is deleting its minute.
// Runs in the sound's worker thread.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { LyssnaError } from "../errors.ts";
import { type Db, openDatabase } from "./database.ts";
import { eventLog } from "./event-log.ts";
import { type Migration, migrate } from "./migrate.ts";
import { fileIdBytes } from "./sound-frame.ts";
import { subkey } from "./subkeys.ts";

export const soundKeysFile = "keys.db";

const migrations: readonly Migration[] = [
  (db) =>
    db.exec(`
      CREATE TABLE sounds (
        meeting TEXT PRIMARY KEY,
        file BLOB NOT NULL UNIQUE,
        -- Set together, when the sound was finished: what a whole file must come to.
        frames INTEGER,
        plain_bytes INTEGER,
        file_bytes INTEGER
      ) STRICT;
      CREATE TABLE minutes (
        file BLOB NOT NULL REFERENCES sounds (file) ON DELETE CASCADE,
        minute INTEGER NOT NULL,
        key BLOB NOT NULL,
        PRIMARY KEY (file, minute)
      ) STRICT, WITHOUT ROWID;
      -- Meetings that were deleted: a backup put back must not bring them back.
      CREATE TABLE deletions (meeting TEXT PRIMARY KEY, deleted_at TEXT NOT NULL) STRICT;
    `),
  // A file in which a passage was struck takes the place of the one before it.
  (db) => db.exec("ALTER TABLE sounds ADD COLUMN generation INTEGER NOT NULL DEFAULT 0"),
  // What no backup may bring back to an earlier state: the event log, and the latest time that was seen.
  (db) =>
    db.exec(`
      CREATE TABLE log (number INTEGER PRIMARY KEY, line TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
      CREATE TABLE marks (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    `),
  // What was heard of voices, until the meeting is approved: here because no backup copies it.
  (db) =>
    db.exec(`
      CREATE TABLE voices (
        meeting TEXT NOT NULL,
        piece INTEGER NOT NULL,
        heard BLOB NOT NULL,
        PRIMARY KEY (meeting, piece)
      ) STRICT;
    `),
];

export interface SoundTotals {
  readonly frames: number;
  readonly plainBytes: number;
  readonly fileBytes: number;
}

export interface SoundRecord {
  readonly fileId: Uint8Array;
  /** Counts the files that took an earlier one's place. */
  readonly generation: number;
  /** Null while the sound is not finished. */
  readonly totals: SoundTotals | null;
}

interface Row {
  readonly file: Buffer;
  readonly generation: number;
  readonly frames: number | null;
  readonly plainBytes: number | null;
  readonly fileBytes: number | null;
}

/** A piece of what was heard of a meeting's voices. */
export interface KeptVoice {
  readonly piece: number;
  readonly heard: Uint8Array;
}

export interface SoundKeys {
  find(meetingId: string): SoundRecord | null;
  /** A new file for the meeting, with no keys yet. Any earlier one of the meeting must have been deleted. */
  begin(meetingId: string): Uint8Array;
  /** A new random key for a minute, durable when this returns. */
  newKey(fileId: Uint8Array, minute: number): Uint8Array;
  /** Throws sound-damaged when the minute's key is gone. */
  key(fileId: Uint8Array, minute: number): Uint8Array;
  finish(fileId: Uint8Array, totals: SoundTotals): void;
  /** The next file takes the place of the meeting's, with new keys for these minutes: the old ones are deleted. */
  replace(
    meetingId: string,
    generation: number,
    minutes: ReadonlyMap<number, Uint8Array>,
    totals: SoundTotals | null,
  ): void;
  /** Meetings whose sound was never finished. */
  unfinished(): readonly string[];
  /** Deletes all keys of a meeting's sound, also from the database's log. */
  deleteSound(meetingId: string): void;
  keepVoices(meetingId: string, piece: number, heard: Uint8Array): void;
  listVoices(meetingId: string): readonly KeptVoice[];
  /** Also from the database's log. */
  dropVoices(meetingId: string): void;
  noteDeletion(meetingId: string, at: Date): void;
  deletions(): readonly string[];
  /** It is taken in again by a person. Answers whether it had been deleted. */
  forgetDeletion(meetingId: string): boolean;
  readonly log: ReturnType<typeof eventLog>;
  close(): void;
}

export function openSoundKeys(dir: string, folderKey: Uint8Array): SoundKeys {
  const db: Db = openDatabase(join(dir, soundKeysFile), subkey(folderKey, "sound"));
  migrate(db, migrations, () => {});
  const find = db.prepare<[string], Row>(
    "SELECT file, generation, frames, plain_bytes AS plainBytes, file_bytes AS fileBytes FROM sounds WHERE meeting = ?",
  );
  const begin = db.prepare<[string, Uint8Array]>("INSERT INTO sounds (meeting, file) VALUES (?, ?)");
  const addKey = db.prepare<[Uint8Array, number, Uint8Array]>(
    "INSERT INTO minutes (file, minute, key) VALUES (?, ?, ?)",
  );
  const getKey = db.prepare<[Uint8Array, number], { key: Buffer }>(
    "SELECT key FROM minutes WHERE file = ? AND minute = ?",
  );
  const finish = db.prepare<[number, number, number, Uint8Array]>(
    "UPDATE sounds SET frames = ?, plain_bytes = ?, file_bytes = ? WHERE file = ?",
  );
  const remove = db.prepare<[string]>("DELETE FROM sounds WHERE meeting = ?");
  const note = db.prepare<[string, string]>("INSERT OR IGNORE INTO deletions (meeting, deleted_at) VALUES (?, ?)");
  const changeKey = db.prepare<[Uint8Array, string, number]>(
    "UPDATE minutes SET key = ? WHERE file = (SELECT file FROM sounds WHERE meeting = ?) AND minute = ?",
  );
  const replaceFile = db.prepare<[number, number | null, number | null, number | null, string]>(
    "UPDATE sounds SET generation = ?, frames = ?, plain_bytes = ?, file_bytes = ? WHERE meeting = ?",
  );
  const keepVoices = db.prepare<[string, number, Uint8Array]>(
    "INSERT OR REPLACE INTO voices (meeting, piece, heard) VALUES (?, ?, ?)",
  );
  const listVoices = db.prepare<[string], { piece: number; heard: Buffer }>(
    "SELECT piece, heard FROM voices WHERE meeting = ? ORDER BY piece",
  );
  const dropVoices = db.prepare<[string]>("DELETE FROM voices WHERE meeting = ?");
  const unfinished = db.prepare<[], { meeting: string }>("SELECT meeting FROM sounds WHERE frames IS NULL");
  const noted = db.prepare<[], { meeting: string }>("SELECT meeting FROM deletions");

  const forget = db.prepare<[string]>("DELETE FROM deletions WHERE meeting = ?");

  /** The log still holds the page with the keys until it is emptied. */
  const emptyLog = () => void db.pragma("wal_checkpoint(TRUNCATE)");
  const replace = db.transaction<SoundKeys["replace"]>((meetingId, generation, minutes, totals) => {
    const { frames = null, plainBytes = null, fileBytes = null } = totals ?? {};
    replaceFile.run(generation, frames, plainBytes, fileBytes, meetingId);
    for (const [minute, key] of minutes) changeKey.run(key, meetingId, minute);
  });

  return {
    find(meetingId) {
      const row = find.get(meetingId);
      if (row === undefined) return null;
      const { file, generation, frames, plainBytes, fileBytes } = row;
      const whole = frames !== null && plainBytes !== null && fileBytes !== null;
      return { fileId: file, generation, totals: whole ? { frames, plainBytes, fileBytes } : null };
    },
    begin(meetingId) {
      const fileId = randomBytes(fileIdBytes);
      begin.run(meetingId, fileId);
      return fileId;
    },
    newKey(fileId, minute) {
      const key = randomBytes(32);
      addKey.run(fileId, minute, key);
      return key;
    },
    key(fileId, minute) {
      const row = getKey.get(fileId, minute);
      if (row === undefined) throw new LyssnaError("sound-damaged");
      return row.key;
    },
    finish: (fileId, totals) => void finish.run(totals.frames, totals.plainBytes, totals.fileBytes, fileId),
    replace(...args) {
      replace(...args);
      emptyLog();
    },
    unfinished: () => unfinished.all().map(({ meeting }) => meeting),
    deleteSound(meetingId) {
      remove.run(meetingId);
      dropVoices.run(meetingId);
      emptyLog();
    },
    keepVoices: (meetingId, piece, heard) => void keepVoices.run(meetingId, piece, heard),
    listVoices: (meetingId) =>
      listVoices.all(meetingId).map(({ piece, heard }) => ({ piece, heard: new Uint8Array(heard) })),
    dropVoices(meetingId) {
      if (dropVoices.run(meetingId).changes > 0) emptyLog();
    },
    noteDeletion: (meetingId, at) => void note.run(meetingId, at.toISOString()),
    deletions: () => noted.all().map(({ meeting }) => meeting),
    forgetDeletion: (meetingId) => forget.run(meetingId).changes > 0,
    log: eventLog(db),
    close: () => void db.close(),
  };
}
