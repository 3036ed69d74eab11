// Summaries with their versions. Runs in the store's worker thread.
import { randomUUID } from "node:crypto";
import { LyssnaError } from "../errors.ts";
import type { Summary } from "../formats.ts";
import type { Db } from "./database.ts";
import { meetingNumbers } from "./meetings.ts";
import { summaryWithoutTitles } from "./protected.ts";
import type { SearchIndex } from "./search-index.ts";
import type { MeetingId, SummaryId, SummaryVersion } from "./types.ts";

interface Row extends Pick<SummaryVersion, "id" | "version" | "createdAt" | "state"> {
  readonly summary: string;
  readonly savedAt: string | null;
  readonly approvedAt: string | null;
  readonly approvedBy: string | null;
}

const columns =
  "id, version, created_at AS createdAt, state, summary, saved_at AS savedAt, approved_at AS approvedAt, approved_by AS approvedBy";

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
  const add = db.prepare<
    { meeting: number; summary: string; savedAt: string | null } & Omit<Row, "version" | "summary">
  >(`
    INSERT INTO summaries (meeting, version, id, created_at, state, summary, saved_at, approved_at, approved_by)
    SELECT :meeting, coalesce(max(version), 0) + 1, :id, :createdAt, :state, :summary, :savedAt, :approvedAt, :approvedBy
    FROM summaries WHERE meeting = :meeting`);
  const rewrite = db.prepare<{ id: string; summary: string; savedAt: string }>(
    "UPDATE summaries SET summary = :summary, saved_at = :savedAt WHERE id = :id",
  );
  const protection = db.prepare<[string], { title: string | null }>(
    "SELECT protected_title AS title FROM meetings WHERE id = ?",
  );
  function toVersion(meetingId: MeetingId): (row: Row) => SummaryVersion {
    const title = protection.get(meetingId)?.title ?? null;
    return ({ savedAt, approvedAt, approvedBy, ...row }) => {
      const summary = JSON.parse(row.summary) as Summary;
      return {
        ...row,
        meetingId,
        summary: title === null ? summary : summaryWithoutTitles(summary, title),
        ...(savedAt === null ? {} : { savedAt }),
        ...(approvedAt === null ? {} : { approvedAt }),
        ...(approvedBy === null ? {} : { approvedBy }),
      };
    };
  }

  function latestSummary(id: MeetingId): SummaryVersion | null {
    const row = latest.get(numberOf(id));
    return row === undefined ? null : toVersion(id)(row);
  }

  function newest(id: MeetingId): SummaryVersion {
    const added = latestSummary(id);
    if (added === null) throw new LyssnaError("unexpected");
    return added;
  }

  function currentOf(id: MeetingId, base: SummaryId): SummaryVersion {
    const current = newest(id);
    if (current.id !== base) throw new LyssnaError("summary-moved");
    return current;
  }

  /**
   * Keeps the time at which the engine made it, or all of it was last checked: by that one tells what has been said or
   * corrected since.
   */
  function addAfter(
    meeting: number,
    { createdAt }: SummaryVersion,
    next: { state: "edited" | "approved"; summary: Summary; savedAt: string; by?: string },
  ): void {
    add.run({
      meeting,
      id: randomUUID(),
      createdAt,
      state: next.state,
      summary: JSON.stringify(next.summary),
      savedAt: next.savedAt,
      approvedAt: next.by === undefined ? null : next.savedAt,
      approvedBy: next.by ?? null,
    });
  }

  return {
    addSummary: db.transaction((id: MeetingId, summary: Summary): SummaryVersion => {
      const meeting = numberOf(id);
      add.run({
        meeting,
        id: randomUUID(),
        createdAt: now().toISOString(),
        summary: JSON.stringify(summary),
        state: "draft",
        savedAt: null,
        approvedAt: null,
        approvedBy: null,
      });
      index.indexSummary(meeting, summary);
      return newest(id);
    }),
    /**
     * What a person made of the latest version. One round of editing is one version: edits go into it until it is
     * approved or made anew; `asNew` begins another, and so does one that was checked against the transcript as it is
     * now. Throws summary-moved where `base` is not the latest any more.
     */
    saveReview: db.transaction(
      (id: MeetingId, base: SummaryId, summary: Summary, asNew: boolean | "checked"): SummaryVersion => {
        const meeting = numberOf(id);
        const current = currentOf(id, base);
        const savedAt = now().toISOString();
        const since = asNew === "checked" ? { ...current, createdAt: savedAt } : current;
        if (current.state === "edited" && asNew === false)
          rewrite.run({ id: base, summary: JSON.stringify(summary), savedAt });
        else addAfter(meeting, since, { state: "edited", summary, savedAt });
        index.indexSummary(meeting, summary);
        return newest(id);
      },
    ),
    /** A new version, approved; what was approved is what stood in `base`. */
    approveSummary: db.transaction((id: MeetingId, base: SummaryId, name: string): SummaryVersion => {
      const current = currentOf(id, base);
      const at = now().toISOString();
      addAfter(numberOf(id), current, { state: "approved", summary: current.summary, savedAt: at, by: name });
      return newest(id);
    }),
    /** Newest first. */
    listSummaries: (id: MeetingId): readonly SummaryVersion[] => list.all(numberOf(id)).map(toVersion(id)),
    latestSummary,
  };
}
