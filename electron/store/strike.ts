// A passage is struck: its words leave the transcript, its history, every summary and the search, for good. Its sound is
// struck by the sound store. Runs in the store's worker thread.
import { randomUUID } from "node:crypto";
import type { Summary } from "../formats.ts";
import { asStruck, type Corrections } from "./corrections.ts";
import type { Db } from "./database.ts";
import { deletionNoter } from "./deletion-note.ts";
import { meetingNumbers } from "./meetings.ts";
import type { TranscriptRows } from "./transcript-rows.ts";
import type { MeetingId } from "./types.ts";

/** A summary without the sentences that rest on what was struck, in whole or in part. */
export function withoutStruck(summary: Summary, ids: ReadonlySet<string>): Summary {
  const stays = ({ segments }: { readonly segments: readonly string[] }): boolean =>
    !segments.some((id) => ids.has(id));
  const { conflicts } = summary;
  return {
    ...summary,
    sections: summary.sections.map((section) => {
      const items = section.items.filter(stays);
      const isEmpty = items.length === 0 && section.items.length > 0;
      return {
        ...section,
        items,
        ...(isEmpty && section.state === "filled" ? { state: "not-mentioned" as const } : {}),
      };
    }),
    unplaced: summary.unplaced.filter(stays),
    ...(conflicts === undefined ? {} : { conflicts: conflicts.filter(({ statements }) => statements.every(stays)) }),
  };
}

interface StrikeParts {
  readonly rows: TranscriptRows;
  readonly corrections: Corrections;
  readonly reindex: (meeting: number) => void;
  readonly now: () => Date;
}

export function strikeCalls(db: Db, { rows, corrections, reindex, now }: StrikeParts) {
  const numberOf = meetingNumbers(db);
  const summaries = db.prepare<[number], { id: string; summary: string }>(
    "SELECT id, summary FROM summaries WHERE meeting = ?",
  );
  const rewrite = db.prepare<[string, string]>("UPDATE summaries SET summary = ? WHERE id = ?");
  // What was made of the words in other languages holds them too, and cannot be told apart there.
  const dropRenditions = db.prepare<[number]>("DELETE FROM renditions WHERE meeting = ?");
  const dropArtefacts = db.prepare<[number]>(
    "DELETE FROM artefacts WHERE job IN (SELECT number FROM jobs WHERE meeting = ?)",
  );
  const noteDeletion = deletionNoter(db);
  return {
    strikeSegments: db.transaction((id: MeetingId, segmentIds: readonly string[]): void => {
      const meeting = numberOf(id);
      const ids = new Set(segmentIds);
      rows.writeAll(
        meeting,
        rows.all(meeting).map((segment) => (ids.has(segment.id) ? asStruck(segment) : segment)),
      );
      rows.touch(meeting, { revision: randomUUID(), editedAt: now().toISOString() });
      corrections.strike(meeting, ids);
      for (const { id: summaryId, summary } of summaries.all(meeting))
        rewrite.run(JSON.stringify(withoutStruck(JSON.parse(summary) as Summary, ids)), summaryId);
      dropRenditions.run(meeting);
      dropArtefacts.run(meeting);
      reindex(meeting);
      noteDeletion();
    }),
  };
}
