// Transcripts: segments and speakers. Runs in the store's worker thread.
import { randomUUID } from "node:crypto";
import { LyssnaError } from "../errors.ts";
import type { Segment, Speaker, Transcript } from "../formats.ts";
import type { Corrections } from "./corrections.ts";
import type { Db } from "./database.ts";
import { meetingNumbers } from "./meetings.ts";
import { isProtected, keepNames, shownTitle, withoutName } from "./protected.ts";
import type { TranscriptRows } from "./transcript-rows.ts";
import type { Hunk, MeetingId, SegmentEdit } from "./types.ts";

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

interface HeadRow {
  readonly revision: string;
  readonly language: string;
  readonly durationMs: number;
  readonly rest: string;
  readonly title: string;
  readonly recordedAt: string;
  readonly protected: number;
}

export function transcriptCalls(db: Db, rows: TranscriptRows, corrections: Corrections, now: () => Date) {
  const numberOf = meetingNumbers(db);
  const findHead = db.prepare<[number], HeadRow>(`
    SELECT revision, transcripts.language, transcripts.duration_ms AS durationMs, rest,
      ${shownTitle("meetings")} AS title, ${isProtected("meetings")} AS protected, recorded_at AS recordedAt
    FROM transcripts JOIN meetings ON number = meeting WHERE meeting = ?`);
  const saveHead = db.prepare<[number, string, string, number, string]>(
    "INSERT OR REPLACE INTO transcripts (meeting, revision, language, duration_ms, rest) VALUES (?, ?, ?, ?, ?)",
  );
  const noteTime = db.prepare<[string, number]>("UPDATE meetings SET transcribed_at = ? WHERE number = ?");
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
      const { speakers, language, durationMs, title: _title, recordedAt: _at, ...rest } = head;
      saveHead.run(meeting, randomUUID(), language, durationMs, JSON.stringify(rest));
      noteTime.run(now().toISOString(), meeting);
      rows.replaceSpeakers(meeting, speakers);
      rows.writeAll(meeting, segments);
      // What was changed in another text cannot be taken back in this one.
      corrections.clear(meeting);
    }),
    /** New words for some segments, as one correction. What the recogniser wrote stays as `original`. */
    editSegments: db.transaction((id: MeetingId, edits: readonly SegmentEdit[]): number => {
      const meeting = numberOf(id);
      if (findHead.get(meeting) === undefined) throw new LyssnaError("not-found");
      const hunks: Hunk[] = [];
      for (const { id: segmentId, before, text, words } of edits) {
        const position = rows.positionOf(meeting, segmentId);
        const [segment] = position === null ? [] : rows.at(meeting, position, 1);
        if (segment === undefined || segment.text !== before || text === before) continue;
        const more = words === undefined ? {} : { words: [...words] };
        hunks.push({ before: [segment], after: [{ ...segment, text, original: segment.original ?? before, ...more }] });
      }
      if (hunks.length > 0) corrections.make(meeting, { kind: "glossary", hunks });
      return hunks.length;
    }),
    transcriptHead: db.transaction((id: MeetingId): TranscriptHead => {
      const meeting = numberOf(id);
      const row = findHead.get(meeting);
      if (row === undefined) throw new LyssnaError("not-found");
      const { revision, language, durationMs, rest, title, recordedAt } = row;
      const speakers = rows.speakers(meeting);
      return {
        revision,
        head: {
          ...(JSON.parse(rest) as Pick<Transcript, "lyssna">),
          title,
          language,
          recordedAt,
          durationMs,
          speakers: row.protected === 1 ? speakers.map(withoutName) : [...speakers],
        },
      };
    }),
    segmentPage: db.transaction((id: MeetingId, from: number): SegmentPage => {
      const meeting = numberOf(id);
      const segments = rows.at(meeting, from, pageSegments);
      return {
        revision: findHead.get(meeting)?.revision ?? null,
        segments,
        next: segments.length < pageSegments ? null : from + pageSegments,
      };
    }),
    saveSpeakers: db.transaction((id: MeetingId, list: readonly Speaker[]): void => {
      const meeting = numberOf(id);
      const before = rows.speakers(meeting);
      const after = findHead.get(meeting)?.protected === 1 ? keepNames(list, before) : list;
      corrections.make(meeting, { kind: "speakers", hunks: [], speakers: { before, after } });
    }),
  };
}
