// Days of the calendar without a time zone, and the days that "på fredag" and "i juni" mean. Runs anywhere.
import { wordToNumber } from "../language/number-words.ts";
import type { Lexicon } from "../lexicon.ts";

/** A day without a time zone: days since 1970-01-01. */
export type Day = number;
export const dayMs = 86_400_000;
export const toDay = (iso: string): Day | null => {
  const ms = Date.parse(`${iso.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(ms) ? null : Math.round(ms / dayMs);
};
export const toIso = (day: Day): string => new Date(day * dayMs).toISOString().slice(0, 10);
export const weekdayOf = (day: Day): number => new Date(day * dayMs).getUTCDay();
/** Monday is the first day of the week. */
export const endOfWeek = (day: Day): Day => day + ((7 - weekdayOf(day)) % 7);
export const endOfMonth = (year: number, month: number): Day => Math.round(Date.UTC(year, month + 1, 0) / dayMs);
export const isDate = (year: number, month: number, date: number): boolean =>
  new Date(Date.UTC(year, month, date)).getUTCMonth() === month;

export interface Match {
  readonly length: number;
  readonly kind: "day" | "clock" | "repeated";
  readonly due: Day | null;
  readonly weekday?: number;
  /** The last day of the week that is named, where it names one: a weekday beside it is meant within that week. */
  readonly week?: Day | null;
  readonly past?: boolean;
}

export const numberOf = (word: string | undefined, lexicon: Lexicon): number | null => {
  if (word === undefined) return null;
  if (/^\p{Nd}{1,4}$/u.test(word)) return Number(word);
  return wordToNumber(word, lexicon.language);
};

/** The next time that weekday comes; on the day itself, a week later. */
export const nextWeekday = (today: Day | null, weekday: number): Day | null =>
  today === null ? null : today + ((weekday - weekdayOf(today) + 6) % 7) + 1;

export function dateInMonth(
  today: Day | null,
  date: number,
  month: number,
  year: number | null,
  past: boolean,
): Day | null {
  if (today === null && year === null) return null;
  const now = new Date((today ?? 0) * dayMs);
  const wanted = year ?? now.getUTCFullYear();
  if (date < 1 || !isDate(wanted, month, date)) return null;
  const day = Math.round(Date.UTC(wanted, month, date) / dayMs);
  // Without a year: a date more than four months back is meant for next year.
  if (year === null && today !== null && !past && day < today - 120)
    return Math.round(Date.UTC(wanted + 1, month, date) / dayMs);
  return day;
}

/** "den 18": the next such day of a month. */
export function dateAlone(today: Day | null, date: number): Day | null {
  if (today === null || date < 1 || date > 31) return null;
  for (let day = today; day < today + 62; day += 1) if (new Date(day * dayMs).getUTCDate() === date) return day;
  return null;
}

/** "onsdag den 10": the next month in which that day of the month is that weekday; null where none is within a year. */
export function weekdayAndDate(today: Day | null, weekday: number, date: number): Day | null {
  if (today === null) return null;
  for (let day = today; day < today + 366; day += 1)
    if (weekdayOf(day) === weekday && new Date(day * dayMs).getUTCDate() === date) return day;
  return null;
}

export const shift = (today: Day | null, days: number): Day | null => (today === null ? null : today + days);

export const lastWeekday = (today: Day | null, weekday: number): Day | null =>
  today === null ? null : today - ((weekdayOf(today) - weekday + 6) % 7) - 1;

/** The last day of a week by its number (ISO 8601: 4 January is in the first); of next year where it lies far behind. */
export function numberedWeek(today: Day | null, week: number): Day | null {
  if (today === null || week < 1 || week > 53) return null;
  const year = new Date(today * dayMs).getUTCFullYear();
  const inYear = (wanted: number): Day => endOfWeek(Math.round(Date.UTC(wanted, 0, 4) / dayMs)) + 7 * (week - 1);
  const end = inYear(year);
  return end < today - 120 ? inYear(year + 1) : end;
}

export function monthEnd(today: Day | null, month: number): Day | null {
  if (today === null || month < 0) return null;
  const now = new Date(today * dayMs);
  const year = now.getUTCFullYear() + (month < now.getUTCMonth() ? 1 : 0);
  return endOfMonth(year, month);
}

export function monthsAhead(today: Day | null, count: number): Day | null {
  if (today === null) return null;
  const now = new Date(today * dayMs);
  const last = new Date(endOfMonth(now.getUTCFullYear(), now.getUTCMonth() + count) * dayMs).getUTCDate();
  return Math.round(
    Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + count, Math.min(now.getUTCDate(), last)) / dayMs,
  );
}
