// The meeting database: opened, checked, migrated, and its calls. Runs in the store's worker thread.
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type ErrorData, fromErrorData, LyssnaError } from "../errors.ts";
import { databaseFile, isWhole, listBackupsSync, localMinute, makeBackup } from "./backup-files.ts";
import { type Db, folderError, isUnreadable, openDatabase } from "./database.ts";
import { correctionCalls } from "./corrections.ts";
import { glossaryCalls } from "./glossary.ts";
import { maskingCalls } from "./masking.ts";
import { jobCalls, requeueInterruptedJobs } from "./jobs.ts";
import { checkKey, writeKeyCheck } from "./key-check.ts";
import { logHeadCalls } from "./log-head.ts";
import { meetingCalls } from "./meetings.ts";
import { migrate, refuseNewer } from "./migrate.ts";
import { storeMigrations } from "./migrations.ts";
import { originalCalls } from "./originals.ts";
import { peakCalls } from "./peaks.ts";
import { recordingCalls } from "./recordings.ts";
import { renditionCalls } from "./renditions.ts";
import { retentionCalls } from "./retention.ts";
import { searchCalls } from "./search.ts";
import { openSearchIndex } from "./search-index.ts";
import { settingCalls } from "./settings.ts";
import { strikeCalls } from "./strike.ts";
import { subkey } from "./subkeys.ts";
import { latestSummaryOf, summaryCalls } from "./summaries.ts";
import { templateCalls } from "./templates.ts";
import { segmentsOf, transcriptRows } from "./transcript-rows.ts";
import { transcriptCalls } from "./transcripts.ts";

/** Says that the database is damaged, and from when the latest backup is. */
export function damaged(dir: string): ErrorData {
  const [latest] = listBackupsSync(dir);
  return {
    code: "store-damaged",
    details: { backup: latest === undefined ? "–" : localMinute(latest.createdAt) },
  };
}

/** Any error of this database as data. */
export const meetingDatabaseError = (error: unknown, dir: string): ErrorData =>
  folderError(error, dir, () => damaged(dir));

/**
 * Opens the folder's database, makes it if there is none, and brings it to the newest version.
 * Throws store-key-wrong, store-damaged, store-newer, no-room; then nothing was changed.
 */
export function openMeetingDatabase(dir: string, key: Uint8Array, now: Date, migrations = storeMigrations): Db {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, databaseFile);
  const databaseKey = subkey(key, "database");
  const known = checkKey(dir, key);
  if (known === "wrong") throw new LyssnaError("store-key-wrong");
  const exists = existsSync(path) && statSync(path).size > 0;
  // A folder that has had a database does not silently get an empty one.
  if (!exists && known === "right") throw fromErrorData(damaged(dir));
  try {
    if (exists) {
      // Looked at first: a newer database is left exactly as it was. A reader would leave an empty log behind, and a
      // writer would empty a full one into the database; so the one or the other.
      const look = openDatabase(path, databaseKey, { readonly: existsSync(`${path}-wal`), untouched: true });
      try {
        refuseNewer(look, migrations);
      } finally {
        look.close();
      }
    }
    const db = openDatabase(path, databaseKey);
    try {
      migrate(db, migrations, (version) => makeBackup(db, dir, version, now));
      requeueInterruptedJobs(db, now);
      // Last, so that its presence means that there is a whole database.
      if (known === "unknown") writeKeyCheck(dir, key);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    if (isUnreadable(error) && known === "unknown" && !backupFits(dir, databaseKey)) {
      throw new LyssnaError("store-key-wrong");
    }
    throw fromErrorData(meetingDatabaseError(error, dir));
  }
}

const backupFits = (dir: string, databaseKey: Uint8Array): boolean =>
  listBackupsSync(dir).some(({ path }) => isWhole(path, databaseKey));

/** Every call on an open meeting database. `now` is asked anew in each call. */
export function meetingDatabaseCalls(db: Db, now: () => Date) {
  const index = openSearchIndex(db);
  const segments = segmentsOf(db);
  const latestSummary = latestSummaryOf(db);
  const rows = transcriptRows(db, index);
  const corrections = correctionCalls(db, rows, now);
  const reindex = (meeting: number) => {
    index.indexSegments(meeting, segments(meeting));
    const summary = latestSummary(meeting);
    if (summary !== null) index.indexSummary(meeting, summary);
  };
  return {
    ...meetingCalls(db, index, reindex, now),
    ...transcriptCalls(db, rows, corrections, now),
    ...corrections.calls,
    ...strikeCalls(db, { rows, corrections, reindex, now }),
    ...summaryCalls(db, index, now),
    ...settingCalls(db),
    ...templateCalls(db, now),
    ...glossaryCalls(db),
    ...maskingCalls(db),
    ...searchCalls(db),
    ...jobCalls(db, now),
    ...recordingCalls(db, index, reindex, corrections),
    ...originalCalls(db),
    ...logHeadCalls(db),
    ...retentionCalls(db, { index, rows, corrections, reindex, now }),
    ...peakCalls(db),
    ...renditionCalls(db),
  };
}
