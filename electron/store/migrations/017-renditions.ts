// Version 17: summaries in plain words and in other languages. They go wherever the summary goes, and when anything is struck.
import type { Db } from "../database.ts";

export function renditions(db: Db): void {
  db.exec(`
    CREATE TABLE renditions (
      meeting INTEGER NOT NULL REFERENCES meetings ON DELETE CASCADE,
      kind TEXT NOT NULL,
      rendition TEXT NOT NULL,
      PRIMARY KEY (meeting, kind)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER renditions_go_with_summaries AFTER DELETE ON summaries
    BEGIN
      DELETE FROM renditions WHERE meeting = old.meeting;
    END;
  `);
}
