// Summaries in plain words and in other languages, one of each kind for a meeting. Runs in the store's worker thread.
import type { Rendition, RenditionKind } from "../renditions.ts";
import type { Db } from "./database.ts";
import { deletionNoter } from "./deletion-note.ts";
import { meetingNumbers } from "./meetings.ts";
import type { MeetingId } from "./types.ts";

export function renditionCalls(db: Db) {
  const numberOf = meetingNumbers(db);
  const list = db.prepare<[number], { rendition: string }>(
    "SELECT rendition FROM renditions WHERE meeting = ? ORDER BY kind",
  );
  const put = db.prepare<[number, string, string]>(
    `INSERT INTO renditions (meeting, kind, rendition) VALUES (?, ?, ?)
     ON CONFLICT (meeting, kind) DO UPDATE SET rendition = excluded.rendition`,
  );
  const drop = db.prepare<[number, string]>("DELETE FROM renditions WHERE meeting = ? AND kind = ?");
  const noteDeletion = deletionNoter(db);
  return {
    listRenditions: (id: MeetingId): readonly Rendition[] =>
      list.all(numberOf(id)).map(({ rendition }) => JSON.parse(rendition) as Rendition),
    /** In the place of an earlier one of its kind. */
    saveRendition(id: MeetingId, rendition: Rendition): void {
      put.run(numberOf(id), rendition.kind, JSON.stringify(rendition));
    },
    removeRendition(id: MeetingId, kind: RenditionKind): void {
      if (drop.run(numberOf(id), kind).changes > 0) noteDeletion();
    },
  };
}
