// Personnummer, telephone numbers, accounts, case numbers: runs of digits by their shape, their check digits and the words
// before them. Runs anywhere.
import { hasBirthDate, isDate, passesIdentity, passesLuhn, passesNhs } from "./check-digits.ts";
import { endsWithPhrase, type ReadPassage } from "./document.ts";
import type { Find, MaskKind } from "./kinds.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Run } from "./runs.ts";
import type { Token } from "./words.ts";

const cueKinds = ["identity", "phone", "account", "matter"] as const;
type CueKind = (typeof cueKinds)[number];

interface Cue {
  readonly passage: number;
  /** Counted over the whole meeting. */
  readonly word: number;
}

/** How far a word like "personnummer" reaches: it is asked for in one line and answered in the next but one. */
const reach = { passages: 2, words: 40 };

/** All numbers that tell who somebody is, in every passage. */
export function findNumbers(passages: readonly ReadPassage[], lexicon: Lexicon): Find[] {
  const finds: Find[] = [];
  // The latest of each kind: it is the nearest.
  const cues = new Map<CueKind, Cue>();
  let word = 0;
  passages.forEach((passage, number) => {
    let at = 0;
    const runs = [...passage.runs, null];
    for (const run of runs) {
      for (; at < (run?.from ?? passage.tokens.length); at += 1) {
        word += 1;
        const kind = cueAt(passage.tokens, at, lexicon);
        if (kind !== null) cues.set(kind, { passage: number, word });
      }
      if (run === null) break;
      const near = new Map<CueKind, number>();
      for (const [cueKind, cue] of cues)
        if (word - cue.word <= reach.words && number - cue.passage <= reach.passages)
          near.set(cueKind, word - cue.word);
      const kind = kindOf(run, passage, near, lexicon);
      if (kind !== null) finds.push(findOf(passage, run, kind));
      word += run.to - run.from;
      at = run.to;
    }
  });
  return finds;
}

function findOf(passage: ReadPassage, run: Run, kind: MaskKind): Find {
  const start = passage.text[run.start - 1] === "+" ? run.start - 1 : run.start;
  if (kind === "matter") return { ...matterWithLetters(passage, run, start), key: run.digits };
  const open = start > 0 && passage.text[start - 1] === "(" && passage.text.slice(start, run.end).includes(")");
  return {
    passage: passage.id,
    start: open ? start - 1 : start,
    end: run.end,
    kind,
    key: kind === "identity" ? run.digits.slice(-10) : run.digits,
  };
}

/** "mål T 4471-25", "SN 2026-0417": the letters before belong to it. */
function matterWithLetters({ id, text, tokens }: ReadPassage, run: Run, start: number): Omit<Find, "key"> {
  const before = tokens[run.from - 1];
  const isPart =
    before !== undefined &&
    /^\p{L}{1,4}$/u.test(before.text) &&
    before.text === before.text.toUpperCase() &&
    text.slice(before.end, start).trim() === "";
  return { passage: id, start: isPart ? before.start : start, end: run.end, kind: "matter" };
}

function cueAt(tokens: readonly Token[], at: number, lexicon: Lexicon): CueKind | null {
  return cueKinds.find((kind) => endsWithPhrase(tokens, at, lexicon.cues[kind])) ?? null;
}

