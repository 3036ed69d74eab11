// Expressions of time in what was said, with their words and, where it is safe, a date counted from the meeting's. Runs anywhere.
import { type Day, toDay, toIso } from "./days.ts";
import type { Lexicon } from "../lexicon.ts";
import { matchEnglish } from "./times-en.ts";
import { matchSwedish } from "./times-sv.ts";
import type { Token } from "../language/tokens.ts";

export interface TimeExpression {
  /** First token and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** "day": a certain day or period. "clock": a time of day alone. "repeated": "på tisdagar". */
  readonly kind: "day" | "clock" | "repeated";
  /** ISO date of the day, or of the last day of the period; null when it cannot be told. */
  readonly due: string | null;
  readonly weekday: number | null;
  /** Where it names a week: its last day, counted from 1970-01-01. */
  readonly week: Day | null;
  /** Whether it lies before the meeting ("i torsdags"). */
  readonly past: boolean;
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
      to: at + here.length + (here.kind === "day" && partOfDay.test(words[at + here.length] ?? "") ? 1 : 0),
      kind: here.kind,
      due: here.due === null ? null : toIso(here.due),
      weekday: here.weekday ?? null,
      week: here.week ?? null,
      past: here.past ?? false,
    };
    const last = found.at(-1);
    if (
      last !== undefined &&
      joins(words.slice(last.to, at), last, next) &&
      !(last.kind === "day" && next.kind === "day" && clash(last, next))
    )
      found[found.length - 1] = joined(last, next);
    else found.push(next);
    at = next.to;
  }
  return found.map((time) => withPreposition(time, words, today, lexicon));
}

const partOfDay = /^(?:bitti|förmiddag|eftermiddag|kväll|morgon|natt|morning|afternoon|evening|night)$/u;

function joins(between: readonly string[], a: TimeExpression, b: TimeExpression): boolean {
  if (between.length === 0) return true;
  // "om tre månader, den 9 juni"
  if (between.length === 2) return between[0] === "," && /^(?:den|the)$/u.test(between[1] ?? "");
  if (between.length > 1) return false;
  // "nästa vecka på tisdag", "on Tuesday in the week after"
  if (a.week !== null && b.weekday !== null && /^(?:på|on)$/u.test(between[0] ?? "")) return true;
  return /^(?:,|den|the|at|on|i)$/u.test(between[0] ?? "") && (between[0] !== "i" || b.week !== null);
}

/** "tisdag? onsdag": two weekdays are two expressions, not one. */
const clash = (a: TimeExpression, b: TimeExpression): boolean => a.weekday !== null && b.weekday !== null;

function joined(a: TimeExpression, b: TimeExpression): TimeExpression {
  const kind = a.kind === "clock" ? b.kind : a.kind;
  // A date says more than a weekday, and a weekday more than a week.
  const due = b.kind === "clock" ? a.due : a.kind === "clock" ? b.due : narrower(a, b);
  const [weekday, week] = [b.weekday ?? a.weekday, b.week ?? a.week];
  return { from: a.from, to: b.to, kind, due, weekday, week, past: a.past || b.past };
}

/** "torsdag nästa vecka": the weekday within that week; "fredagen den 27 mars": the date. */
function narrower(a: TimeExpression, b: TimeExpression): string | null {
  const [weekday, week] = [a.weekday ?? b.weekday, a.week ?? b.week];
  if (weekday !== null && week !== null) return toIso(week - ((7 - weekday) % 7));
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
  while (from > 0 && time.from - from < 4 && leading.test(words[from - 1] ?? "")) {
    // "Ta fram den till nästa möte": only "fram till" belongs to the time, and "den" before a date.
    if (words[from - 1] === "fram" && words[from] !== "till") break;
    if (/^(?:den|the)$/u.test(words[from - 1] ?? "") && leading.test(words[from] ?? "")) break;
    from -= 1;
  }
  // An article or "av" at the front belongs to something else, unless a date follows it.
  while (from < time.from && /^(?:av|of|första|sista|nu|redan)$/u.test(words[from] ?? "")) from += 1;
  while (from < time.from && /^(?:den|the)$/u.test(words[from] ?? "") && !/^\d/u.test(words[from + 1] ?? "")) from += 1;
  // What is due cannot lie behind: then the year was not the one we took.
  const aimed = words.slice(from, time.from).some((word) => /^(?:senast|till|före|innan|by|before|until)$/u.test(word));
  const due = time.due !== null && today !== null && aimed && time.due < toIso(today) ? null : time.due;
  const since = words.slice(from, time.from + 1).some((word) => /^(?:sedan|sen|since)$/u.test(word));
  return { ...time, from, due: since ? null : due, past: time.past || since };
}
