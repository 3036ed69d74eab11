// Spoken numbers as figures: "sextusen åttahundra" → 6 800, "noll två fjorton" → 02.14, "ett komma fyra" → 1,4.
// Runs anywhere.
import type { LexiconLanguage } from "../lexicon.ts";
import { digitString, ordinalValue, wordToNumber } from "./number-words.ts";
import { newToken, type Token } from "./tokens.ts";

/** "reading": as one writes in a record, words up to twelve. "all": every number, to compare by. */
export type FigureMode = "reading" | "all";

const months = new Set(
  "januari februari mars april maj juni juli augusti september oktober november december january february march may june july august october".split(
    " ",
  ),
);
interface Found {
  readonly text: string;
  /** The same without grouping, to compare by. */
  readonly plain: string;
  readonly length: number;
}

/** The tokens with spoken numbers as figures. Figures that stood there already are kept, grouped thousands joined. */
export function writeFigures(tokens: readonly Token[], language: LexiconLanguage, mode: FigureMode = "all"): Token[] {
  const written: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at] as Token;
    const found = token.isWord ? figureAt(tokens, at, language, mode) : null;
    if (found === null) {
      written.push(token);
      at += 1;
      continue;
    }
    const last = tokens[at + found.length - 1] as Token;
    written.push({
      ...newToken(found.text),
      lower: found.plain,
      spaced: token.spaced,
      start: token.start,
      end: last.end,
    });
    at += found.length;
  }
  return written;
}

function figureAt(tokens: readonly Token[], at: number, language: LexiconLanguage, mode: FigureMode): Found | null {
  const word = (offset: number): string => tokens[at + offset]?.lower ?? "";
  const number = (offset: number): number | null => {
    const { lower = "", isWord = false } = tokens[at + offset] ?? {};
    if (!isWord) return null;
    return /^\p{Nd}{1,9}$/u.test(lower) ? Number(lower) : wordToNumber(lower, language);
  };
  const hundreds = language === "en" && word(0) === "a" && word(1) === "hundred" && word(2) === "and";
  const first = hundreds ? 1 : number(0);
  if (/^\p{Nd}+$/u.test(word(0))) return grouped(word) ?? percent(word);
  if (language === "sv") {
    const clock = clockAt(
      word,
      number,
      at > 0 ? (tokens[at - 1]?.lower ?? "") : "",
      tokens.slice(Math.max(0, at - 6), at),
    );
    if (clock !== null) return clock;
    if (
      first === 19 &&
      (number(1) ?? 0) >= 10 &&
      (number(1) ?? 100) < 100 &&
      !/^klockan|kl$/u.test(tokens[at - 1]?.lower ?? "")
    )
      return same(`19${String(number(1))}`, 2);
  }
  const date = ordinalAt(tokens, at, language, mode);
  if (date !== null) return date;
  if (first === null) {
    const digits = language === "sv" ? digitString(word(0)) : null;
    return digits === null ? null : same(digits, 1);
  }
  const service = serviceNumberAt(number);
  if (service !== null) return service;
  const decimal = decimalAt(first, word, number, language);
  if (decimal !== null) return decimal;
  const whole = wholeAt(first, word, number, language);
  if (whole.length === 1 && (word(0) === "en" || word(0) === "ett" || word(0) === "one")) return null;
  if (mode === "reading" && whole.value <= 12 && whole.length === 1) return null;
  // "elva sjuttiosju": two numbers side by side that are not one stay as they were said.
  const beside =
    number(whole.length) !== null || (at > 0 && wordToNumber(tokens[at - 1]?.lower ?? "", language) !== null);
  // "två tre hundra": about so many.
  if (mode === "reading" && beside && (whole.length === 1 || whole.value % 100 === 0) && !/^\p{Nd}/u.test(word(0)))
    return null;
  return { text: group(whole.value), plain: String(whole.value), length: whole.length };
}

/** Read figure by figure: emergency and service numbers of Sweden, and of the English-speaking world. */
const serviceNumbers = ["11414", "1177", "112", "999", "911", "111"];

function serviceNumberAt(number: (offset: number) => number | null): Found | null {
  for (const known of serviceNumbers)
    if (Array.from(known).every((digit, offset) => number(offset) === Number(digit)) && number(known.length) === null)
      return same(known, known.length);
  return null;
}

const same = (text: string, length: number): Found => ({ text, plain: text, length });

function grouped(word: (offset: number) => string): Found | null {
  if (!/^\p{Nd}{1,3}$/u.test(word(0)) || !/^\p{Nd}{3}$/u.test(word(1)) || word(0).startsWith("0")) return null;
  // A telephone number has groups of other lengths around it.
  if (/^\p{Nd}{2}$/u.test(word(2))) return null;
  return { text: `${word(0)} ${word(1)}`, plain: word(0) + word(1), length: 2 };
}

const percent = (word: (offset: number) => string): Found | null =>
  word(1) === "%" ? { text: `${word(0)} procent`, plain: word(0), length: 2 } : null;

const group = (value: number): string =>
  value >= 10_000 || (value >= 1000 && (value < 1900 || value > 2100))
    ? String(value).replace(/\B(?=(?:\d{3})+$)/gu, " ")
    : String(value);

const twoDigits = (value: number): string => String(value).padStart(2, "0");

