// Version 13: what was decided about masking, for a meeting and for a case.
import type { Db } from "../database.ts";

export function masking(db: Db): void {
  db.exec(`
    CREATE TABLE mask_choices (
      meeting INTEGER PRIMARY KEY REFERENCES meetings ON DELETE CASCADE,
      choice TEXT NOT NULL
    ) STRICT;
    CREATE TABLE mask_words (
      case_reference TEXT PRIMARY KEY,
      words TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `);
}
