// Expressions of time in what was said, with their words and, where it is safe, a date counted from the meeting's. Runs anywhere.
import { wordToNumber } from "./figures.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Token } from "./tokens.ts";

export interface TimeExpression {
  /** First token and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** "day": a certain day or period. "clock": a time of day alone. "repeated": "på tisdagar". */
  readonly kind: "day" | "clock" | "repeated";
  /** ISO date of the day, or of the last day of the period; null when it cannot be told. */
  readonly due: string | null;
  readonly weekday: number | null;
  /** Whether it lies before the meeting ("i torsdags"). */
  readonly past: boolean;
}

/** A day without a time zone: days since 1970-01-01. */
type Day = number;
const dayMs = 86_400_000;
const toDay = (iso: string): Day | null => {
  const ms = Date.parse(`${iso.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(ms) ? null : Math.round(ms / dayMs);
};
const toIso = (day: Day): string => new Date(day * dayMs).toISOString().slice(0, 10);
const weekdayOf = (day: Day): number => new Date(day * dayMs).getUTCDay();
/** Monday is the first day of the week. */
const endOfWeek = (day: Day): Day => day + ((7 - weekdayOf(day)) % 7);
const endOfMonth = (year: number, month: number): Day => Math.round(Date.UTC(year, month + 1, 0) / dayMs);
const isDate = (year: number, month: number, date: number): boolean =>
  new Date(Date.UTC(year, month, date)).getUTCMonth() === month;

interface Match {
  readonly length: number;
  readonly kind: TimeExpression["kind"];
  readonly due: Day | null;
  readonly weekday?: number;
  readonly past?: boolean;
}

/** All expressions of time, the longest at each place, neighbours joined ("fredagen den 27 mars klockan 10"). */
export function findTimes(
  tokens: readonly Token[],
  recordedAt: string | undefined,
  lexicon: Lexicon,
): TimeExpression[] {
  const today = recordedAt === undefined ? null : toDay(recordedAt);
  const words = tokens.map(({ lower }) => lower);
  const match = lexicon.language === "sv" ? matchSwedish : matchEnglish;
  const found: TimeExpression[] = [];
  for (let at = 0; at < words.length;) {
    const here = match(words, at, today, lexicon);
    if (here === null) {
      at += 1;
      continue;
    }
    const next = {
      from: at,
      to: at + here.length,
      kind: here.kind,
      due: here.due === null ? null : toIso(here.due),
      weekday: here.weekday ?? null,
      past: here.past ?? false,
    };
    const last = found.at(-1);
    if (
      last !== undefined &&
      joins(words.slice(last.to, at)) &&
      !(last.kind === "day" && next.kind === "day" && clash(last, next))
    )
      found[found.length - 1] = joined(last, next);
    else found.push(next);
    at += here.length;
  }
  return found.map((time) => withPreposition(time, words, today, lexicon));
}

const joins = (between: readonly string[]): boolean =>
  between.length === 0 || (between.length === 1 && /^(?:,|den|the|at|on)$/u.test(between[0] ?? ""));

/** "tisdag? onsdag": two weekdays are two expressions, not one. */
const clash = (a: TimeExpression, b: TimeExpression): boolean => a.weekday !== null && b.weekday !== null;

function joined(a: TimeExpression, b: TimeExpression): TimeExpression {
  const kind = a.kind === "clock" ? b.kind : a.kind;
  // A date says more than a weekday, and a weekday more than a week.
  const due = b.kind === "clock" ? a.due : a.kind === "clock" ? b.due : narrower(a, b);
  return { from: a.from, to: b.to, kind, due, weekday: b.weekday ?? a.weekday, past: a.past || b.past };
}

function narrower(a: TimeExpression, b: TimeExpression): string | null {
  if (a.weekday !== null && b.weekday === null) {
    // "torsdag nästa vecka": the weekday within that period; "fredagen den 27 mars": the date.
    const end = b.due === null ? null : toDay(b.due);
    if (end !== null && b.to - b.from === 2 && weekdayOf(end) === 0) return toIso(end - ((7 - a.weekday) % 7));
    return b.due ?? a.due;
  }
  return b.due ?? a.due;
}

/** "senast", "före", "till" and the like belong to the expression. */
function withPreposition(
  time: TimeExpression,
  words: readonly string[],
  today: Day | null,
  lexicon: Lexicon,
): TimeExpression {
  const leading =
    lexicon.language === "sv"
      ? /^(?:på|till|senast|före|innan|inom|från|fram|den|under|vid|omkring|runt|efter|redan|nu|i|kl|klockan|början|slutet|av|mitten|första|sista|nästa)$/u
      : /^(?:on|by|before|until|till|from|after|at|in|the|around|latest|early|late|end|of|since|next|last)$/u;
  let { from } = time;
  while (from > 0 && time.from - from < 4 && leading.test(words[from - 1] ?? "")) from -= 1;
  // An article or "av" at the front belongs to something else, unless a date follows it.
  while (from < time.from && /^(?:av|of|första|sista|nu|redan)$/u.test(words[from] ?? "")) from += 1;
  while (from < time.from && /^(?:den|the)$/u.test(words[from] ?? "") && !/^\d/u.test(words[from + 1] ?? "")) from += 1;
  // What is due cannot lie behind: then the year was not the one we took.
  const aimed = words.slice(from, time.from).some((word) => /^(?:senast|till|före|innan|by|before|until)$/u.test(word));
  const due = time.due !== null && today !== null && aimed && time.due < toIso(today) ? null : time.due;
  return { ...time, from, due };
}

const numberOf = (word: string | undefined, lexicon: Lexicon): number | null => {
  if (word === undefined) return null;
  if (/^\p{Nd}{1,4}$/u.test(word)) return Number(word);
  return wordToNumber(word, lexicon.language);
};

/** The next time that weekday comes; on the day itself, a week later. */
const nextWeekday = (today: Day | null, weekday: number): Day | null =>
  today === null ? null : today + ((weekday - weekdayOf(today) + 6) % 7) + 1;

function dateInMonth(today: Day | null, date: number, month: number, year: number | null, past: boolean): Day | null {
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
function dateAlone(today: Day | null, date: number): Day | null {
  if (today === null || date < 1 || date > 31) return null;
  for (let day = today; day < today + 62; day += 1) if (new Date(day * dayMs).getUTCDate() === date) return day;
  return null;
}

const seasons: Readonly<Record<string, number>> = {
  vår: 4,
  våren: 4,
  sommar: 7,
  sommaren: 7,
  höst: 10,
  hösten: 10,
  vinter: 11,
  vintern: 11,
};

function matchSwedish(words: readonly string[], at: number, today: Day | null, lexicon: Lexicon): Match | null {
  const word = words[at] ?? "";
  const next = words[at + 1] ?? "";
  const after = words[at + 2] ?? "";
  const { months, weekdays } = lexicon;
  const monthAt = (place: number): number => months.indexOf(words[place] ?? "");

  const iso = /^(\d{4})-(\d\d)-(\d\d)$/u.exec(word);
  if (iso !== null) return { length: 1, kind: "day", due: toDay(word) };
  const slash = /^(\d{1,2})\/(\d{1,2})$/u.exec(word);
  if (slash !== null && Number(slash[2]) <= 12)
    return { length: 1, kind: "day", due: dateInMonth(today, Number(slash[1]), Number(slash[2]) - 1, null, false) };

  if (/^(?:klockan|kl)$/u.test(word)) {
    const dot = next === "." ? 1 : 0;
    const hour = words[at + 1 + dot] ?? "";
    if (/^\d{1,2}(?:[.:]\d\d)?$/u.test(hour) || numberOf(hour, lexicon) !== null) {
      const range =
        /^(?:till|–|-)$/u.test(words[at + 2 + dot] ?? "") && /^\d{1,2}(?:[.:]\d\d)?$/u.test(words[at + 3 + dot] ?? "");
      return { length: (range ? 4 : 2) + dot, kind: "clock", due: null };
    }
    if (/^(?:halv|kvart)$/u.test(hour)) return { length: hour === "halv" ? 3 : 4, kind: "clock", due: null };
  }
  if (/^\d{1,2}[.:][0-5]\d$/u.test(word) && !/^(?:kronor|procent|kr)$/u.test(next))
    return { length: 1, kind: "clock", due: null };

  const date = /^\d{1,2}$/u.test(word) ? Number(word) : null;
  const wordDate = date ?? (monthAt(at + 1) >= 0 ? numberOf(word, lexicon) : null);
  if (wordDate !== null && monthAt(at + 1) >= 0) {
    const year = /^\d{4}$/u.test(after) ? Number(after) : null;
    return {
      length: year === null ? 2 : 3,
      kind: "day",
      due: dateInMonth(today, wordDate, monthAt(at + 1), year, false),
    };
  }
  if ((word === "första" || word === "sista") && monthAt(at + 1) >= 0) {
    const due = dateInMonth(today, 1, monthAt(at + 1), null, false);
    const year = due === null ? 0 : new Date(due * dayMs).getUTCFullYear();
    return { length: 2, kind: "day", due: word === "första" || due === null ? due : endOfMonth(year, monthAt(at + 1)) };
  }
  const dayEnds =
    !/^\p{L}/u.test(next) || /^(?:klockan|kl|så|och|då|senast|har|är|går|kan|ska|blir|passar|funkar|fungerar|till)$/u.test(next);
  if (date !== null && words[at - 1] === "den" && date <= 31 && dayEnds) return { length: 1, kind: "day", due: dateAlone(today, date) };

  const stemmed = weekdays.findIndex((day) => word.startsWith(day) && word.length <= day.length + 4);
  if (stemmed >= 0) {
    const ending = word.slice((weekdays[stemmed] ?? "").length);
    if (ending === "ar" || ending === "arna") return { length: 1, kind: "repeated", due: null, weekday: stemmed };
    if (ending === "s")
      return { length: 1, kind: "day", due: lastWeekday(today, stemmed), weekday: stemmed, past: true };
    if (!["", "en", "ens"].includes(ending)) return null;
    const soon = nextWeekday(today, stemmed);
    const far = words[at - 1] === "nästa" && today !== null ? endOfWeek(today) + (stemmed === 0 ? 7 : stemmed) : soon;
    return { length: 1, kind: "day", due: far, weekday: stemmed };
  }

  if (/^(?:idag|imorgon|imorron|ikväll)$/u.test(word))
    return { length: 1, kind: "day", due: shift(today, word === "idag" || word === "ikväll" ? 0 : 1) };
  if (word === "igår") return { length: 1, kind: "day", due: shift(today, -1), past: true };
  if (word === "i") {
    if (/^(?:dag|da|kväll|eftermiddag|förmiddag)$/u.test(next)) return { length: 2, kind: "day", due: today };
    if (/^(?:morgon|morron|morrn)$/u.test(next)) return { length: 2, kind: "day", due: shift(today, 1) };
    if (next === "övermorgon") return { length: 2, kind: "day", due: shift(today, 2) };
    if (/^(?:går|förrgår|natt|morse)$/u.test(next))
      return {
        length: 2,
        kind: "day",
        due: shift(today, next === "går" ? -1 : next === "förrgår" ? -2 : 0),
        past: true,
      };
    if (next === "helgen") return { length: 2, kind: "day", due: today === null ? null : endOfWeek(today) };
    if (monthAt(at + 1) >= 0) return { length: 2, kind: "day", due: monthEnd(today, monthAt(at + 1)) };
    if (seasons[next] !== undefined) return { length: 2, kind: "day", due: null };
    if (next === "slutet" || next === "början" || next === "mitten") {
      const place = after === "av" || after === "på" ? at + 3 : at + 2;
      if (monthAt(place) >= 0)
        return { length: place - at + 1, kind: "day", due: next === "slutet" ? monthEnd(today, monthAt(place)) : null };
    }
    return null;
  }
  if ((word === "den" || word === "denna") && /^(?:här|vecka|månad|termin)/u.test(next)) {
    const noun = next === "här" ? after : next;
    const length = next === "här" ? 3 : 2;
    if (noun.startsWith("veckan") || noun === "vecka")
      return { length, kind: "day", due: today === null ? null : endOfWeek(today) };
    if (noun.startsWith("månad"))
      return { length, kind: "day", due: monthEnd(today, today === null ? -1 : new Date(today * dayMs).getUTCMonth()) };
    if (noun.startsWith("termin")) return { length, kind: "day", due: null };
    return null;
  }
  if (word === "nästa" && /^(?:vecka|månad|år|termin)$/u.test(next)) {
    if (next === "vecka") return { length: 2, kind: "day", due: today === null ? null : endOfWeek(today) + 7 };
    if (next === "månad" && today !== null) {
      const now = new Date(today * dayMs);
      return { length: 2, kind: "day", due: endOfMonth(now.getUTCFullYear(), now.getUTCMonth() + 1) };
    }
    return { length: 2, kind: "day", due: null };
  }
  if ((word === "om" || word === "inom") && /^(?:dag|vecka|veckor|månad|månader|dagar)$/u.test(after)) {
    const count = numberOf(next, lexicon);
    if (count === null) return null;
    const days = after.startsWith("dag") ? count : after.startsWith("veck") ? 7 * count : null;
    return { length: 3, kind: "day", due: days === null ? monthsAhead(today, count) : shift(today, days) };
  }
  if (word === "vecka" && (/^\d{1,2}$/u.test(next) || numberOf(next, lexicon) !== null))
    return { length: 2, kind: "day", due: null };
  if (word === "dagen" && /^(?:före|innan|efter)$/u.test(next)) return { length: 2, kind: "day", due: null };
  if (
    /^(?:före|innan|efter)$/u.test(word) &&
    /^(?:sommaren|sommarlovet|jul|påsk|lunch|midsommar|semestern|helgen|lovet|nyår)$/u.test(next)
  )
    return { length: 2, kind: "day", due: null };
  if (
    /^(?:före|innan|till)$/u.test(word) &&
    next === "nästa" &&
    /^(?:möte|samtal|gång|träff|uppföljning|larm|besök)$/u.test(after)
  )
    return { length: 3, kind: "day", due: null };
  if (
    /^(?:sommarlovet|höstterminen|vårterminen|semestern|midsommar|sportlovet|höstlovet|jullovet|påsklovet|kvartalsskiftet|årsskiftet|månadsskiftet)$/u.test(
      word,
    )
  )
    return { length: 1, kind: "day", due: null };
  if (word === "så" && (next === "snart" || next === "fort") && after === "som")
    return { length: 4, kind: "day", due: null };
  if (
    monthAt(at) >= 0 &&
    words[at - 1] !== undefined &&
    /^(?:sedan|sen|från|till|för|av|före|efter|under|senast)$/u.test(words[at - 1] ?? "")
  )
    return { length: 1, kind: "day", due: null };
  return null;
}

function matchEnglish(words: readonly string[], at: number, today: Day | null, lexicon: Lexicon): Match | null {
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
  if (word === "this" && /^(?:week|weekend)$/u.test(next))
    return { length: 2, kind: "day", due: today === null ? null : endOfWeek(today) };
  if (word === "next" && next === "week")
    return { length: 2, kind: "day", due: today === null ? null : endOfWeek(today) + 7 };
  if (word === "next" && /^(?:month|year|term)$/u.test(next)) return { length: 2, kind: "day", due: null };
  if (/^(?:in|within)$/u.test(word) && /^(?:day|days|week|weeks|month|months)$/u.test(after)) {
    const count = numberOf(next, lexicon);
    if (count === null) return null;
    const days = after.startsWith("day") ? count : after.startsWith("week") ? 7 * count : null;
    return { length: 3, kind: "day", due: days === null ? monthsAhead(today, count) : shift(today, days) };
  }
  return null;
}

const shift = (today: Day | null, days: number): Day | null => (today === null ? null : today + days);

const lastWeekday = (today: Day | null, weekday: number): Day | null =>
  today === null ? null : today - ((weekdayOf(today) - weekday + 6) % 7) - 1;

function monthEnd(today: Day | null, month: number): Day | null {
  if (today === null || month < 0) return null;
  const now = new Date(today * dayMs);
  const year = now.getUTCFullYear() + (month < now.getUTCMonth() ? 1 : 0);
  return endOfMonth(year, month);
}

function monthsAhead(today: Day | null, count: number): Day | null {
  if (today === null) return null;
  const now = new Date(today * dayMs);
  const last = new Date(endOfMonth(now.getUTCFullYear(), now.getUTCMonth() + count) * dayMs).getUTCDate();
  return Math.round(
    Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + count, Math.min(now.getUTCDate(), last)) / dayMs,
  );
}
