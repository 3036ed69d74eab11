// Version 5: reports over several meetings. A report is a row of meetings; here is what it was made of.
import type { Db } from "../database.ts";

export function reports(db: Db): void {
  // A source that is deleted leaves its place, so that "m2" means the same for as long as the report is kept.
  db.exec(`
    CREATE TABLE report_sources (
      report INTEGER NOT NULL REFERENCES meetings ON DELETE CASCADE,
      position INTEGER NOT NULL,
      meeting INTEGER REFERENCES meetings ON DELETE SET NULL,
      title TEXT NOT NULL,
      recorded_at TEXT NOT NULL,
      PRIMARY KEY (report, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX reports_by_meeting ON report_sources (meeting);
  `);
}
