// Transcripts: segments and speakers. Runs in the store's worker thread.
import { randomUUID } from "node:crypto";
import { LyssnaError } from "../errors.ts";
import type { Segment, Speaker, Transcript } from "../formats.ts";
import type { Db } from "./database.ts";
import { meetingNumbers } from "./meetings.ts";
import type { SearchIndex } from "./search-index.ts";
import type { MeetingId, SegmentEdit } from "./types.ts";

/** So few segments, with their words, are packed and unpacked in a few milliseconds: main is never held longer. */
export const pageSegments = 200;

/** A transcript without its segments. */
export type TranscriptFields = Pick<
  Transcript,
  "lyssna" | "title" | "language" | "recordedAt" | "durationMs" | "speakers"
> &
  Readonly<Record<string, unknown>>;

/** The fields, and a token that changes whenever it is saved anew. */
export interface TranscriptHead {
  readonly revision: string;
  readonly head: TranscriptFields;
}

export interface SegmentPage {
  /** Null when the meeting has no transcript. */
  readonly revision: string | null;
  readonly segments: readonly Segment[];
  /** Position to go on from; null at the end. */
  readonly next: number | null;
}

interface SegmentRow {
  readonly id: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly speaker: string | null;
  readonly text: string;
  readonly rest: string | null;
}

interface HeadRow {
  readonly revision: string;
  readonly language: string;
  readonly durationMs: number;
  readonly rest: string;
  readonly title: string;
  readonly recordedAt: string;
}

interface SpeakerRow {
  readonly id: string;
  readonly name: string | null;
  readonly role: string | null;
  readonly rest: string | null;
}

const restOf = (rest: object): string | null => (Object.keys(rest).length === 0 ? null : JSON.stringify(rest));
const parseRest = (rest: string | null): object => (rest === null ? {} : (JSON.parse(rest) as object));

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

const segmentColumns = "id, start_ms AS startMs, end_ms AS endMs, speaker, text, rest";

