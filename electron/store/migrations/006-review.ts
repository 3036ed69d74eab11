// Version 5: who approved a summary and when, and when a person last saved it.
import type { Db } from "../database.ts";

export function review(db: Db): void {
  db.exec(`
    ALTER TABLE summaries ADD COLUMN saved_at TEXT;
    ALTER TABLE summaries ADD COLUMN approved_at TEXT;
    ALTER TABLE summaries ADD COLUMN approved_by TEXT;
  `);
}
