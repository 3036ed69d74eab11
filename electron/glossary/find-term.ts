// The term that a few words sound like most, and whether it is near enough to be offered. Pure.
import type { Term } from "../formats.ts";
import type { Desk } from "./desk.ts";
import { shareOf, soundDistance } from "./distance.ts";
import { allEndings, endingsIn } from "./endings.ts";
import type { WordClass } from "./ordinary-words.ts";
import { toCodes } from "./phones.ts";
import { withoutDoubles } from "./spelling-rules.ts";
import type { Candidate } from "./term-index.ts";

/**
 * How far from a term something may sound, as a share of the longer one (distance.ts), by how many sounds it has.
 * Set on tables of mishearings and on clean meetings: see the tests.
 */
const limits = [
  { sounds: 3, share: 0 },
  { sounds: 4, share: 0.08 },
  { sounds: 5, share: 0.13 },
  { sounds: Number.POSITIVE_INFINITY, share: 0.16 },
] as const;
/** What words that exist may differ: they were most likely said. */
const shareOfClass = { ordinary: 0.045, name: 0.06, compound: 0.06 } as const;
/** A single word of the language is a question only where the recogniser itself doubted. */
const sureOfIt = 0.6;
/** Below this the recogniser guessed: a little more is offered. */
const guessed = 0.5;
const guessedShare = 0.04;
/** Another term as near as this makes it a question which one was meant. */
const rivalGap = 0.05;
/** Letters spelled out are mostly words too: they must fit well. */
const spelledShare = 0.08;
/** Two words of which one holds sentences together sound like a term by chance, unless it is as long as this. */
const leastBesideSmall = 7;

/** The best term for some words. */
export interface Find {
  readonly term: Term;
  /** What the last word carries beyond the term. */
  readonly ending: string;
  /** 0 for the same sounds; see `shareOf`. */
  readonly share: number;
  /** How many sounds the longer of the two has. */
  readonly sounds: number;
  readonly spelled: boolean;
  /** True when another term is nearly as near. */
  readonly rival: boolean;
}

/** As unknown as its least known word. */
export function classOfWords(words: readonly string[], desk: Desk): WordClass {
  const classes = new Set(words.map(desk.classOf));
  return (["unknown", "compound", "name"] as const).find((each) => classes.has(each)) ?? "ordinary";
}

/** @param words in lower case */
export function findTerm(words: readonly string[], wordClass: WordClass, desk: Desk): Find | null {
  const last = words.at(-1) ?? "";
  const before = words.slice(0, -1).map(desk.soundsOf).join("");
  const finds: Find[] = [];
  for (const ending of allEndings) {
    const stem = last.slice(0, last.length - ending.length);
    if (!last.endsWith(ending) || stem === "") continue;
    const sounds = withoutDoubles(before + desk.soundsOf(stem));
    const candidates = desk.index.find(sounds, wordClass === "ordinary");
    if (candidates.length === 0) continue;
    const codes = toCodes(sounds);
    for (const candidate of candidates) {
      if (words.length > candidate.mostWords || words.length < candidate.leastWords) continue;
      if (ending !== "" && !endingsIn(last, candidate.term).includes(ending)) continue;
      const share = nearness(codes, candidate, wordClass);
      if (share === null) continue;
      const { term, spelled } = candidate;
      finds.push({ term, ending, share, spelled, sounds: longer(codes, candidate.codes), rival: false });
    }
  }
  const [best, ...others] = finds.toSorted((one, other) => one.share - other.share);
  if (best === undefined) return null;
  const rival = others.some(({ term, share }) => term.id !== best.term.id && share - best.share < rivalGap);
  return { ...best, rival };
}

const longer = (one: Uint8Array, other: Uint8Array): number => Math.max(one.length, other.length);

/** The share by which it differs, or null where that is more than can be offered. */
function nearness(codes: Uint8Array, { codes: of, spelled }: Candidate, wordClass: WordClass): number | null {
  if (Math.abs(codes.length - of.length) > 2) return null;
  const length = longer(codes, of);
  const most = spelled
    ? spelledShare
    : wordClass === "unknown"
      ? limitOf(length) + guessedShare
      : shareOfClass[wordClass];
  // Sums of tenths are not exact.
  const distance = soundDistance(codes, of, most * length + 1e-9);
  return Number.isFinite(distance) ? shareOf(distance, codes, of) : null;
}

const limitOf = (length: number): number => limits.find(({ sounds }) => length <= sounds)?.share ?? 0;

/** @param confidence the lowest of the words', NaN where the recogniser did not say */
export function isOffered(
  find: Find,
  words: readonly string[],
  wordClass: WordClass,
  confidence: number,
  desk: Desk,
): boolean {
  if (find.spelled) return true;
  if (words.length > 1 && words.some(desk.isFunctionWord)) {
    return find.share === 0 && find.sounds >= leastBesideSmall;
  }
  if (wordClass === "unknown") return find.share <= limitOf(find.sounds) + (confidence < guessed ? guessedShare : 0);
  return wordClass !== "ordinary" || words.length > 1 || confidence < sureOfIt;
}
