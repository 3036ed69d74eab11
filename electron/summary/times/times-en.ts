// English expressions of time: "by Friday", "on the 3rd of May", "next week". Runs anywhere.
import {
  type Day,
  type Match,
  dateInMonth,
  endOfWeek,
  lastWeekday,
  monthsAhead,
  nextWeekday,
  numberOf,
  shift,
  toDay,
} from "./days.ts";
import type { Lexicon } from "../lexicon.ts";

/** The expression that begins at this word, or null. */
export function matchEnglish(words: readonly string[], at: number, today: Day | null, lexicon: Lexicon): Match | null {
  const word = words[at] ?? "";
  const next = words[at + 1] ?? "";
  const after = words[at + 2] ?? "";
  const { months, weekdays } = lexicon;
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/u.exec(word);
  if (iso !== null) return { length: 1, kind: "day", due: toDay(word) };
  if (/^\d{1,2}[.:][0-5]\d$/u.test(word))
    return { length: /^(?:am|pm)$/u.test(next) ? 2 : 1, kind: "clock", due: null };
  if (/^\d{1,2}$/u.test(word) && /^(?:am|pm|o'clock|o’clock)$/u.test(next))
    return { length: 2, kind: "clock", due: null };
  const dated = /^(\d{1,2})(?:st|nd|rd|th)?$/u.exec(word);
  if (dated !== null) {
    const place = next === "of" ? at + 2 : at + 1;
    const month = months.indexOf(words[place] ?? "");
    if (month >= 0)
      return { length: place - at + 1, kind: "day", due: dateInMonth(today, Number(dated[1]), month, null, false) };
  }
  const month = months.indexOf(word);
  if (month >= 0) {
    const date = /^(\d{1,2})(?:st|nd|rd|th)?$/u.exec(next);
    if (date !== null) return { length: 2, kind: "day", due: dateInMonth(today, Number(date[1]), month, null, false) };
    if (/^(?:in|by|since|until|before|after|of|from|to)$/u.test(words[at - 1] ?? ""))
      return { length: 1, kind: "day", due: null };
    return null;
  }
  const weekday = weekdays.findIndex((day) => word === day || word === `${day}s`);
  if (weekday >= 0) {
    if (word.endsWith("ys")) return { length: 1, kind: "repeated", due: null, weekday };
    if (words[at - 1] === "last")
      return { length: 1, kind: "day", due: lastWeekday(today, weekday), weekday, past: true };
    const far =
      words[at - 1] === "next" && today !== null
        ? endOfWeek(today) + (weekday === 0 ? 7 : weekday)
        : nextWeekday(today, weekday);
    return { length: 1, kind: "day", due: far, weekday };
  }
  if (word === "today" || word === "tonight") return { length: 1, kind: "day", due: today };
  if (word === "tomorrow") return { length: 1, kind: "day", due: shift(today, 1) };
  if (word === "yesterday") return { length: 1, kind: "day", due: shift(today, -1), past: true };
  const week = today === null ? null : endOfWeek(today) + (word === "next" ? 7 : 0);
  if (word === "this" && next === "weekend") return { length: 2, kind: "day", due: week };
  if ((word === "this" || word === "next") && next === "week") return { length: 2, kind: "day", due: week, week };
  if (word === "next" && /^(?:month|year|term)$/u.test(next)) return { length: 2, kind: "day", due: null };
  if (/^(?:in|within)$/u.test(word) && /^(?:day|days|week|weeks|month|months)$/u.test(after)) {
    const count = numberOf(next, lexicon);
    if (count === null) return null;
    const days = after.startsWith("day") ? count : after.startsWith("week") ? 7 * count : null;
    return { length: 3, kind: "day", due: days === null ? monthsAhead(today, count) : shift(today, days) };
  }
  return null;
}
