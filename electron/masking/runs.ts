// Numbers that were said or written one after the other, as one run: "070-174 06 22", "sjuttioåtta noll tre tolv". Runs
// anywhere.
import { spokenNumber } from "./number-words.ts";
import type { Token } from "./words.ts";

export interface Run {
  /** Index of its first token and of the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  /** The digits by the pieces that they came in. */
  readonly groups: readonly string[];
  readonly isSpoken: boolean;
  /** "en lista, två, tre": commas between all. */
  readonly isList: boolean;
  readonly hasPlus: boolean;
}

/** Said between two groups and no part of the number. */
const between = new Set(["eh", "ehm", "öh", "streck", "bindestreck", "mellanslag", "minus", "dash", "hyphen", "plus"]);
const repeats: Readonly<Record<string, number>> = { dubbel: 2, dubbelt: 2, double: 2, triple: 3, trippel: 3 };

/** All runs of a passage, in order. An amount ("sextusen åttahundra") is none and ends one. */
export function runsIn(text: string, tokens: readonly Token[], language: "sv" | "en"): Run[] {
  const runs: Run[] = [];
  let at = 0;
  while (at < tokens.length) {
    const run = runFrom(text, tokens, at, language);
    if (run !== null) runs.push(run);
    at = run === null ? at + 1 : run.to;
  }
  return runs;
}

function runFrom(text: string, tokens: readonly Token[], from: number, language: "sv" | "en"): Run | null {
  const groups: string[] = [];
  const gaps: string[] = [];
  let isSpoken = false;
  let openTen = false;
  let at = from;
  let to = from;
  let times = 1;
  const mayPass = bracketsOf(text, tokens, from);
  for (; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    const gap = at === from ? "" : text.slice((tokens[at - 1] as Token).end, token.start);
    if (at > from && !mayJoin(gap, tokens[at - 1] as Token, token)) break;
    if (!mayPass(gap, token, groups)) break;
    // Nobody says half a number and has the other half written: "född femtiotvå 520519-9879".
    if (groups.length > 0 && token.isDigits === isSpoken) {
      if (token.isDigits || spokenNumber(token.lower, language) !== null) break;
    }
    if (token.isDigits) {
      if (groups.length > 0) gaps.push(gap);
      groups.push(token.text);
      openTen = false;
      to = at + 1;
      continue;
    }
    if (groups.length > 0 && between.has(token.lower)) continue;
    const repeat = repeats[token.lower];
    if (repeat !== undefined) {
      times = repeat;
      continue;
    }
    const number = isArticleInRun(tokens, at, groups.length > 0, language)
      ? oneDigit
      : spokenNumber(token.lower, language);
    if (number === null || number.isAmount) break;
    if (number.isMagnitude) {
      // "två tusen nitton", "nitton hundra åttio": a year in pieces. Anything else is an amount.
      const year = yearFrom(groups.at(-1), token.lower, tokens[at + 1], language);
      if (year === null) {
        to = Math.min(to, at - 1);
        groups.pop();
        break;
      }
      groups.splice(-1, 1, year.digits);
      at += year.used;
      to = at + 1;
      isSpoken = true;
      continue;
    }
    const closes: boolean = openTen && number.digits.length === 1 && number.digits !== "0";
    if (closes) groups.splice(-1, 1, `${(groups.at(-1) ?? "").slice(0, -1)}${number.digits}`);
    else {
      if (groups.length > 0) gaps.push(gap);
      groups.push(number.digits.repeat(times));
    }
    times = 1;
    openTen = number.isOpenTen && !closes;
    isSpoken = true;
    to = at + 1;
  }
  if (groups.length === 0 || to <= from) return null;
  const [first, last] = [tokens[from] as Token, tokens[to - 1] as Token];
  const digits = groups.join("");
  const plus = text.slice(Math.max(0, first.start - 2), first.start);
  return {
    from,
    to,
    start: first.start,
    end: /\([^)]*$/u.test(text.slice(first.start, last.end)) && text[last.end] === ")" ? last.end + 1 : last.end,
    digits,
    groups,
    isSpoken,
    isList: gaps.length > 1 && gaps.every((gap) => gap.includes(",")),
    hasPlus: plus.endsWith("+") || tokens[from - 1]?.lower === "plus",
  };
}

/**
 * Brackets belong to a number only around one group of it that is short: "(08) 12 34 56", "+46 (0)70", "910417 (9826)".
 * Before a date, after it, or left open they part what stands on their two sides: "20 (2026-03-20".
 */
function bracketsOf(text: string, tokens: readonly Token[], from: number) {
  /** How many groups stood before the one that is open. */
  let openedAt: number | null = text[(tokens[from]?.start ?? 0) - 1] === "(" ? 0 : null;
  return (gap: string, next: Token, groups: readonly string[]): boolean => {
    const [opens, closes] = [gap.includes("("), gap.includes(")")];
    if (!opens && !closes) return true;
    if (closes) {
      const isOne = openedAt !== null && groups.length === openedAt + 1;
      openedAt = null;
      return isOne && !opens;
    }
    openedAt = groups.length;
    const isDate = groups.map(({ length }) => length).join("-") === "4-2-2";
    return !isDate && next.end - next.start <= 4 && text[next.end] === ")";
  };
}

const oneDigit = { digits: "1", isOpenTen: false, isAmount: false, isMagnitude: false };

/** "sju en fyra": between numbers the article is a digit. */
function isArticleInRun(tokens: readonly Token[], at: number, inRun: boolean, language: "sv" | "en"): boolean {
  const next = tokens[at + 1];
  return (
    inRun &&
    language === "sv" &&
    tokens[at]?.lower === "en" &&
    next !== undefined &&
    (next.isDigits || spokenNumber(next.lower, language) !== null)
  );
}

function mayJoin(gap: string, before: Token, after: Token): boolean {
  if (gap.length > 4) return false;
  // A comma between written numbers parts them or is a decimal; a point may stand in a telephone number.
  if (gap.startsWith(",") && before.isDigits && after.isDigits) return false;
  if (gap === ".") return before.isDigits && after.isDigits;
  return /^[\s  ()/–‑-]*$|^,\s$|^…\s?$/u.test(gap);
}

function yearFrom(
  before: string | undefined,
  magnitude: string,
  next: Token | undefined,
  language: "sv" | "en",
): { readonly digits: string; readonly used: number } | null {
  const rest = next === undefined || next.isDigits ? null : spokenNumber(next.lower, language);
  const two = rest !== null && /^\d{1,2}$/u.test(rest.digits) ? rest.digits.padStart(2, "0") : null;
  const isThousand = magnitude === "tusen" || magnitude === "thousand";
  if (isThousand && before === "2" && two !== null) return { digits: `20${two}`, used: 1 };
  if (!isThousand && (before === "19" || before === "20") && two !== null)
    return { digits: `${before}${two}`, used: 1 };
  return null;
}
