// Summaries with their versions. Runs in the store's worker thread.
import { randomUUID } from "node:crypto";
import { LyssnaError } from "../errors.ts";
import type { Summary } from "../formats.ts";
import type { Db } from "./database.ts";
import { meetingNumbers } from "./meetings.ts";
import type { SearchIndex } from "./search-index.ts";
import type { MeetingId, SummaryVersion } from "./types.ts";

interface Row extends Omit<SummaryVersion, "summary" | "meetingId"> {
  readonly summary: string;
}

const columns = "id, version, created_at AS createdAt, state, summary";

/** The latest summary of a meeting by its row number, for the index. */
export function latestSummaryOf(db: Db): (meeting: number) => Summary | null {
  const latest = db.prepare<[number], { summary: string }>(
    "SELECT summary FROM summaries WHERE meeting = ? ORDER BY version DESC LIMIT 1",
  );
  return (meeting) => {
    const row = latest.get(meeting);
    return row === undefined ? null : (JSON.parse(row.summary) as Summary);
  };
}

export function summaryCalls(db: Db, index: SearchIndex, now: () => Date) {
  const numberOf = meetingNumbers(db);
  const list = db.prepare<[number], Row>(`SELECT ${columns} FROM summaries WHERE meeting = ? ORDER BY version DESC`);
  const latest = db.prepare<[number], Row>(
    `SELECT ${columns} FROM summaries WHERE meeting = ? ORDER BY version DESC LIMIT 1`,
  );
  const add = db.prepare<{ meeting: number; id: string; createdAt: string; summary: string }>(`
    INSERT INTO summaries (meeting, version, id, created_at, state, summary)
    SELECT :meeting, coalesce(max(version), 0) + 1, :id, :createdAt, 'draft', :summary FROM summaries
    WHERE meeting = :meeting`);
  const toVersion =
    (meetingId: MeetingId) =>
    (row: Row): SummaryVersion => ({ ...row, meetingId, summary: JSON.parse(row.summary) as Summary });

  function latestSummary(id: MeetingId): SummaryVersion | null {
    const row = latest.get(numberOf(id));
    return row === undefined ? null : toVersion(id)(row);
  }

  return {
    addSummary: db.transaction((id: MeetingId, summary: Summary): SummaryVersion => {
      const meeting = numberOf(id);
      add.run({ meeting, id: randomUUID(), createdAt: now().toISOString(), summary: JSON.stringify(summary) });
      index.indexSummary(meeting, summary);
      const added = latestSummary(id);
      if (added === null) throw new LyssnaError("unexpected");
      return added;
    }),
    /** Newest first. */
    listSummaries: (id: MeetingId): readonly SummaryVersion[] => list.all(numberOf(id)).map(toVersion(id)),
    latestSummary,
  };
}
