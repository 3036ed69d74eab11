// Version 14: how loud a meeting's sound is over time, to draw it. Goes with the sound; what is struck is silent here too.
import type { Db } from "../database.ts";

export function peaks(db: Db): void {
  db.exec(`
    CREATE TABLE peaks (
      meeting INTEGER PRIMARY KEY REFERENCES meetings ON DELETE CASCADE,
      peaks BLOB,
      silenced TEXT NOT NULL DEFAULT '[]'
    ) STRICT;
  `);
}
