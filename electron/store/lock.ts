// One instance at a time in a data folder. Runs in main.
// An exclusive lock on a small SQLite file: the operating system lets it go when the process ends, however it ends.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { fromErrorData } from "../errors.ts";
import { folderError } from "./database.ts";

export interface FolderLock {
  /** Lets another instance in. May be called more than once. */
  release(): Promise<void>;
}

/** Takes the folder, or throws store-locked if another process (or this one) has it. */
export async function lockFolder(dir: string): Promise<FolderLock> {
  let db: Database.Database | null = null;
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    db = new Database(join(dir, "lock.db"), { timeout: 0 });
    // In memory: a journal file left by a killed process would have to be rolled back first.
    db.pragma("journal_mode = MEMORY");
    db.exec("BEGIN EXCLUSIVE");
    const held = db;
    return { release: async () => void held.close() };
  } catch (error) {
    db?.close();
    throw fromErrorData(
      folderError(error, dir, () => ({ code: "cannot-write", details: { file: join(dir, "lock.db") } })),
    );
  }
}
