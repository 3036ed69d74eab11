// Dates of birth: a date beside "född", "fyller" and their like. A date by itself is no secret. Runs anywhere.
import { isDate } from "./check-digits.ts";
import type { ReadPassage } from "./document.ts";
import type { Find } from "./kinds.ts";
import type { Lexicon } from "./lexicon.ts";
import { spokenNumber } from "./number-words.ts";
import type { Run } from "./runs.ts";
import type { Token } from "./words.ts";

/** How many words may stand between "född" and its date, either way. */
const reach = 7;

const ordinals: Readonly<Record<string, number>> = ordinalWords();

export function findBirths(passages: readonly ReadPassage[], lexicon: Lexicon): Find[] {
  return passages.flatMap((passage, number) => {
    const near = nearCues(passage.tokens, lexicon, isAsked(passages[number - 1], lexicon));
    if (near === null) return [];
    return datesIn(passage, lexicon).flatMap(({ from, to }) => {
      if (near[from] !== 1 && near[to - 1] !== 1) return [];
      const [start, end] = [(passage.tokens[from] as Token).start, (passage.tokens[to - 1] as Token).end];
      const key = passage.text.slice(start, end).toLowerCase();
      return [{ passage: passage.id, start, end, kind: "birth" as const, key }];
    });
  });
}

/** Which words stand near enough to one of being born; null where none does. */
function nearCues(tokens: readonly Token[], { cues }: Lexicon, isAnswer: boolean): Uint8Array | null {
  const near = new Uint8Array(tokens.length);
  let last = isAnswer ? 0 : -1;
  if (isAnswer) near.fill(1, 0, reach);
  tokens.forEach(({ lower }, at) => {
    if (!cues.birth.has(lower)) return;
    near.fill(1, Math.max(last + 1, at - reach), at + reach + 1);
    last = at;
  });
  return last < 0 ? null : near;
}

/** "När är hon född?" is answered in the next line. */
function isAsked(before: ReadPassage | undefined, { cues }: Lexicon): boolean {
  if (before === undefined || (before.isCased && !before.text.includes("?"))) return false;
  return before.tokens.slice(-reach).some(({ lower }) => cues.birth.has(lower));
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function datesIn(passage: ReadPassage, lexicon: Lexicon): Span[] {
  const spans: Span[] = [];
  const runs = new Map(passage.runs.map((run) => [run.from, run]));
  let at = 0;
  while (at < passage.tokens.length) {
    const to = dateAt(passage, runs.get(at), at, lexicon);
    if (to > at) spans.push({ from: at, to });
    at = Math.max(at + 1, to);
  }
  return spans;
}

/** Index after the date that begins here; `at` itself where none does. */
function dateAt({ tokens, text }: ReadPassage, run: Run | undefined, at: number, { cues, language }: Lexicon): number {
  const token = tokens[at] as Token;
  const month = (index: number): boolean => {
    const lower = tokens[index]?.lower ?? "";
    return cues.months.includes(lower) || cues.monthsShort.includes(lower);
  };
  const written = run === undefined ? "" : text.slice(run.start, run.end);
  if (run !== undefined && !run.isSpoken) {
    if (isDate(run.digits) || /^\d{1,2}[/.-]\d{1,2}(?:\s?[-/.]?\s?\d{2,4})?$/u.test(written)) return run.to;
  }
  if (dayOf(token, language) !== null) {
    let to = at + 1;
    // "femtonde i tredje nittonhundraåttio", "15th of March".
    const isOrdinal = ordinals[token.lower] !== undefined;
    if (isOrdinal && tokens[to]?.lower === "i") to += 1;
    if (/^(?:st|nd|rd|th|e|a)$/u.test(tokens[to]?.lower ?? "")) to += 1;
    if (tokens[to]?.lower === "of") to += 1;
    if (month(to) || (to > at + 1 && ordinals[tokens[to]?.lower ?? ""] !== undefined))
      return yearEnd(tokens, to + 1, language);
  }
  if (
    month(at) &&
    language === "en" &&
    tokens[at + 1] !== undefined &&
    dayOf(tokens[at + 1] as Token, language) !== null
  ) {
    const to = /^(?:st|nd|rd|th)$/u.test(tokens[at + 2]?.lower ?? "") ? at + 3 : at + 2;
    return yearEnd(tokens, to, language);
  }
  return at;
}

function dayOf({ lower, isDigits }: Token, language: "sv" | "en"): number | null {
  const day = isDigits ? Number(lower) : (ordinals[lower] ?? Number(spokenNumber(lower, language)?.digits ?? "0"));
  return day >= 1 && day <= 31 ? day : null;
}

/** A year in figures or in words, also in two or three pieces. */
function yearEnd(tokens: readonly Token[], from: number, language: "sv" | "en"): number {
  let to = from;
  let digits = "";
  while (to < tokens.length && to - from < 4) {
    const token = tokens[to] as Token;
    const number = token.isDigits ? { digits: token.text, isMagnitude: false } : spokenNumber(token.lower, language);
    if (
      number === null ||
      (number.digits.length !== 2 && number.digits.length !== 4 && number.digits.length !== 1 && !number.isMagnitude)
    )
      break;
    // "den femte maj, tre personer": a lone figure is no year.
    if (number.digits.length === 1 && digits === "" && number.digits !== "2") break;
    digits += number.digits;
    to += 1;
    if (digits.length >= 4) break;
  }
  return digits.length >= 2 ? to : from;
}

function ordinalWords(): Record<string, number> {
  const sv =
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde fjortonde femtonde sextonde sjuttonde artonde nittonde tjugonde tjugoförsta tjugoandra tjugotredje tjugofjärde tjugofemte tjugosjätte tjugosjunde tjugoåttonde tjugonionde trettionde trettioförsta";
  const en =
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first";
  return Object.fromEntries([sv, en].flatMap((words) => words.split(" ").map((word, at) => [word, at + 1])));
}
