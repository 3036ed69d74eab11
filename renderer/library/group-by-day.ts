// Meetings in the order of a diary: latest first, gathered by day. Pure.
import type { Meeting } from "../../electron/contract.ts";

export interface Day {
  /** YYYY-MM-DD in local time. */
  readonly date: string;
  readonly meetings: readonly Meeting[];
}

/** Groups by the day on which the conversation took place. */
export function groupByDay(meetings: readonly Meeting[]): readonly Day[] {
  const days = new Map<string, Meeting[]>();
  for (const meeting of meetings.toSorted(latestFirst)) {
    const date = localDate(meeting.recordedAt);
    const day = days.get(date);
    if (day) day.push(meeting);
    else days.set(date, [meeting]);
  }
  return [...days].map(([date, ofDay]) => ({ date, meetings: ofDay }));
}

/** The first `count` meetings, with their days. */
export function firstOf(days: readonly Day[], count: number): readonly Day[] {
  const shown: Day[] = [];
  let left = count;
  for (const day of days) {
    if (left <= 0) break;
    shown.push(day.meetings.length <= left ? day : { ...day, meetings: day.meetings.slice(0, left) });
    left -= day.meetings.length;
  }
  return shown;
}

const latestFirst = (a: Meeting, b: Meeting) =>
  timeOf(b.recordedAt) - timeOf(a.recordedAt) || b.createdAt.localeCompare(a.createdAt);

const timeOf = (iso: string) => new Date(iso).getTime() || 0;

function localDate(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso.slice(0, 10);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
