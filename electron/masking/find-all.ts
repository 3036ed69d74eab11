// Everything in a meeting that tells who somebody is, without overlaps. Deterministic: the same text gives the same finds.
// Runs in a worker thread or the command line.
import { readPassages, type ReadPassage } from "./document.ts";
import { findAddresses } from "./find-addresses.ts";
import { findBirths } from "./find-births.ts";
import { findContacts } from "./find-contacts.ts";
import { findNames } from "./find-names.ts";
import { findNumbers } from "./find-numbers.ts";
import { type Find, type MaskKind, type Passage, placeholderPattern } from "./kinds.ts";
import { lexiconFor } from "./lexicon.ts";
import { withoutGenitive } from "./words.ts";

export interface MaskWord {
  readonly text: string;
  readonly kind: MaskKind;
}

/** What people have said about words: for a case, or for one meeting. */
export interface MaskRules {
  /** Masked wherever they stand. */
  readonly always: readonly MaskWord[];
  /** Kept wherever they stand. */
  readonly never: readonly string[];
  /** Single places that are kept or masked. */
  readonly places: readonly (Omit<Find, "key"> & { readonly isMasked: boolean })[];
}

export const noRules: MaskRules = { always: [], never: [], places: [] };

/** @param language BCP 47, of the meeting */
export function findAll(passages: readonly Passage[], language: string, rules: MaskRules = noRules): Find[] {
  const lexicon = lexiconFor(language);
  const read = readPassages(passages, lexicon.language);
  const plain = read.filter(({ text }) => text !== "");
  const never = new Set(rules.never.map(plainWord));
  const texts = new Map(read.map(({ id, text }) => [id, text]));
  const textOf = ({ passage, start, end }: Pick<Find, "passage" | "start" | "end">): string =>
    texts.get(passage)?.slice(start, end) ?? "";
  // What stands first wins where two overlap: a person's word, then the sure shapes, then names.
  const finds = [
    ...rules.places.flatMap((place) => {
      const key = plainWord(textOf(place));
      return place.isMasked && key !== "" ? [{ ...place, key }] : [];
    }),
    ...findWords(plain, rules.always),
    ...writtenPlaceholders(plain),
    ...[
      ...findContacts(plain, lexicon),
      ...findBirths(plain, lexicon),
      ...findNumbers(plain, lexicon),
      ...findAddresses(plain, lexicon),
      ...findNames(plain, lexicon),
    ].filter((find) => !never.has(plainWord(textOf(find))) && !never.has(find.key)),
  ].filter((find) => !rules.places.some((place) => !place.isMasked && overlaps(place, find)));
  return withoutOverlaps(finds, read);
}

const plainWord = (text: string): string => text.normalize("NFC").toLowerCase().trim();

const overlaps = (
  one: Pick<Find, "passage" | "start" | "end">,
  other: Pick<Find, "passage" | "start" | "end">,
): boolean => one.passage === other.passage && one.start < other.end && other.start < one.end;

/** Words of a list, whole, in any case, also with a genitive. */
function findWords(passages: readonly ReadPassage[], words: readonly MaskWord[]): Find[] {
  const wanted = words
    .map(({ text, kind }) => ({ text: plainWord(text), kind }))
    .filter(({ text }) => text !== "")
    .toSorted((a, b) => b.text.length - a.text.length);
  if (wanted.length === 0) return [];
  return passages.flatMap(({ id, text, tokens }) => {
    const lower = text.toLowerCase();
    // Signs that change their length would move the places; such a text is searched as it stands.
    const searched = lower.length === text.length ? lower : text;
    const starts = new Set(tokens.map(({ start }) => start));
    const ends = new Set(tokens.flatMap(({ start, end, lower: own }) => [end, start + withoutGenitive(own).length]));
    return wanted.flatMap(({ text: word, kind }) => {
      const finds: Find[] = [];
      for (let at = searched.indexOf(word); at >= 0; at = searched.indexOf(word, at + word.length)) {
        const isWhole =
          (starts.has(at) || !/[\p{L}\p{N}]/u.test(word[0] ?? "")) &&
          (ends.has(at + word.length) || !/[\p{L}\p{N}]$/u.test(word));
        if (isWhole) finds.push({ passage: id, start: at, end: at + word.length, kind, key: word });
      }
      return finds;
    });
  });
}

/** "[PERSON_1]" that somebody wrote: it gets a placeholder of its own, or it would be restored to a name. */
function writtenPlaceholders(passages: readonly ReadPassage[]): Find[] {
  return passages.flatMap(({ id, text }) =>
    [...text.matchAll(placeholderPattern)].map((found) => ({
      passage: id,
      start: found.index,
      end: found.index + found[0].length,
      kind: "other" as const,
      key: found[0],
    })),
  );
}

function withoutOverlaps(finds: readonly Find[], passages: readonly ReadPassage[]): Find[] {
  const byPassage = Map.groupBy(finds, ({ passage }) => passage);
  return passages.flatMap(({ id, text }) => {
    const own = byPassage.get(id) ?? [];
    const taken = new Uint8Array(text.length);
    const kept: Find[] = [];
    for (const find of own) {
      if (find.end <= find.start) continue;
      let { start, end } = find;
      // A longer find gives way only where it is taken: "Lingonvägen 14" goes, "i Fallby" stays a find.
      while (start < end && taken[start] === 1) start += 1;
      while (end > start && taken[end - 1] === 1) end -= 1;
      if (start >= end || taken.subarray(start, end).includes(1)) continue;
      const isTrimmed = start !== find.start || end !== find.end;
      if (isTrimmed && !/[\p{L}\p{N}]/u.test(text.slice(start, end))) continue;
      taken.fill(1, start, end);
      kept.push(isTrimmed ? trimmed({ ...find, start, end }, text) : find);
    }
    return kept.toSorted((a, b) => a.start - b.start);
  });
}

function trimmed(find: Find, text: string): Find {
  const inside = text.slice(find.start, find.end);
  const lead = inside.length - inside.trimStart().length;
  return { ...find, start: find.start + lead, end: find.start + lead + inside.trim().length };
}
