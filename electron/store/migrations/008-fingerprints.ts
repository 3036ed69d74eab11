// Version 8: a file's fingerprint, so that one that was taken in before is noticed.
import type { Db } from "../database.ts";

export function fingerprints(db: Db): void {
  db.exec(`
    ALTER TABLE meetings ADD COLUMN fingerprint TEXT;
    CREATE INDEX meetings_by_fingerprint ON meetings (fingerprint) WHERE fingerprint IS NOT NULL;
  `);
}
