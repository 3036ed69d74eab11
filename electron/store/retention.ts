// What the rules for gallring ask of meetings, and what they take away. Runs in the store's worker thread. The sound is
// the sound store's to delete.
import { randomUUID } from "node:crypto";
import type { RetentionPart } from "../retention-rules.ts";
import { recordingRecordSchema } from "../recorded.ts";
import type { Corrections } from "./corrections.ts";
import type { Db } from "./database.ts";
import { goneNoter } from "./deletion-note.ts";
import { meetingNumbers } from "./meetings.ts";
import type { SearchIndex } from "./search-index.ts";
import type { TranscriptRows } from "./transcript-rows.ts";
import type { MeetingId, MeetingStatus, RetentionFacts } from "./types.ts";

interface Row {
  readonly id: string;
  readonly createdAt: string;
  readonly status: MeetingStatus;
  readonly hasSound: number;
  readonly hasTranscript: number;
  readonly hasSummary: number;
  readonly hasOriginal: number;
  readonly templateId: string | null;
  readonly transcribedAt: string | null;
  readonly approvedAt: string | null;
  readonly caseOpen: number;
  readonly caseClosedAt: string | null;
  readonly keptUntil: string | null;
  readonly keptReason: string;
}

const toFacts = (row: Row): RetentionFacts => ({
  ...row,
  hasSound: row.hasSound === 1,
  hasTranscript: row.hasTranscript === 1,
  hasSummary: row.hasSummary === 1,
  hasOriginal: row.hasOriginal === 1,
  caseOpen: row.caseOpen === 1,
});

interface RetentionParts {
  readonly index: SearchIndex;
  readonly rows: TranscriptRows;
  readonly corrections: Corrections;
  readonly reindex: (meeting: number) => void;
  readonly now: () => Date;
}

export function retentionCalls(db: Db, { index, rows, corrections, reindex, now }: RetentionParts) {
  const numberOf = meetingNumbers(db);
  const select = `
    SELECT meetings.id, meetings.created_at AS createdAt, status, has_sound AS hasSound, transcribed_at AS transcribedAt,
      case_open AS caseOpen, case_closed_at AS caseClosedAt, kept_until AS keptUntil, kept_reason AS keptReason,
      EXISTS (SELECT 1 FROM segments WHERE segments.meeting = number) AS hasTranscript,
      latest.version IS NOT NULL AS hasSummary,
      CASE latest.state WHEN 'approved' THEN latest.approved_at END AS approvedAt,
      fingerprint IS NOT NULL OR EXISTS (SELECT 1 FROM originals WHERE originals.meeting = number) AS hasOriginal,
      coalesce(
        latest.summary ->> '$.template.id',
        (SELECT nullif(record ->> 'templateId', '') FROM recordings WHERE recordings.meeting = number)
      ) AS templateId
    FROM meetings LEFT JOIN summaries AS latest ON latest.meeting = number
      AND latest.version = (SELECT max(version) FROM summaries WHERE summaries.meeting = number)`;
  const all = db.prepare<[], Row>(select);
  const one = db.prepare<[string], Row>(`${select} WHERE meetings.id = ?`);
  const setCase = db.prepare<[number, string | null, number]>(
    "UPDATE meetings SET case_open = ?, case_closed_at = ? WHERE number = ?",
  );
  const setKept = db.prepare<[string | null, string, number]>(
    "UPDATE meetings SET kept_until = ?, kept_reason = ? WHERE number = ?",
  );
  const silent = db.prepare<[number]>("UPDATE meetings SET has_sound = 0 WHERE number = ?");
  const bareHead = db.prepare<[string, string, number]>(
    "UPDATE transcripts SET revision = ?, rest = ? WHERE meeting = ?",
  );
  const dropRejected = db.prepare<[number]>("DELETE FROM rejected_terms WHERE meeting = ?");
  const dropMasking = db.prepare<[number]>("DELETE FROM mask_choices WHERE meeting = ?");
  const dropSummaries = db.prepare<[number]>("DELETE FROM summaries WHERE meeting = ?");
  const dropOriginal = db.prepare<[number]>("DELETE FROM originals WHERE meeting = ?");
  const dropFingerprint = db.prepare<[number]>("UPDATE meetings SET fingerprint = NULL WHERE number = ?");
  const dropArtefacts = db.prepare<[number]>(
    "DELETE FROM artefacts WHERE job IN (SELECT number FROM jobs WHERE meeting = ?)",
  );
  const blankPaths = db.prepare<[number]>(
    `UPDATE jobs SET task = json_set(task, '$.sourcePath', '')
     WHERE meeting = ? AND state NOT IN ('queued', 'running') AND task ->> 'sourcePath' IS NOT NULL`,
  );
  const setStatus = db.prepare<[MeetingStatus, number]>("UPDATE meetings SET status = ? WHERE number = ?");
  const getRecord = db.prepare<[number], { record: string }>("SELECT record FROM recordings WHERE meeting = ?");
  const putRecord = db.prepare<[string, number]>("UPDATE recordings SET record = ? WHERE meeting = ?");
  const noteDeletion = goneNoter(db);

  /** What somebody wrote on a mark is said of that moment; the moment itself is not. */
  function blankMarks(meeting: number): void {
    const row = getRecord.get(meeting);
    if (row === undefined) return;
    const record = recordingRecordSchema.parse(JSON.parse(row.record));
    putRecord.run(JSON.stringify({ ...record, marks: record.marks.map((mark) => ({ ...mark, label: "" })) }), meeting);
  }

  const take: Readonly<Record<RetentionPart, (meeting: number) => void>> = {
    sound(meeting) {
      silent.run(meeting);
      // What a job has heard so far is the sound in other words.
      dropArtefacts.run(meeting);
    },
    transcript(meeting) {
      rows.writeAll(meeting, []);
      rows.replaceSpeakers(meeting, []);
      bareHead.run(randomUUID(), JSON.stringify({ lyssna: "transcript/1" }), meeting);
      corrections.clear(meeting);
      dropRejected.run(meeting);
      dropMasking.run(meeting);
      dropArtefacts.run(meeting);
      blankMarks(meeting);
    },
    summary(meeting) {
      dropSummaries.run(meeting);
    },
    original(meeting) {
      dropOriginal.run(meeting);
      dropFingerprint.run(meeting);
      blankPaths.run(meeting);
    },
  };

  return {
    listRetentionFacts: (): readonly RetentionFacts[] => all.all().map(toFacts),
    setCaseOpen(id: MeetingId, open: boolean): void {
      setCase.run(open ? 1 : 0, open ? null : now().toISOString(), numberOf(id));
    },
    /** Null takes it back. */
    keepUntil(id: MeetingId, kept: { readonly until: string; readonly reason: string } | null): void {
      setKept.run(kept?.until ?? null, kept?.reason ?? "", numberOf(id));
    },
    /** Takes parts of a meeting away for good: rows, history, what jobs kept, index. */
    takeAway: db.transaction((id: MeetingId, parts: readonly RetentionPart[]): void => {
      const meeting = numberOf(id);
      index.removeMeeting(meeting);
      for (const part of parts) take[part](meeting);
      reindex(meeting);
      const facts = one.get(id);
      if (facts?.hasSummary === 0 && facts.hasTranscript === 1) setStatus.run("transcribed", meeting);
      noteDeletion();
    }),
  };
}
