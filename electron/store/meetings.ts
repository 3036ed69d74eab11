// Meetings: the rows everything else hangs on. Runs in the store's worker thread.
import { randomUUID } from "node:crypto";
import { type ErrorData, LyssnaError } from "../errors.ts";
import type { Db } from "./database.ts";
import { goneNoter } from "./deletion-note.ts";
import { plainText } from "./plain-text.ts";
import { isProtected, shownTitle, withoutFile } from "./protected.ts";
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
  readonly templateId: string | null;
  readonly templateTitle: string | null;
  readonly protected: number;
}

const columns = `id, ${shownTitle("meetings")} AS title, ${isProtected("meetings")} AS protected,
  template_id AS templateId, template_title AS templateTitle, created_at AS createdAt, recorded_at AS recordedAt, language, duration_ms AS durationMs,
  status, case_reference AS caseReference, demonstration, has_sound AS hasSound, recovered, error`;

function toMeeting({ recovered, templateId, templateTitle, protected: hidden, ...row }: Row): Meeting {
  const error = row.error === null ? null : (JSON.parse(row.error) as ErrorData);
  return {
    ...row,
    demonstration: row.demonstration === 1,
    hasSound: row.hasSound === 1,
    error: error !== null && hidden === 1 ? withoutFile(error, row.title) : error,
    ...(recovered === 1 ? { recovered: true } : {}),
    ...(templateId === null ? {} : { template: { id: templateId, title: templateTitle ?? templateId } }),
    ...(hidden === 1 ? { protectedIdentity: true } : {}),
  };
}

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
    INSERT INTO meetings (id, title, protected_title, created_at, recorded_at, language, duration_ms, status,
      demonstration, place, fingerprint)
    VALUES (:id, :title, :protectedTitle, :createdAt, :recordedAt, :language, :durationMs, :status, :demonstration,
      :place, :fingerprint)`);
  const byFingerprint = db.prepare<[string], { id: string }>(
    "SELECT id FROM meetings WHERE fingerprint = ? AND status <> 'failed' ORDER BY number DESC LIMIT 1",
  );
  const update = db.prepare(`
    UPDATE meetings SET title = CASE WHEN protected_title IS NULL THEN :title ELSE title END,
      protected_title = CASE WHEN protected_title IS NULL THEN NULL ELSE :title END, recorded_at = :recordedAt, language = :language, duration_ms = :durationMs,
      status = :status, case_reference = :caseReference, demonstration = :demonstration, has_sound = :hasSound,
      recovered = :recovered,
      error = :error
    WHERE id = :id`);
  const move = db.prepare<[number, number]>("UPDATE meetings SET place = ? WHERE number = ?");
  const remove = db.prepare<[number]>("DELETE FROM meetings WHERE number = ?");
  const setCase = db.prepare<[string, string]>("UPDATE meetings SET case_reference = ? WHERE id = ?");
  const protect = db.prepare<[string | null, string]>("UPDATE meetings SET protected_title = ? WHERE id = ?");
  const noteDeletion = goneNoter(db);
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
      title: plainText(meeting.title),
      protectedTitle: meeting.protectedTitle === undefined ? null : plainText(meeting.protectedTitle),
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
      const {
        createdAt,
        sources: _sources,
        template: _template,
        protectedIdentity: _protected,
        retention: _retention,
        ...values
      } = after;
      update.run({
        ...values,
        title: plainText(after.title),
        caseReference: plainText(after.caseReference),
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
    setCaseReference: db.transaction((ids: readonly MeetingId[], caseReference: string): void => {
      for (const id of ids) setCase.run(plainText(caseReference), id);
    }),
    protectIdentity: db.transaction((titles: ReadonlyMap<MeetingId, string | null>): void => {
      for (const [id, title] of titles) {
        protect.run(title === null ? null : plainText(title), id);
        sources.rename(id);
      }
    }),
    deleteMeeting: db.transaction((id: MeetingId): void => {
      const number = numberOf(id);
      index.removeMeeting(number);
      remove.run(number);
      noteDeletion();
    }),
  };
}
