// Version 4: every version of a person's own templates, and what is written on one and not saved yet.
import type { Db } from "../database.ts";

export function templates(db: Db): void {
  // A version stays when its template is deleted: summaries were made with it, and one may want to see how.
  db.exec(`
    CREATE TABLE template_versions (
      id TEXT NOT NULL,
      version INTEGER NOT NULL,
      saved_at TEXT,
      template TEXT NOT NULL,
      PRIMARY KEY (id, version)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE template_drafts (id TEXT PRIMARY KEY, template TEXT NOT NULL) STRICT;

    INSERT INTO template_versions (id, version, template)
    SELECT id, json_extract(template, '$.version'), template FROM templates;
  `);
}
