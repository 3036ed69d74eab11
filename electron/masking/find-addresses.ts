// Street addresses with their numbers, postcodes and boxes. Runs anywhere.
import type { ReadPassage } from "./document.ts";
import { inCapitals } from "./find-contacts.ts";
import type { Find } from "./kinds.ts";
import type { Lexicon } from "./lexicon.ts";
import { spokenNumber } from "./number-words.ts";
import type { Run } from "./runs.ts";
import { type Token, withoutGenitive } from "./words.ts";

export function findAddresses(passages: readonly ReadPassage[], lexicon: Lexicon): Find[] {
  return passages.flatMap((passage) => {
    const runs = new Map(passage.runs.map((run) => [run.from, run]));
    const spans = [
      ...(lexicon.language === "sv" ? swedishStreets(passage, runs, lexicon) : englishStreets(passage, lexicon)),
      ...postcodes(passage, lexicon),
    ];
    return spans.map(({ from, to, end }) => ({
      passage: passage.id,
      start: (passage.tokens[from] as Token).start,
      end: end ?? (passage.tokens[to - 1] as Token).end,
      kind: "address" as const,
      key: keyOf(passage.tokens, from, to),
    }));
  });
}

interface Span {
  readonly from: number;
  readonly to: number;
  /** Where the span ends inside its last word. */
  readonly end?: number;
}

const keyOf = (tokens: readonly Token[], from: number, to: number): string =>
  tokens
    .slice(from, to)
    .map(({ lower }) => lower)
    .join(" ");

const gapBefore = ({ text, tokens }: ReadPassage, at: number): string =>
  text.slice(tokens[at - 1]?.end ?? 0, tokens[at]?.start ?? text.length);

function swedishStreets(passage: ReadPassage, runs: ReadonlyMap<number, Run>, lexicon: Lexicon): Span[] {
  const { tokens } = passage;
  const spans: Span[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    const base = lexicon.cues.streetEndings.some((ending) => token.lower.endsWith(ending)) ? token.lower : null;
    if (base === null || token.lower.length < 3) continue;
    const from = firstWord(passage, at, lexicon);
    const number = houseNumber(passage, at + 1, runs, lexicon);
    if (isStreet(passage, at, from, number > at + 1, lexicon)) {
      const to = doorNumber(passage, number, lexicon);
      spans.push({ from, to });
      at = to - 1;
    }
  }
  return spans;
}

/** "Norra Strandgatan", "Erik Dahlbergs gata": the words of the name that stand before the street. */
function firstWord(passage: ReadPassage, at: number, { cues }: Lexicon): number {
  const { tokens, isCased } = passage;
  const isApart = [
    "gata",
    "väg",
    "gränd",
    "torg",
    "plan",
    "plats",
    "stig",
    "allé",
    "gårdsväg",
    "backe",
    "trappor",
  ].includes(tokens[at]?.lower ?? "");
  let from = at;
  while (from > 0 && at - from < 3 && /^[  :]$/u.test(gapBefore(passage, from))) {
    const before = tokens[from - 1] as Token;
    const isFirst = cues.placeFirsts.has(before.lower) && (before.isCapital || !isCased);
    const isOwner = isApart && before.isCapital && !before.isDigits && (from < at || before.lower.endsWith("s"));
    if (!isFirst && !isOwner) break;
    from -= 1;
  }
  return from;
}

function isStreet(passage: ReadPassage, at: number, from: number, hasNumber: boolean, lexicon: Lexicon): boolean {
  const { tokens, isCased } = passage;
  const { cues } = lexicon;
  const token = tokens[at] as Token;
  const isSure = cues.sureStreets.some(
    (ending) => token.lower.endsWith(ending) && token.lower.length > ending.length + 1,
  );
  if (from < at) return hasNumber || isSure || (tokens[from] as Token).isCapital;
  const isCommon = cues.commonStreets.has(token.lower) || cues.sureStreets.includes(token.lower);
  if (isCommon) return false;
  const word = lexicon.classOf(token.lower);
  if (isCased) {
    if (token.isCapital) return hasNumber || (isSure && (!token.isFirst || word !== "ordinary"));
    return hasNumber && isSure && word !== "ordinary";
  }
  if (hasNumber) return word !== "ordinary" || isSure;
  return (
    isSure &&
    (word === "name" || word === "unknown" || (word === "compound" && cues.where.has(tokens[at - 1]?.lower ?? "")))
  );
}

