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
  const first = number(0);
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
  const decimal = decimalAt(first, word, number, language);
  if (decimal !== null) return decimal;
  const whole = wholeAt(first, word, number, language);
  if (whole.length === 1 && (word(0) === "en" || word(0) === "ett" || word(0) === "one")) return null;
  if (mode === "reading" && whole.value <= 12 && whole.length === 1) return null;
  // "elva sjuttiosju": two numbers side by side that are not one stay as they were said.
  const beside =
    number(whole.length) !== null || (at > 0 && wordToNumber(tokens[at - 1]?.lower ?? "", language) !== null);
  if (mode === "reading" && beside && whole.length === 1 && !/^\p{Nd}/u.test(word(0))) return null;
  return { text: group(whole.value), plain: String(whole.value), length: whole.length };
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
  if (months.has(next?.lower ?? "") || (language === "en" && next?.lower === "of")) return same(String(value), 1);
  if (mode === "all") return value > 2 ? same(String(value), 1) : null;
  const named = /^(?:den|the)$/u.test(tokens[at - 1]?.lower ?? "") && value > 2;
  const alone = next === undefined || !next.isWord || afterDate.test(next.lower);
  // "den 23 till tjugofemte": the second of two days.
  const second =
    value > 12 &&
    /^(?:till|to)$/u.test(tokens[at - 1]?.lower ?? "") &&
    ordinalValue(tokens[at - 2]?.lower ?? "", language) !== null;
  return (named || second) && alone ? same(String(value), 1) : null;
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

function wholeAt(
  first: number,
  word: (offset: number) => string,
  number: (offset: number) => number | null,
  language: LexiconLanguage,
): { readonly value: number; readonly length: number } {
  const [hundred, thousand] = language === "sv" ? ["hundra", "tusen"] : ["hundred", "thousand"];
  let value = first;
  let length = 1;
  for (;;) {
    const next = number(length);
    if (word(length) === thousand && value < 1000) {
      value *= 1000;
    } else if (word(length) === hundred && value < 100) {
      value *= 100;
    } else if (next !== null && fits(value, next)) {
      value += next;
    } else return { value, length };
    length += 1;
  }
}

/** Whether the next spoken number is the rest of this one: 6000 + 800, 20 + 3, but not 3 and 4. */
function fits(value: number, next: number): boolean {
  if (next <= 0) return false;
  if (value >= 1000 && value % 1000 === 0) return next >= 100 && next < 1000;
  if (value >= 100 && value % 100 === 0) return next >= 20 && next < 100;
  return value >= 20 && value < 100 && value % 10 === 0 && next < 10;
}
