// Version 9: which files meetings were made of, for as long as they may still lie on the machine unencrypted.
import type { Db } from "../database.ts";

export function originals(db: Db): void {
  db.exec(`
    CREATE TABLE originals (
      meeting INTEGER PRIMARY KEY REFERENCES meetings ON DELETE CASCADE,
      original TEXT NOT NULL
    ) STRICT;
  `);
}
