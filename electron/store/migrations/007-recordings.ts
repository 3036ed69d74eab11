// Version 7: what is kept about recordings beside their sound, and which of them were found after a crash.
import type { Db } from "../database.ts";

export function recordings(db: Db): void {
  db.exec(`
    ALTER TABLE meetings ADD COLUMN recovered INTEGER NOT NULL DEFAULT 0;

    CREATE TABLE recordings (
      meeting INTEGER PRIMARY KEY REFERENCES meetings ON DELETE CASCADE,
      record TEXT NOT NULL
    ) STRICT;

    -- What was done and when, never what was said. The meeting may be gone.
    CREATE TABLE log (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      at TEXT NOT NULL,
      event TEXT NOT NULL,
      meeting TEXT NOT NULL
    ) STRICT;
  `);
}
