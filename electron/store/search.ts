// Full-text search over transcripts and latest summaries. Runs in the store's worker thread.
import type { Db } from "./database.ts";
import { isSummaryRow, matchEnd, matchStart, positionBits } from "./search-index.ts";
import { toFullTextQuery } from "./search-query.ts";
import type { SearchHit } from "./types.ts";

const maxHits = 1000;
const snippetWords = 32;
const maxPassageLength = 600;

interface Row {
  readonly meetingId: string;
  readonly title: string;
  readonly recordedAt: string;
  readonly low: number;
  readonly segment: string | null;
  readonly passage: string;
}

export function searchCalls(db: Db) {
  // CROSS JOIN keeps the index outermost: its order is the answer's, and reading stops at the limit.
  const find = db.prepare<[string, number], Row>(`
    SELECT meetings.id AS meetingId, title, recorded_at AS recordedAt,
      passages.rowid & ${2 ** positionBits - 1} AS low, segment,
      snippet(passages, 0, '${matchStart}', '${matchEnd}', '…', ${snippetWords}) AS passage
    FROM passages CROSS JOIN meetings ON meetings.place = passages.rowid >> ${positionBits}
    WHERE passages MATCH ? ORDER BY passages.rowid DESC LIMIT ?`);

  return {
    search(query: string, limit: number): readonly SearchHit[] {
      const fullText = toFullTextQuery(query);
      if (fullText === null) return [];
      const count = Math.min(Math.max(Math.trunc(limit), 0), maxHits);
      return find.all(fullText, count).map(({ low, segment, passage, ...meeting }) => ({
        ...meeting,
        in: isSummaryRow(low) ? ("summary" as const) : ("transcript" as const),
        segmentId: segment,
        passage: boundPassage(passage),
      }));
    },
  };
}

/** A passage without spaces can be of any length: the part around the first match is kept, its marks in pairs. */
export function boundPassage(passage: string): string {
  if (passage.length <= maxPassageLength) return passage;
  const match = Math.max(passage.indexOf(matchStart), 0);
  const start = Math.max(0, Math.min(match - 100, passage.length - maxPassageLength));
  const part = passage.slice(start, start + maxPassageLength).toWellFormed();
  const open = part.lastIndexOf(matchStart) > part.lastIndexOf(matchEnd);
  return `${start > 0 ? "…" : ""}${part}${open ? matchEnd : ""}${start + maxPassageLength < passage.length ? "…" : ""}`;
}
