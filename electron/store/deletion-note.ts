// A note in the database that something was deleted and must yet leave the index's old parts and the backups. Written
// with the deletion itself, so that it outlives a power cut. Runs in the store's worker threads.
import { randomUUID } from "node:crypto";
import type { Db } from "./database.ts";

/** Inside the deletion's own transaction. */
export function deletionNoter(db: Db): () => void {
  const note = db.prepare<[string]>(
    "INSERT INTO notes (key, value) VALUES ('deleted', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  return () => void note.run(randomUUID());
}

/**
 * The same where what is deleted must be nowhere any more: damaged databases that were put aside hold it too. Not for what
 * putting back a backup deletes anew: there the damaged files may be all that is left of other meetings.
 */
export function goneNoter(db: Db): () => void {
  const noteDeletion = deletionNoter(db);
  const note = db.prepare("INSERT OR REPLACE INTO notes (key, value) VALUES ('gone', '1')");
  return () => {
    noteDeletion();
    note.run();
  };
}

export const notedGone = (db: Db): boolean => db.prepare("SELECT 1 FROM notes WHERE key = 'gone'").get() !== undefined;

export function forgetGone(db: Db): void {
  db.prepare("DELETE FROM notes WHERE key = 'gone'").run();
}

/** Which deletion was the last that is not tidied after yet, or null. */
export function notedDeletion(db: Db): string | null {
  return db.prepare<[], { value: string }>("SELECT value FROM notes WHERE key = 'deleted'").get()?.value ?? null;
}

/** Does nothing when something more was deleted meanwhile. */
export function forgetDeletion(db: Db, deletion: string): void {
  db.prepare<[string]>("DELETE FROM notes WHERE key = 'deleted' AND value = ?").run(deletion);
}