function clockAt(
  word: (offset: number) => string,
  number: (offset: number) => number | null,
  before: string,
  earlier: readonly Token[],
): Found | null {
  const hour = number(0);
  if (hour === null) return null;
  const minutes = number(1);
  if (word(0) === "noll" && minutes !== null && minutes < 10 && word(1) !== "noll") {
    const after = number(2);
    if (after !== null && after < 60) return same(`0${String(minutes)}.${twoDigits(after)}`, 3);
    if (word(2) === "noll" && number(3) !== null) return same(`0${String(minutes)}.0${String(number(3))}`, 4);
  }
  // "larm elva och fyrtiotvå", "framme elva femtiosex": as a rescue service tells its times.
  const told = /^(?:larm|larmet|larmade|larmades|framme)$/u.test(before) && !/^\p{Nd}/u.test(word(0));
  const and = told && word(1) === "och" ? 1 : 0;
  const after = number(1 + and);
  if (told && hour <= 24 && after !== null && after >= 10 && after < 60)
    return same(`${String(hour)}.${twoDigits(after)}`, 2 + and);
  const announced = before === "klockan" || before === "kl";
  const range =
    /^(?:till|och|eller)$/u.test(before) && earlier.some(({ lower }) => lower === "klockan" || lower === "kl");
  if (!announced && !range) return null;
  if (hour > 24) return null;
  if (minutes !== null && minutes >= 10 && minutes < 60) return same(`${String(hour)}.${twoDigits(minutes)}`, 2);
  if (word(1) === "noll" && number(2) !== null) return same(`${String(hour)}.0${String(number(2))}`, 3);
  return same(String(hour), 1);
}

function ordinalAt(tokens: readonly Token[], at: number, language: LexiconLanguage, mode: FigureMode): Found | null {
  const value = ordinalValue(tokens[at]?.lower ?? "", language);
  if (value === null) return null;
  const next = tokens[at + 1];
  const day: Found = {
    text: mode === "reading" && language === "en" ? `${String(value)}${ordinalEnding(value)}` : String(value),
    plain: String(value),
    length: 1,
  };
  if (months.has(next?.lower ?? "") || (language === "en" && next?.lower === "of")) return day;
  if (mode === "all") return value > 2 ? day : null;
  const named = /^(?:den|the)$/u.test(tokens[at - 1]?.lower ?? "") && value > 2;
  const alone = next === undefined || !next.isWord || afterDate.test(next.lower);
  // "den 23 till tjugofemte": the second of two days.
  const second =
    value > 12 &&
    /^(?:till|to)$/u.test(tokens[at - 1]?.lower ?? "") &&
    ordinalValue(tokens[at - 2]?.lower ?? "", language) !== null;
  return (named || second) && alone ? day : null;
}

/** 1st, 22nd, 3rd, 11th. */
function ordinalEnding(value: number): string {
  if (value % 100 >= 11 && value % 100 <= 13) return "th";
  return ["th", "st", "nd", "rd"][value % 10] ?? "th";
}

/** Words after which "den sjätte" is a day of the month, and not the sixth of something. */
const afterDate =
  /^(?:klockan|kl|så|och|då|för|till|eller|har|är|går|kan|ska|blir|passar|funkar|fungerar|senast|i|at|and|is|works|will|can)$/u;

function decimalAt(
  first: number,
  word: (offset: number) => string,
  number: (offset: number) => number | null,
  language: LexiconLanguage,
): Found | null {
  const comma = language === "sv" ? "komma" : "point";
  if (word(1) !== comma || number(2) === null) {
    const half =
      language === "sv" &&
      first >= 2 &&
      word(1) === "och" &&
      /^(?:ett|en)$/u.test(word(2)) &&
      /^halvt?$/u.test(word(3));
    if (!half) return null;
    if (word(4) === "tusen") return { text: group(first * 1000 + 500), plain: String(first * 1000 + 500), length: 5 };
    return same(`${String(first)},5`, 4);
  }
  let digits = "";
  let length = 2;
  for (let value = number(length); value !== null && length < 6; value = number(length)) {
    digits += String(value);
    length += 1;
  }
  return same(`${String(first)}${language === "sv" ? "," : "."}${digits}`, length);
}

/** A spoken number by its grammar: so many thousands, so many hundreds, tens, ones, written together or apart. */
function wholeAt(
  first: number,
  word: (offset: number) => string,
  number: (offset: number) => number | null,
  language: LexiconLanguage,
): { readonly value: number; readonly length: number } {
  const [hundred, thousand] = language === "sv" ? ["hundra", "tusen"] : ["hundred", "thousand"];
  const canJoin = (offset: number): boolean =>
    word(offset + 1) !== hundred && (word(offset + 1) !== thousand || (number(offset) ?? 0) >= 10);
  const isScale = (offset: number): boolean => word(offset) === hundred || word(offset) === thousand;
  let thousands = first - (first % 1000);
  let rest = first % 1000;
  let length = 1;
  for (;;) {
    const and = language === "en" && word(length) === "and" && isScale(length - 1) && canJoin(length + 1) ? 1 : 0;
    const next = number(length + and);
    if (word(length) === thousand && thousands === 0 && rest > 0) {
      thousands = rest * 1000;
      rest = 0;
    } else if (word(length) === hundred && rest > 0 && rest < 20) {
      rest *= 100;
    } else if (next !== null && next > 0 && next < roomAfter(thousands, rest)) {
      rest += next;
      length += and;
    } else return { value: thousands + rest, length };
    length += 1;
  }
}

/** What the next number must be below to be the rest of this one: 6000 takes 800, 20 takes 3, but 3 does not take 4. */
function roomAfter(thousands: number, rest: number): number {
  if (rest === 0) return thousands > 0 ? 1000 : 0;
  if (rest % 100 === 0) return 100;
  return rest % 100 >= 20 && rest % 10 === 0 ? 10 : 0;
}
