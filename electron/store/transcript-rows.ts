// A transcript's rows: segments by position, speakers, the fields around them, each kept in step with the search index.
// Runs in the store's worker thread, inside the caller's transaction.
import type { Segment, Speaker } from "../formats.ts";
import type { Db } from "./database.ts";
import type { SearchIndex } from "./search-index.ts";

interface SegmentRow {
  readonly id: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly speaker: string | null;
  readonly text: string;
  readonly rest: string | null;
}

interface SpeakerRow {
  readonly id: string;
  readonly name: string | null;
  readonly role: string | null;
  readonly rest: string | null;
}

const segmentColumns = "id, start_ms AS startMs, end_ms AS endMs, speaker, text, rest";

export const restOf = (rest: object): string | null => (Object.keys(rest).length === 0 ? null : JSON.stringify(rest));
export const parseRest = (rest: string | null): object => (rest === null ? {} : (JSON.parse(rest) as object));

const toSegment = ({ speaker, rest, ...row }: SegmentRow): Segment => ({
  ...row,
  ...(speaker === null ? {} : { speaker }),
  ...parseRest(rest),
});

const toSpeaker = ({ id, name, role, rest }: SpeakerRow): Speaker => ({
  id,
  ...(name === null ? {} : { name }),
  ...(role === null ? {} : { role }),
  ...parseRest(rest),
});

/** All segments of a meeting by its row number, for the index. */
export function segmentsOf(db: Db): (meeting: number) => readonly Segment[] {
  const all = db.prepare<[number], SegmentRow>(
    `SELECT ${segmentColumns} FROM segments WHERE meeting = ? ORDER BY position`,
  );
  return (meeting) => all.all(meeting).map(toSegment);
}

export function transcriptRows(db: Db, index: SearchIndex) {
  const all = segmentsOf(db);
  const some = db.prepare<[number, number, number], SegmentRow>(
    `SELECT ${segmentColumns} FROM segments WHERE meeting = ? AND position >= ? ORDER BY position LIMIT ?`,
  );
  const position = db.prepare<[number, string], { position: number }>(
    "SELECT position FROM segments WHERE meeting = ? AND id = ?",
  );
  const clear = db.prepare<[number]>("DELETE FROM segments WHERE meeting = ?");
  const add = db.prepare<[number, number, string, number, number, string | null, string, string | null]>(
    `INSERT INTO segments (meeting, position, id, start_ms, end_ms, speaker, text, rest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (meeting, position) DO UPDATE SET id = excluded.id, start_ms = excluded.start_ms,
       end_ms = excluded.end_ms, speaker = excluded.speaker, text = excluded.text, rest = excluded.rest`,
  );
  const speakers = db.prepare<[number], SpeakerRow>(
    "SELECT id, name, role, rest FROM speakers WHERE meeting = ? ORDER BY position",
  );
  const clearSpeakers = db.prepare<[number]>("DELETE FROM speakers WHERE meeting = ?");
  const addSpeaker = db.prepare<[number, number, string, string | null, string | null, string | null]>(
    "INSERT INTO speakers (meeting, position, id, name, role, rest) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const head = db.prepare<[number], { rest: string }>("SELECT rest FROM transcripts WHERE meeting = ?");
  const setHead = db.prepare<[string, string, number]>(
    "UPDATE transcripts SET revision = ?, rest = ? WHERE meeting = ?",
  );
  const put = (meeting: number, at: number, { id, startMs, endMs, speaker, text, ...more }: Segment) =>
    add.run(meeting, at, id, startMs, endMs, speaker ?? null, text, restOf(more));

  return {
    all,
    at: (meeting: number, from: number, count: number): readonly Segment[] =>
      some.all(meeting, from, count).map(toSegment),
    positionOf: (meeting: number, id: string): number | null => position.get(meeting, id)?.position ?? null,
    writeAll(meeting: number, segments: readonly Segment[]): void {
      clear.run(meeting);
      for (const [at, segment] of segments.entries()) put(meeting, at, segment);
      index.indexSegments(meeting, segments);
    },
    /** `count` rows from a position on become these. */
    replace(meeting: number, from: number, count: number, segments: readonly Segment[]): void {
      if (segments.length !== count) {
        this.writeAll(meeting, all(meeting).toSpliced(from, count, ...segments));
        return;
      }
      for (const [at, segment] of segments.entries()) {
        put(meeting, from + at, segment);
        index.indexSegment(meeting, from + at, segment);
      }
    },
    speakers: (meeting: number): readonly Speaker[] => speakers.all(meeting).map(toSpeaker),
    replaceSpeakers(meeting: number, list: readonly Speaker[]): void {
      clearSpeakers.run(meeting);
      for (const [at, { id, name, role, ...rest }] of list.entries())
        addSpeaker.run(meeting, at, id, name ?? null, role ?? null, restOf(rest));
    },
    /** A transcript that was changed has another revision; one whose words were changed says when. */
    touch(meeting: number, { revision, ...dated }: { readonly revision: string; readonly editedAt?: string }): void {
      const found = head.get(meeting);
      if (found !== undefined) setHead.run(revision, JSON.stringify({ ...parseRest(found.rest), ...dated }), meeting);
    },
  };
}

export type TranscriptRows = ReturnType<typeof transcriptRows>;
