// Which meetings a filter leaves, as SQL and as places in the index. Runs in the store's worker thread.
import type { Db } from "./database.ts";
import type { MeetingFilter } from "./types.ts";

/** Of a row of meetings, with the values that `filterValues` gives. */
export const filterCondition = `
  (:statuses IS NULL OR meetings.status IN (SELECT value FROM json_each(:statuses))) AND
  (:templateId IS NULL OR meetings.template_id = :templateId) AND
  (:caseReference IS NULL OR meetings.case_reference = :caseReference) AND
  (:from IS NULL OR date(meetings.recorded_at) >= :from) AND
  (:to IS NULL OR date(meetings.recorded_at) <= :to)`;

export interface FilterValues {
  readonly statuses: string | null;
  readonly templateId: string | null;
  readonly caseReference: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

export const filterValues = ({ statuses, templateId, caseReference, from, to }: MeetingFilter): FilterValues => ({
  statuses: statuses === undefined ? null : JSON.stringify(statuses),
  templateId: templateId ?? null,
  caseReference: caseReference ?? null,
  from: from ?? null,
  to: to ?? null,
});

/** The places of the meetings that a filter leaves, latest first; null where it leaves all. */
export function placesWhere(db: Db): (values: FilterValues) => readonly number[] | null {
  const find = db.prepare<FilterValues, { place: number }>(
    `SELECT place FROM meetings WHERE ${filterCondition} ORDER BY place DESC`,
  );
  return (values) =>
    Object.values(values).every((value) => value === null) ? null : find.all(values).map(({ place }) => place);
}
