// What is kept about recordings beside their sound. Runs in the store's worker thread.
import { randomUUID } from "node:crypto";
import { type RecordingRecord, recordingRecordSchema } from "../recorded.ts";
import type { Corrections } from "./corrections.ts";
import type { Db } from "./database.ts";
import { deletionNoter } from "./deletion-note.ts";
import { meetingNumbers } from "./meetings.ts";
import type { SearchIndex } from "./search-index.ts";
import type { MeetingId } from "./types.ts";

export function recordingCalls(
  db: Db,
  index: SearchIndex,
  reindex: (meeting: number) => void,
  corrections: Pick<Corrections, "cutFrom">,
) {
  const numberOf = meetingNumbers(db);
  const get = db.prepare<[string], { record: string }>(
    "SELECT record FROM recordings JOIN meetings ON number = meeting WHERE id = ?",
  );
  const put = db.prepare<[number, string]>(
    "INSERT INTO recordings (meeting, record) VALUES (?, ?) ON CONFLICT (meeting) DO UPDATE SET record = excluded.record",
  );
  const running = db.prepare<[], { id: string }>(
    `SELECT id FROM recordings JOIN meetings ON number = meeting
     WHERE record ->> 'endedBy' IS NULL
       OR EXISTS (SELECT 1 FROM json_each(record, '$.strikes') WHERE NOT value ->> 'done')`,
  );
  const dropSegments = db.prepare<[number, number]>("DELETE FROM segments WHERE meeting = ? AND end_ms > ?");
  const touch = db.prepare<[string, number]>("UPDATE transcripts SET revision = ? WHERE meeting = ?");
  const dropSummaries = db.prepare<[number]>("DELETE FROM summaries WHERE meeting = ?");
  const dropArtefacts = db.prepare<[number]>(
    "DELETE FROM artefacts WHERE job IN (SELECT number FROM jobs WHERE meeting = ?)",
  );
  const noteDeletion = deletionNoter(db);
  return {
    withdrawFrom: db.transaction((id: MeetingId, fromMs: number): void => {
      const meeting = numberOf(id);
      index.removeMeeting(meeting);
      dropSegments.run(meeting, fromMs);
      corrections.cutFrom(meeting, fromMs);
      touch.run(randomUUID(), meeting);
      dropSummaries.run(meeting);
      dropArtefacts.run(meeting);
      reindex(meeting);
      noteDeletion();
    }),
    saveRecording(id: MeetingId, record: RecordingRecord): void {
      // Composed letters, as everything that is looked for.
      put.run(numberOf(id), JSON.stringify(record).normalize("NFC"));
    },
    /** Null for a meeting that was not recorded here. */
    getRecording(id: MeetingId): RecordingRecord | null {
      const row = get.get(id);
      return row === undefined ? null : recordingRecordSchema.parse(JSON.parse(row.record));
    },
    /** Recordings that never ended, as a crash leaves them, or that something is yet to be struck from. */
    listRunningRecordings: (): readonly MeetingId[] => running.all().map(({ id }) => id),
  };
}
