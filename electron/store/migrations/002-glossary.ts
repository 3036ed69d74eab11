// Version 2: the person's glossary, and what of it was said no to in a meeting.
import type { Db } from "../database.ts";

export function glossary(db: Db): void {
  db.exec(`
    CREATE TABLE terms (id TEXT PRIMARY KEY, text TEXT NOT NULL UNIQUE, term TEXT NOT NULL) STRICT;

    CREATE TABLE rejected_terms (
      meeting INTEGER NOT NULL REFERENCES meetings ON DELETE CASCADE,
      term TEXT NOT NULL REFERENCES terms ON DELETE CASCADE,
      heard TEXT NOT NULL,
      PRIMARY KEY (meeting, term, heard)
    ) STRICT, WITHOUT ROWID;
  `);
}
