// What takes seconds on a large database, on a connection of its own: integrity, backups, putting one back.
// Runs in a worker thread that lives as long as the task.
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { LyssnaError } from "../errors.ts";
import { damagedFolder, databaseFile, isWhole, listBackupsSync, makeBackup, putBackInPlace } from "./backup-files.ts";
import { type Db, openDatabase } from "./database.ts";
import { forgetDeletion, forgetGone, notedDeletion, notedGone } from "./deletion-note.ts";
import { meetingDatabaseCalls, openMeetingDatabase } from "./meeting-database.ts";
import { versionOf } from "./migrate.ts";
import { listPacked, openPack, packRows, takeMeeting, takeRest } from "./pack-rows.ts";
import { purgeIndex } from "./search-index.ts";
import { openSoundKeys, soundKeysFile } from "./sound-keys.ts";
import { subkey } from "./subkeys.ts";
import type { MeetingId, PackedMeeting, PackedRows } from "./types.ts";

const backupEveryMs = 86_400_000;
/** Rewriting a database takes about a second for so much, and whoever writes meanwhile waits. */
const vacuumBytes = 64 * 1024 * 1024;

const sizeOf = (db: Db): number =>
  Number(db.pragma("page_count", { simple: true })) * Number(db.pragma("page_size", { simple: true }));

export function upkeepCalls(dir: string, key: Uint8Array, now: () => Date) {
  const path = join(dir, databaseFile);
  let moving: { readonly db: Db; readonly pack: Db } | null = null;
  function open(): { readonly db: Db; readonly pack: Db } {
    if (moving === null) throw new LyssnaError("bad-call", { what: "package" });
    return moving;
  }
  return {
    /** The key leaves memory: the last call. */
    forget: (): void => void key.fill(0),

    checkIntegrity: (): "ok" | "damaged" => (isWhole(path, subkey(key, "database")) ? "ok" : "damaged"),

    /**
     * After a deletion: what was deleted leaves the index's old parts and the backups too. Otherwise one backup a day,
     * while there is anything to keep.
     */
    tidy(): void {
      const db = openDatabase(path, subkey(key, "database"));
      try {
        const deletedAt = notedDeletion(db);
        if (deletedAt !== null) {
          purgeIndex(db);
          if (notedGone(db)) {
            rmSync(join(dir, damagedFolder), { recursive: true, force: true });
            forgetGone(db);
          }
          // Freed cells are overwritten as they are freed (secure_delete); what moved within a page may have left a shadow.
          if (sizeOf(db) <= vacuumBytes) db.exec("VACUUM");
          db.pragma("wal_checkpoint(TRUNCATE)");
          if (listBackupsSync(dir).length > 0) makeBackup(db, dir, versionOf(db), now(), 1);
          forgetDeletion(db, deletedAt);
          return;
        }
        const [latest] = listBackupsSync(dir);
        const due = latest === undefined || now().getTime() - Date.parse(latest.createdAt) >= backupEveryMs;
        const anything = db.prepare("SELECT 1 FROM meetings LIMIT 1").get() !== undefined;
        if (due && anything) makeBackup(db, dir, versionOf(db), now());
      } finally {
        db.close();
      }
    },

    /** Puts the newest whole backup in place. Meetings that were deleted since are deleted from it again. */
    restore(): void {
      putBackInPlace(dir, key, now());
      const deleted = deletions(dir, key, now());
      const db = openMeetingDatabase(dir, key, now());
      try {
        const { listMeetings, deleteMeeting } = meetingDatabaseCalls(db, now);
        const there = new Set(listMeetings().map(({ id }) => id));
        for (const id of deleted) if (there.has(id)) deleteMeeting(id);
        // What was put aside just now is not what was deleted then.
        forgetGone(db);
      } finally {
        db.close();
      }
    },

    /** Rows for a package; the store's own connection goes on meanwhile. */
    packRows(packKey: Uint8Array, ids: readonly MeetingId[] | null): PackedRows {
      const db = openDatabase(path, subkey(key, "database"));
      try {
        return packRows(db, dir, packKey, ids);
      } finally {
        db.close();
      }
    },
    /** Opens the rows that a package carried; `closePack` comes last. */
    openPack(packKey: Uint8Array): readonly PackedMeeting[] {
      const pack = openPack(dir, packKey);
      moving = { db: openDatabase(path, subkey(key, "database")), pack };
      return listPacked(pack);
    },
    takeRest: (): void => takeRest(open().db, open().pack),
    takeMeeting: (id: MeetingId, hasSound: boolean): boolean => takeMeeting(open().db, open().pack, id, hasSound),
    closePack(): void {
      moving?.pack.close();
      moving?.db.close();
      moving = null;
    },
  };
}

export type UpkeepCalls = ReturnType<typeof upkeepCalls>;

/** Ids of deleted meetings. Keys that are themselves damaged are put aside: without them recording could not go on. */
function deletions(dir: string, key: Uint8Array, now: Date): readonly MeetingId[] {
  const path = join(dir, soundKeysFile);
  if (!existsSync(path)) return [];
  if (!isWhole(path, subkey(key, "sound"))) {
    const aside = join(dir, damagedFolder, `keys-${now.getTime()}`);
    mkdirSync(aside, { recursive: true });
    for (const suffix of ["-wal", "-shm", ""]) {
      if (existsSync(`${path}${suffix}`)) renameSync(`${path}${suffix}`, join(aside, `${soundKeysFile}${suffix}`));
    }
    return [];
  }
  const keys = openSoundKeys(dir, key);
  try {
    return keys.deletions();
  } finally {
    keys.close();
  }
}
