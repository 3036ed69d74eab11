// The search index: one row per segment and per item of the latest summary. Runs in the store's worker thread.
//
// A row's number says where it belongs, so that reading the index backwards gives the newest meeting first and, within
// a meeting, its passages in order, with no sorting: place (43 bits) then 2^20 - 1 - position (20 bits). A place is the
// minute in which the meeting took place (26 bits, until 2097) and a running number within that minute (17 bits).
// Ordering by relevance instead took 316 ms for a common word in six million; this takes under one.
import type { Segment, Summary } from "../formats.ts";
import type { Db } from "./database.ts";
import { plainText } from "./plain-text.ts";

export const positionBits = 20;
export const lastPosition = 2 ** positionBits - 1;
/** Positions from here on are the summary's. */
const summaryStart = 2 ** 19;

const minuteBits = 26;
const slotBits = 17;

export const isSummaryRow = (low: number): boolean => lastPosition - low >= summaryStart;

export interface SearchIndex {
  /** A free place for a meeting held at that time. */
  placeFor(recordedAt: string, createdAt: string): number;
  indexSegments(meeting: number, segments: readonly Segment[]): void;
  /** One of them, where only its words changed. */
  indexSegment(meeting: number, position: number, segment: Segment): void;
  indexSummary(meeting: number, summary: Summary): void;
  /** Takes all of a meeting's rows out; before its place changes or it is deleted. */
  removeMeeting(meeting: number): void;
}

/** Calls are made inside the caller's transaction. */
export function openSearchIndex(db: Db): SearchIndex {
  const place = db.prepare<[number, number], { place: number }>(
    `SELECT coalesce(max(place) + 1, ? << ${slotBits}) AS place FROM meetings WHERE place >> ${slotBits} = ?`,
  );
  const insert = db.prepare<[number, string, string | null, number]>(
    `INSERT INTO passages (rowid, text, segment) SELECT (place << ${positionBits}) | ?, ?, ? FROM meetings WHERE number = ?`,
  );
  const remove = db.prepare<{ meeting: number; from: number; to: number }>(
    `DELETE FROM passages WHERE
       rowid >= (SELECT (place << ${positionBits}) | :from FROM meetings WHERE number = :meeting) AND
       rowid <= (SELECT (place << ${positionBits}) | :to FROM meetings WHERE number = :meeting)`,
  );
  // Rows count down from the highest number, so a later position is a lower one.
  const removeSegments = (meeting: number) =>
    remove.run({ meeting, from: lastPosition - summaryStart + 1, to: lastPosition });
  function insertSegment(meeting: number, position: number, segment: Segment): void {
    if (position >= summaryStart || segment.text === "") return;
    insert.run(lastPosition - position, plainText(segment.text), segment.id, meeting);
  }
  const removeSummary = (meeting: number) => remove.run({ meeting, from: 0, to: lastPosition - summaryStart });

  return {
    placeFor(recordedAt, createdAt) {
      const timeMs = [Date.parse(recordedAt), Date.parse(createdAt)].find(Number.isFinite) ?? 0;
      const minute = Math.min(Math.max(Math.floor(timeMs / 60_000), 0), 2 ** minuteBits - 1);
      return place.get(minute, minute)?.place ?? 0;
    },
    indexSegments(meeting, segments) {
      removeSegments(meeting);
      segments.forEach((segment, position) => insertSegment(meeting, position, segment));
    },
    indexSegment(meeting, position, segment) {
      if (position >= summaryStart) return;
      remove.run({ meeting, from: lastPosition - position, to: lastPosition - position });
      insertSegment(meeting, position, segment);
    },
    indexSummary(meeting, summary) {
      removeSummary(meeting);
      const items = [...summary.sections.flatMap((section) => section.items), ...summary.unplaced];
      items.forEach((item, position) => {
        if (item.text === "") return;
        insert.run(lastPosition - summaryStart - position, plainText(item.text), item.segments[0] ?? null, meeting);
      });
    },
    removeMeeting(meeting) {
      removeSegments(meeting);
      removeSummary(meeting);
    },
  };
}

/** Pages written in one go while purging: the store's own thread waits no longer than such a step takes. */
const purgePages = 64;

/**
 * Takes deleted words out of the index for good. FTS5 only marks them at first, which takes milliseconds where its
 * own "secure-delete" took ten seconds for a long meeting among six million words; merging all parts drops them.
 */
export function purgeIndex(db: Db): void {
  const merge = db.prepare<[number]>("INSERT INTO passages (passages, rank) VALUES ('merge', ?)");
  const changes = db.prepare<[], { count: number }>("SELECT total_changes() AS count");
  const step = (pages: number) => {
    const before = changes.get()?.count ?? 0;
    merge.run(pages);
    return (changes.get()?.count ?? 0) - before;
  };
  // The sign starts a merge of everything; fewer than two changes is FTS5's documented sign that it is done.
  for (let done = step(-purgePages); done >= 2;) done = step(purgePages);
}
