// Brings a database to the newest version, one numbered step after another. Runs in the store's worker threads.
import { LyssnaError } from "../errors.ts";
import type { Db } from "./database.ts";

/** Step n of a list takes a database from version n to n + 1. A step that was once released is never changed. */
export type Migration = (db: Db) => void;

export const versionOf = (db: Db): number => Number(db.pragma("user_version", { simple: true }));

/** Throws store-newer when a later Lyssna made the database. */
export function refuseNewer(db: Db, migrations: readonly Migration[]): void {
  if (versionOf(db) > migrations.length) throw new LyssnaError("store-newer");
}

/**
 * Each step is one transaction together with its version number: it happened whole or not at all.
 * @param backup called before each step that changes a database which already holds something
 */
export function migrate(db: Db, migrations: readonly Migration[], backup: (version: number) => void): void {
  refuseNewer(db, migrations);
  const isNew = versionOf(db) === 0;
  for (let version = versionOf(db); version < migrations.length; version++) {
    if (!isNew) backup(version);
    db.transaction(() => {
      migrations[version]?.(db);
      db.pragma(`user_version = ${version + 1}`);
    }).immediate();
  }
}