function kindOf(run: Run, passage: ReadPassage, near: ReadonlyMap<CueKind, number>, lexicon: Lexicon): MaskKind | null {
  const { digits } = run;
  const count = digits.length;
  const next = passage.tokens[run.to];
  const isAmount =
    next !== undefined && lexicon.cues.units.has(next.lower) && !/[.?!]/u.test(passage.text.slice(run.end, next.start));
  const shape = run.groups.map(({ length }) => length).join("-");
  if (count < 3 || isTime(run, passage)) return null;
  if (count < 10 && isAmount) return null;
  const written = passage.text.slice(run.start, run.end);

  if (isIdentity(run, shape, written, near)) return "identity";
  // One number in eleven passes by chance: a telephone that was asked for is one.
  if (lexicon.language === "en" && passesNhs(digits) && !near.has("phone")) return "identity";
  if (isPhone(run, shape, near, lexicon)) return "phone";
  if (!run.isSpoken && count >= 13 && count <= 19 && passesLuhn(digits)) return "account";
  if (near.has("identity") && count >= 4 && !isYear(digits) && !run.isList) return "identity";
  if (/^(?:6|8)-4$/u.test(shape) && passesLuhn(digits.slice(-10))) return "identity";
  if (near.has("phone") && count >= 6 && !isDate(digits)) return "phone";
  const toAccount = near.get("account");
  if (toAccount !== undefined && !isThousands(run) && !isYear(digits) && count >= (toAccount <= 6 ? 4 : 5))
    return "account";
  const toMatter = near.get("matter");
  if (toMatter !== undefined && !isYear(digits) && ((toMatter <= 4 && count >= 3) || count >= 6)) return "matter";
  if (count < 8 || run.isList || isThousands(run) || isCounting(digits)) return null;
  if (/^4-2-2$|^4-4$|^2-2-4$|^1-2-4$|^1-1-4$|^2-1-4$/u.test(shape) || (count === 8 && isDate(digits))) return null;
  return isYearRange(run) ? null : "other";
}

function isIdentity(run: Run, shape: string, written: string, near: ReadonlyMap<CueKind, number>): boolean {
  const { digits } = run;
  if (digits.length !== 10 && digits.length !== 12) return false;
  if (!hasBirthDate(digits)) return false;
  if (/^\d{6}(?:\d{2})?\s?[-+–‑]\s?\d{4}$/u.test(written) || shape === "6-4" || shape === "8-4") return true;
  if (near.has("identity")) return true;
  if (digits.startsWith("0")) return false;
  return run.isSpoken || passesIdentity(digits);
}

function isPhone(run: Run, shape: string, near: ReadonlyMap<CueKind, number>, lexicon: Lexicon): boolean {
  const count = run.digits.length;
  if (run.hasPlus) return count >= 8 && count <= 15;
  if (/^00\d/u.test(run.digits) && count >= 10 && count <= 16) return true;
  if (run.digits.startsWith("0") && !isNumericDate(run, shape))
    return count >= (near.has("phone") ? 6 : 7) && count <= 12;
  if (lexicon.language !== "en") return false;
  return /^(?:1-)?3-3-4$/u.test(shape) || (shape === "3-4" && near.has("phone"));
}

/** "09.30-10.15", "klockan noll två fjorton". */
function isTime(run: Run, { text, tokens }: ReadPassage): boolean {
  if (/^\d{1,2}[.:]\d{2}(?:\s?[-–]\s?\d{1,2}[.:]\d{2})?$/u.test(text.slice(run.start, run.end))) return true;
  const before = tokens[run.from - 1]?.lower ?? "";
  return /^(?:klockan|kl|o'clock)$/u.test(before) && run.digits.length <= 6;
}

const isYear = (digits: string): boolean => /^(?:19|20)\d\d$/u.test(digits);
const isYearRange = ({ groups }: Run): boolean => groups.length > 0 && groups.every(isYear);
const isNumericDate = ({ digits }: Run, shape: string): boolean =>
  /^[12]-[12]-(?:2|4)$/u.test(shape) && digits.length <= 8;
/** "1 250 000". */
const isThousands = ({ groups, isSpoken, digits }: Run): boolean =>
  !isSpoken &&
  groups.length > 1 &&
  !digits.startsWith("0") &&
  (groups[0]?.length ?? 0) <= 3 &&
  groups.slice(1).every(({ length }) => length === 3);
/** "ett två tre fyra fem …". */
const isCounting = (digits: string): boolean => "01234567891011121314151617181920".includes(digits);
