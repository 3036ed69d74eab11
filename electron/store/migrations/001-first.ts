// Version 1: meetings with their transcript, summaries and jobs, own templates, settings, and the search index.
import type { Db } from "../database.ts";

export function first(db: Db): void {
  // meetings.place orders meetings by when they took place and is the upper part of their rows in the index (search-index.ts).
  // `rest` holds, as JSON, what a format carries beyond the columns: readers keep what they do not know.
  db.exec(`
    CREATE TABLE meetings (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      title TEXT NOT NULL,
      created_at TEXT NOT NULL,
      recorded_at TEXT NOT NULL,
      language TEXT NOT NULL,
      duration_ms INTEGER NOT NULL,
      status TEXT NOT NULL,
      case_reference TEXT NOT NULL DEFAULT '',
      demonstration INTEGER NOT NULL DEFAULT 0,
      has_sound INTEGER NOT NULL DEFAULT 0,
      error TEXT,
      place INTEGER NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE transcripts (
      meeting INTEGER PRIMARY KEY REFERENCES meetings ON DELETE CASCADE,
      revision TEXT NOT NULL,
      language TEXT NOT NULL,
      duration_ms INTEGER NOT NULL,
      rest TEXT NOT NULL
    ) STRICT;

    CREATE TABLE segments (
      meeting INTEGER NOT NULL REFERENCES meetings ON DELETE CASCADE,
      position INTEGER NOT NULL,
      id TEXT NOT NULL,
      start_ms INTEGER NOT NULL,
      end_ms INTEGER NOT NULL,
      speaker TEXT,
      text TEXT NOT NULL,
      rest TEXT,
      PRIMARY KEY (meeting, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE speakers (
      meeting INTEGER NOT NULL REFERENCES meetings ON DELETE CASCADE,
      position INTEGER NOT NULL,
      id TEXT NOT NULL,
      name TEXT,
      role TEXT,
      rest TEXT,
      PRIMARY KEY (meeting, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE summaries (
      meeting INTEGER NOT NULL REFERENCES meetings ON DELETE CASCADE,
      version INTEGER NOT NULL,
      id TEXT NOT NULL UNIQUE,
      created_at TEXT NOT NULL,
      state TEXT NOT NULL,
      summary TEXT NOT NULL,
      PRIMARY KEY (meeting, version)
    ) STRICT;

    CREATE TABLE templates (id TEXT PRIMARY KEY, template TEXT NOT NULL) STRICT;

    CREATE TABLE jobs (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      meeting INTEGER NOT NULL REFERENCES meetings ON DELETE CASCADE,
      task TEXT NOT NULL,
      state TEXT NOT NULL,
      stage TEXT,
      fraction REAL NOT NULL DEFAULT 0,
      left_ms INTEGER,
      error TEXT,
      created_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX jobs_by_meeting ON jobs (meeting);

    CREATE TABLE artefacts (
      number INTEGER PRIMARY KEY,
      job INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
      stage TEXT NOT NULL,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      UNIQUE (job, stage, key)
    ) STRICT;

    CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

    -- What the store notes for itself.
    CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

    CREATE VIRTUAL TABLE passages USING fts5(
      text, segment UNINDEXED, tokenize = "unicode61 remove_diacritics 0", prefix = '1 2'
    );
  `);
}
