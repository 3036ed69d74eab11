// What the reports over several meetings were made of. Runs in the store's worker thread.
import { LyssnaError } from "../errors.ts";
import type { Db } from "./database.ts";
import { shownTitle } from "./protected.ts";
import type { MeetingId, ReportSource } from "./types.ts";

interface Row {
  readonly report: string;
  readonly position: number;
  readonly meetingId: string | null;
  readonly title: string;
  readonly recordedAt: string;
}

const select = `SELECT owner.id AS report, position, source.id AS meetingId,
  coalesce(${shownTitle("source")}, report_sources.title) AS title, report_sources.recorded_at AS recordedAt
  FROM report_sources JOIN meetings AS owner ON owner.number = report
  LEFT JOIN meetings AS source ON source.number = report_sources.meeting`;

const toSource = ({ position, meetingId, title, recordedAt }: Row): ReportSource => ({
  id: `m${position}`,
  meetingId,
  title,
  recordedAt,
});

export function reportSources(db: Db) {
  const all = db.prepare<[], Row>(`${select} ORDER BY report, position`);
  const ofOne = db.prepare<[string], Row>(`${select} WHERE owner.id = ? ORDER BY position`);
  const insert = db.prepare<{ report: number; position: number; source: string }>(`
    INSERT INTO report_sources (report, position, meeting, title, recorded_at)
    SELECT :report, :position, number, ${shownTitle("meetings")}, recorded_at FROM meetings WHERE id = :source`);
  const rename = db.prepare<[string]>(`
    UPDATE report_sources SET title = ${shownTitle("meetings")} FROM meetings
    WHERE meetings.id = ? AND report_sources.meeting = meetings.number`);
  return {
    /** By the report's id. */
    ofAll(): ReadonlyMap<MeetingId, readonly ReportSource[]> {
      const sources = new Map<MeetingId, ReportSource[]>();
      for (const row of all.all()) sources.set(row.report, [...(sources.get(row.report) ?? []), toSource(row)]);
      return sources;
    },
    ofOne: (report: MeetingId): readonly ReportSource[] => ofOne.all(report).map(toSource),
    /** A source is called what it is called now, also once it is deleted. */
    rename: (source: MeetingId) => void rename.run(source),
    /** "m1", "m2" … in the order given. Throws not-found for a meeting that is not there. */
    keep(report: number, sources: readonly MeetingId[]): void {
      for (const [at, source] of sources.entries())
        if (insert.run({ report, position: at + 1, source }).changes !== 1) throw new LyssnaError("not-found");
    },
  };
}