export function transcriptCalls(db: Db, index: SearchIndex, now: () => Date) {
  const numberOf = meetingNumbers(db);
  const findHead = db.prepare<[number], HeadRow>(`
    SELECT revision, transcripts.language, transcripts.duration_ms AS durationMs, rest, title, recorded_at AS recordedAt
    FROM transcripts JOIN meetings ON number = meeting WHERE meeting = ?`);
  const saveHead = db.prepare<[number, string, string, number, string]>(
    "INSERT OR REPLACE INTO transcripts (meeting, revision, language, duration_ms, rest) VALUES (?, ?, ?, ?, ?)",
  );
  const page = db.prepare<[number, number, number], SegmentRow>(
    `SELECT ${segmentColumns} FROM segments WHERE meeting = ? AND position >= ? ORDER BY position LIMIT ?`,
  );
  const clearSegments = db.prepare<[number]>("DELETE FROM segments WHERE meeting = ?");
  const addSegment = db.prepare<[number, number, string, number, number, string | null, string, string | null]>(
    "INSERT INTO segments (meeting, position, id, start_ms, end_ms, speaker, text, rest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const oneSegment = db.prepare<[number, string], { text: string; rest: string | null }>(
    "SELECT text, rest FROM segments WHERE meeting = ? AND id = ?",
  );
  const setText = db.prepare<[string, string | null, number, string]>(
    "UPDATE segments SET text = ?, rest = ? WHERE meeting = ? AND id = ?",
  );
  const setRest = db.prepare<[string, string, number]>(
    "UPDATE transcripts SET revision = ?, rest = ? WHERE meeting = ?",
  );
  const segmentsOfMeeting = segmentsOf(db);
  const speakers = db.prepare<[number], SpeakerRow>(
    "SELECT id, name, role, rest FROM speakers WHERE meeting = ? ORDER BY position",
  );
  const clearSpeakers = db.prepare<[number]>("DELETE FROM speakers WHERE meeting = ?");
  const addSpeaker = db.prepare<[number, number, string, string | null, string | null, string | null]>(
    "INSERT INTO speakers (meeting, position, id, name, role, rest) VALUES (?, ?, ?, ?, ?, ?)",
  );

  function replaceSpeakers(meeting: number, list: readonly Speaker[]): void {
    clearSpeakers.run(meeting);
    list.forEach(({ id, name, role, ...rest }, position) => {
      addSpeaker.run(meeting, position, id, name ?? null, role ?? null, restOf(rest));
    });
  }

  /** Pages that were handed over, until the transcript they belong to is saved. */
  const handedOver = new Map<string, Segment[]>();

  return {
    handOver(batch: string, segments: readonly Segment[]): void {
      handedOver.set(batch, [...(handedOver.get(batch) ?? []), ...segments]);
    },
    /** Replaces the transcript in one transaction; its segments were handed over under `batch`. */
    saveTranscript: db.transaction((id: MeetingId, head: TranscriptFields, batch: string): void => {
      const segments = handedOver.get(batch) ?? [];
      handedOver.delete(batch);
      const meeting = numberOf(id);
      // Title and date are the meeting's own: there is one place where they can be changed.
      const { speakers: people, language, durationMs, title: _title, recordedAt: _at, ...rest } = head;
      saveHead.run(meeting, randomUUID(), language, durationMs, JSON.stringify(rest));
      replaceSpeakers(meeting, people);
      clearSegments.run(meeting);
      segments.forEach(({ id: segmentId, startMs, endMs, speaker, text, ...more }, position) => {
        addSegment.run(meeting, position, segmentId, startMs, endMs, speaker ?? null, text, restOf(more));
      });
      index.indexSegments(meeting, segments);
    }),
    /**
     * The one place where a transcript's words change after it was made. What the recogniser wrote stays as `original`
     * for good, the search finds the new words, and the transcript says when it was last edited.
     */
    editSegments: db.transaction((id: MeetingId, edits: readonly SegmentEdit[]): number => {
      const meeting = numberOf(id);
      const head = findHead.get(meeting);
      if (head === undefined) throw new LyssnaError("not-found");
      let changed = 0;
      for (const { id: segmentId, before, text, words } of edits) {
        const row = oneSegment.get(meeting, segmentId);
        if (row === undefined || row.text !== before || text === before) continue;
        const rest: Partial<Segment> = parseRest(row.rest);
        const more = { ...rest, original: rest.original ?? before, ...(words === undefined ? {} : { words }) };
        setText.run(text, restOf(more), meeting, segmentId);
        changed += 1;
      }
      if (changed > 0) {
        const rest = { ...parseRest(head.rest), editedAt: now().toISOString() };
        setRest.run(randomUUID(), JSON.stringify(rest), meeting);
        index.indexSegments(meeting, segmentsOfMeeting(meeting));
      }
      return changed;
    }),
    transcriptHead: db.transaction((id: MeetingId): TranscriptHead => {
      const meeting = numberOf(id);
      const row = findHead.get(meeting);
      if (row === undefined) throw new LyssnaError("not-found");
      const { revision, language, durationMs, rest, title, recordedAt } = row;
      return {
        revision,
        head: {
          ...(JSON.parse(rest) as Pick<Transcript, "lyssna">),
          title,
          language,
          recordedAt,
          durationMs,
          speakers: speakers.all(meeting).map(toSpeaker),
        },
      };
    }),
    segmentPage: db.transaction((id: MeetingId, from: number): SegmentPage => {
      const meeting = numberOf(id);
      const segments = page.all(meeting, from, pageSegments).map(toSegment);
      return {
        revision: findHead.get(meeting)?.revision ?? null,
        segments,
        next: segments.length < pageSegments ? null : from + pageSegments,
      };
    }),
    saveSpeakers: db.transaction((id: MeetingId, list: readonly Speaker[]): void => {
      replaceSpeakers(numberOf(id), list);
    }),
  };
}
