// Meetings gathered by day, as a diary has them. Pure.
import type { Meeting } from "../../electron/contract.ts";

export interface Day {
  /** YYYY-MM-DD in local time. */
  readonly date: string;
  readonly meetings: readonly Meeting[];
}

/** Gathers by the day on which the conversation took place; days and meetings stay in the order in which they come. */
export function groupByDay(meetings: readonly Meeting[]): readonly Day[] {
  const days = new Map<string, Meeting[]>();
  for (const meeting of meetings) {
    const date = localDate(meeting.recordedAt);
    const day = days.get(date);
    if (day) day.push(meeting);
    else days.set(date, [meeting]);
  }
  return [...days].map(([date, ofDay]) => ({ date, meetings: ofDay }));
}

export const timeOf = (iso: string): number => Date.parse(iso) || 0;

function localDate(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso.slice(0, 10);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
