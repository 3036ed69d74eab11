// Version 10: what people changed in transcripts, so that it can be taken back and done again, also after a restart.
import type { Db } from "../database.ts";

export function corrections(db: Db): void {
  db.exec(`
    CREATE TABLE corrections (
      meeting INTEGER NOT NULL REFERENCES meetings ON DELETE CASCADE,
      number INTEGER NOT NULL,
      at TEXT NOT NULL,
      undone INTEGER NOT NULL DEFAULT 0,
      correction TEXT NOT NULL,
      PRIMARY KEY (meeting, number)
    ) STRICT, WITHOUT ROWID;
  `);
}
