// Meetings: the rows everything else hangs on. Runs in the store's worker thread.
import { randomUUID } from "node:crypto";
import { type ErrorData, LyssnaError } from "../errors.ts";
import type { Db } from "./database.ts";
import { deletionNoter } from "./deletion-note.ts";
import { reportSources } from "./reports.ts";
import type { SearchIndex } from "./search-index.ts";
import type { Meeting, MeetingId, MeetingPatch, MeetingStatus, NewMeeting } from "./types.ts";

interface Row {
  readonly id: string;
  readonly title: string;
  readonly createdAt: string;
  readonly recordedAt: string;
  readonly language: string;
  readonly durationMs: number;
  readonly status: MeetingStatus;
  readonly caseReference: string;
  readonly demonstration: number;
  readonly hasSound: number;
  readonly recovered: number;
  readonly error: string | null;
}

const columns = `id, title, created_at AS createdAt, recorded_at AS recordedAt, language, duration_ms AS durationMs,
  status, case_reference AS caseReference, demonstration, has_sound AS hasSound, recovered, error`;

const toMeeting = ({ recovered, ...row }: Row): Meeting => ({
  ...row,
  demonstration: row.demonstration === 1,
  hasSound: row.hasSound === 1,
  error: row.error === null ? null : (JSON.parse(row.error) as ErrorData),
  ...(recovered === 1 ? { recovered: true } : {}),
});

const withSources = (meeting: Meeting, sources: Meeting["sources"] = []): Meeting =>
  sources.length === 0 ? meeting : { ...meeting, sources };

/** The row number of a meeting. Throws not-found. */
export function meetingNumbers(db: Db): (id: MeetingId) => number {
  const find = db.prepare<[string], { number: number }>("SELECT number FROM meetings WHERE id = ?");
  return (id) => {
    const row = find.get(id);
    if (row === undefined) throw new LyssnaError("not-found");
    return row.number;
  };
}

export function meetingCalls(db: Db, index: SearchIndex, reindex: (meeting: number) => void, now: () => Date) {
  const numberOf = meetingNumbers(db);
  const list = db.prepare<[], Row>(`SELECT ${columns} FROM meetings ORDER BY place DESC`);
  const get = db.prepare<[string], Row>(`SELECT ${columns} FROM meetings WHERE id = ?`);
  const insert = db.prepare(`
    INSERT INTO meetings (id, title, created_at, recorded_at, language, duration_ms, status, demonstration, place,
      fingerprint)
    VALUES (:id, :title, :createdAt, :recordedAt, :language, :durationMs, :status, :demonstration, :place, :fingerprint)`);
  const byFingerprint = db.prepare<[string], { id: string }>(
    "SELECT id FROM meetings WHERE fingerprint = ? AND status <> 'failed' ORDER BY number DESC LIMIT 1",
  );
  const update = db.prepare(`
    UPDATE meetings SET title = :title, recorded_at = :recordedAt, language = :language, duration_ms = :durationMs,
      status = :status, case_reference = :caseReference, demonstration = :demonstration, has_sound = :hasSound,
      recovered = :recovered,
      error = :error
    WHERE id = :id`);
  const move = db.prepare<[number, number]>("UPDATE meetings SET place = ? WHERE number = ?");
  const remove = db.prepare<[number]>("DELETE FROM meetings WHERE number = ?");
  const noteDeletion = deletionNoter(db);
  const sources = reportSources(db);

  function getMeeting(id: MeetingId): Meeting {
    const row = get.get(id);
    if (row === undefined) throw new LyssnaError("not-found");
    return withSources(toMeeting(row), sources.ofOne(id));
  }

  function createMeeting(meeting: NewMeeting): Meeting {
    const id = randomUUID();
    const createdAt = now().toISOString();
    insert.run({
      id,
      title: meeting.title,
      createdAt,
      recordedAt: meeting.recordedAt,
      language: meeting.language,
      durationMs: Math.round(meeting.durationMs ?? 0),
      status: meeting.status ?? "waiting",
      demonstration: meeting.demonstration === true ? 1 : 0,
      place: index.placeFor(meeting.recordedAt, createdAt),
      fingerprint: meeting.fingerprint ?? null,
    });
    return getMeeting(id);
  }

  return {
    listMeetings(): readonly Meeting[] {
      const ofReports = sources.ofAll();
      return list.all().map((row) => withSources(toMeeting(row), ofReports.get(row.id) ?? []));
    },
    getMeeting,
    findFingerprint(fingerprint: string): Meeting | null {
      const row = byFingerprint.get(fingerprint);
      return row === undefined ? null : getMeeting(row.id);
    },
    createMeeting: db.transaction(createMeeting),
    createReport: db.transaction((report: NewMeeting, meetings: readonly MeetingId[]): Meeting => {
      const { id } = createMeeting(report);
      sources.keep(numberOf(id), meetings);
      return getMeeting(id);
    }),
    updateMeeting: db.transaction((id: MeetingId, patch: MeetingPatch): Meeting => {
      const before = getMeeting(id);
      const after = { ...before, ...patch };
      const { createdAt, sources: _, ...values } = after;
      update.run({
        ...values,
        durationMs: Math.round(after.durationMs),
        demonstration: after.demonstration ? 1 : 0,
        hasSound: after.hasSound ? 1 : 0,
        recovered: after.recovered === true ? 1 : 0,
        error: after.error === null ? null : JSON.stringify(after.error),
      });
      if (after.recordedAt !== before.recordedAt) {
        const number = numberOf(id);
        index.removeMeeting(number);
        move.run(index.placeFor(after.recordedAt, createdAt), number);
        reindex(number);
      }
      return getMeeting(id);
    }),
    deleteMeeting: db.transaction((id: MeetingId): void => {
      const number = numberOf(id);
      index.removeMeeting(number);
      remove.run(number);
      noteDeletion();
    }),
  };
}