/** Index after "14 B" or "fjorton b"; `at` itself where no number stands. */
function houseNumber(
  passage: ReadPassage,
  at: number,
  runs: ReadonlyMap<number, Run>,
  { cues, language }: Lexicon,
): number {
  const { tokens } = passage;
  const number = tokens[at];
  const run = runs.get(at);
  if (number === undefined || run === undefined || !/^[  ]$|^ nr\.? $/u.test(gapBefore(passage, at))) return at;
  const isOne = number.isDigits ? number.text.length <= 3 : Number(run.digits) < 200 && run.digits.length <= 3;
  if (!isOne) return at;
  // "tjugo fem" is one number in two words; in "sjutton, tre trappor upp" the second is none of the house's.
  const isTwoWords = spokenNumber(number.lower, language)?.isOpenTen === true && !run.groups[0]?.endsWith("0");
  let to = !number.isDigits && isTwoWords ? at + 2 : at + 1;
  const after = tokens[to];
  if (after !== undefined && !number.isDigits && cues.units.has(after.lower)) return at;
  // "14-16"
  if (number.isDigits && tokens[to]?.isDigits === true && /^[-–]$/u.test(gapBefore(passage, to))) to += 1;
  const letter = tokens[to];
  const isLetter =
    letter !== undefined && /^[a-hj-nA-HJ-Z]$/u.test(letter.text) && /^[  ]?$/u.test(gapBefore(passage, to));
  return isLetter ? to + 1 : to;
}

/** "lgh 1203" belongs to the address. */
function doorNumber(passage: ReadPassage, at: number, { cues }: Lexicon): number {
  const { tokens } = passage;
  const word = tokens[at]?.lower ?? "";
  const isDoor = cues.doorWords.has(word) && tokens[at + 1]?.isDigits === true && /^,? $/u.test(gapBefore(passage, at));
  return isDoor ? at + 2 : at;
}

/** "14 Maple Street", "Flat 3, 22 Kingsway Road", "on Maple Street". */
function englishStreets(passage: ReadPassage, lexicon: Lexicon): Span[] {
  const { tokens } = passage;
  const spans: Span[] = [];
  tokens.forEach((token, at) => {
    if (!lexicon.cues.streetEndings.includes(token.lower)) return;
    let from = at;
    while (from > 0 && at - from < 3 && gapBefore(passage, from) === " " && isNamePart(passage, from - 1, lexicon))
      from -= 1;
    if (from === at) return;
    const house = tokens[from - 1];
    const hasNumber = house?.isDigits === true && gapBefore(passage, from) === " ";
    const isSure = lexicon.cues.sureStreets.includes(token.lower);
    if (!hasNumber && !(isSure && token.isCapital)) return;
    let start = hasNumber ? from - 1 : from;
    const isFlat = lexicon.cues.doorWords.has(tokens[start - 2]?.lower ?? "") && tokens[start - 1]?.isDigits === true;
    if (isFlat) start -= 2;
    spans.push({ from: start, to: at + 1 });
  });
  return spans;
}

function isNamePart({ tokens, isCased }: ReadPassage, at: number, lexicon: Lexicon): boolean {
  const token = tokens[at];
  if (token === undefined || token.isDigits || lexicon.cues.functionWords.has(token.lower)) return false;
  return isCased ? token.isCapital : lexicon.classOf(withoutGenitive(token.lower)) !== "ordinary";
}

/** "123 45 Lillköping", "postnummer 12345", "Box 123"; British postcodes. */
function postcodes(passage: ReadPassage, lexicon: Lexicon): Span[] {
  const { tokens } = passage;
  const spans: Span[] = [];
  tokens.forEach((token, at) => {
    const next = tokens[at + 1];
    if (token.isDigits && token.text.length === 3 && next?.isDigits === true && next.text.length === 2) {
      const place = tokens[at + 2];
      const isBefore = place?.isCapital === true && gapBefore(passage, at + 2) === " ";
      if (gapBefore(passage, at + 1) === " " && tokens[at + 2]?.isDigits !== true && (isBefore || hasCue(tokens, at)))
        spans.push({ from: at, to: at + 2 });
    } else if (/^box$/u.test(token.lower) && next?.isDigits === true && next.text.length >= 2) {
      spans.push({ from: at, to: at + 2 });
    }
  });
  for (const run of passage.runs)
    if (run.digits.length === 5 && hasCue(tokens, run.from)) spans.push({ from: run.from, to: run.to });
  if (lexicon.language === "en") spans.push(...britishPostcodes(passage));
  return spans;
}

const hasCue = (tokens: readonly Token[], at: number): boolean =>
  tokens
    .slice(Math.max(0, at - 4), at)
    .some(({ lower }) => /^(?:post(?:nummer|numret|adress|adressen|code)|zip)$/u.test(lower));

function britishPostcodes(passage: ReadPassage): Span[] {
  const { tokens } = passage;
  const text = inCapitals(passage);
  const starts = new Map(tokens.map(({ start }, at) => [start, at]));
  const spans: Span[] = [];
  for (const found of text.matchAll(/(?<![\p{L}\p{N}])[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?![\p{L}\p{N}])/gu)) {
    const from = starts.get(found.index);
    if (from === undefined) continue;
    const end = found.index + found[0].length;
    let to = from + 1;
    while (to < tokens.length && (tokens[to] as Token).end <= end) to += 1;
    spans.push({ from, to, end });
  }
  return spans;
}
