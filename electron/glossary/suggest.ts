// Where in a transcript a term of the glossary may have been said and something else been written. Pure; runs in a
// worker thread or the command line. Nothing is changed here: a person says yes or no to each.
import type { Segment, Term, Transcript } from "../formats.ts";
import { type Desk, openDesk } from "./desk.ts";
import { withEnding } from "./endings.ts";
import { classOfWords, type Find, findTerm, isOffered } from "./find-term.ts";
import type { WordClass } from "./ordinary-words.ts";
import { wordsIn } from "./pronounce.ts";
import { fold, type Token, tokensOf } from "./tokens.ts";
import type { Rejected, Suggestion } from "./types.ts";

/** Near enough to be changed unseen where a person asked for that, if there is as much to hear. */
const sureShare = 0.09;
const sureSounds = 5;

/**
 * @param transcript each segment is read in its own language, where it says which
 * @param rejected what was said no to in this meeting
 * @returns in the transcript's order; no two overlap
 */
export function suggestTerms(
  transcript: Transcript,
  terms: readonly Term[],
  rejected: readonly Rejected[] = [],
): readonly Suggestion[] {
  if (terms.length === 0) return [];
  const no = new Set(rejected.map(rejectionKey));
  const readers = new Map<string, Reader>();
  return transcript.segments.flatMap((segment) => {
    if (segment.state === "not-transcribed" || segment.state === "struck") return [];
    const language = segment.language ?? transcript.language;
    let reader = readers.get(language);
    if (reader === undefined) readers.set(language, (reader = openReader(openDesk(terms, language))));
    return suggestInSegment(segment, reader).filter((suggestion) => !no.has(rejectionKey(suggestion)));
  });
}

const rejectionKey = ({ termId, heard }: Rejected): string => `${termId} ${fold(heard)}`;

interface Reading {
  readonly words: readonly string[];
  readonly wordClass: WordClass;
  readonly find: Find;
  readonly reason: Suggestion["reason"];
}

interface Reader {
  readonly desk: Desk;
  /** What some words in lower case, with spaces between, may be. Remembered: people say the same things. */
  read(folded: string): Reading | null;
}

function openReader(desk: Desk): Reader {
  const known = new Map<string, Reading | null>();
  const look = (folded: string): Reading | null => {
    const words = folded.split(" ");
    const wordClass = classOfWords(words, desk);
    const exact = { share: 0, sounds: 0, spelled: false, rival: false };
    const written = desk.written.get(folded);
    if (written !== undefined) {
      const ending = folded.slice(wordsIn(written.text).join(" ").length);
      return { words, wordClass, find: { ...exact, term: written, ending }, reason: "capitals" };
    }
    const taught = desk.taught.get(folded);
    if (taught !== undefined) {
      return { words, wordClass, find: { ...exact, term: taught, ending: "" }, reason: "taught" };
    }
    const find = findTerm(words, wordClass, desk);
    return find === null ? null : { words, wordClass, find, reason: "sound" };
  };
  return {
    desk,
    read(folded) {
      let reading = known.get(folded);
      if (reading === undefined) known.set(folded, (reading = look(folded)));
      return reading;
    },
  };
}

function suggestInSegment(segment: Segment, { desk, read }: Reader): readonly Suggestion[] {
  const tokens = tokensOf(segment);
  /** Words that are a term already: they are not made into another one. */
  const right = new Set<number>();
  const found: { readonly suggestion: Suggestion; readonly first: number; readonly count: number }[] = [];
  for (let first = 0; first < tokens.length; first += 1) {
    let folded = "";
    for (let count = 1; count <= desk.index.mostWords; count += 1) {
      const last = tokens[first + count - 1];
      if (last === undefined || (count > 1 && !last.joined)) break;
      folded = count === 1 ? last.folded : `${folded} ${last.folded}`;
      const reading = read(folded);
      if (reading === null) continue;
      if (reading.reason === "capitals") for (let at = 0; at < count; at += 1) right.add(first + at);
      const suggestion = toSuggestion(segment, tokens.slice(first, first + count), reading, desk);
      if (suggestion !== null) found.push({ suggestion, first, count });
    }
  }
  const chosen: Suggestion[] = [];
  const rank = ({ suggestion, count }: (typeof found)[number]) =>
    (suggestion.reason === "sound" ? suggestion.distance : -1) - count / 1000;
  for (const { suggestion, first, count } of found.toSorted((one, other) => rank(one) - rank(other))) {
    const isRight = Array.from({ length: count }, (_, at) => first + at).some((at) => right.has(at));
    if (isRight && suggestion.reason !== "capitals") continue;
    if (chosen.every(({ start, end }) => end <= suggestion.start || start >= suggestion.end)) chosen.push(suggestion);
  }
  return chosen.toSorted((one, other) => one.start - other.start);
}

/** What is said of a reading where it stands, or null where it is not offered. */
function toSuggestion(
  segment: Segment,
  tokens: readonly Token[],
  { words, wordClass, find, reason }: Reading,
  desk: Desk,
): Suggestion | null {
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (first === undefined || last === undefined) return null;
  const heard = segment.text.slice(first.start, last.end);
  const replacement = inPlace(withEnding(find.term, find.ending), find.term, heard);
  if (heard === replacement) return null;
  if (reason === "capitals" && (wordClass === "ordinary" || lettersOf(heard) === lettersOf(replacement))) return null;
  if (reason === "sound") {
    const confidence = Math.min(...tokens.map((token) => token.confidence ?? Number.NaN));
    if (!isOffered(find, words, wordClass, confidence, desk)) return null;
  }
  return {
    segmentId: segment.id,
    start: first.start,
    end: last.end,
    heard,
    replacement,
    termId: find.term.id,
    reason,
    distance: Math.round(find.share * 1000) / 1000,
    sure: reason === "taught" || (wordClass === "unknown" && !find.rival && isNear(find)),
  };
}

const isNear = ({ share, sounds }: Find): boolean => share === 0 || (share <= sureShare && sounds >= sureSounds);

/** "LVUs" for "LVU:s" is the same word with the same capitals. */
const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, "");

/** The term's own capitals; one that has none takes the capital of the beginning of a sentence. */
function inPlace(replacement: string, term: Term, heard: string): string {
  const lower = term.text === term.text.toLowerCase();
  return lower && /^\p{Lu}/u.test(heard) ? replacement.charAt(0).toUpperCase() + replacement.slice(1) : replacement;
}
