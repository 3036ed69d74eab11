// Version 11: what the rules for gallring ask of a meeting beyond what was kept before.
import type { Db } from "../database.ts";

export function retention(db: Db): void {
  db.exec(`
    ALTER TABLE meetings ADD COLUMN transcribed_at TEXT;
    ALTER TABLE meetings ADD COLUMN case_open INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE meetings ADD COLUMN case_closed_at TEXT;
    ALTER TABLE meetings ADD COLUMN kept_until TEXT;
    ALTER TABLE meetings ADD COLUMN kept_reason TEXT NOT NULL DEFAULT '';
    -- The nearest that is known of those from before.
    UPDATE meetings SET transcribed_at = created_at WHERE number IN (SELECT meeting FROM transcripts);
  `);
}
