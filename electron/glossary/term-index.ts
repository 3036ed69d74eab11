// Finds the terms that something heard may be, fast: by its consonants in six classes, one of which may be too many
// or too few. Pure; runs anywhere. Looking up deletions on both sides instead of trying changes is the idea of
// symmetric-delete spelling correction (Garbe, SymSpell).
import type { Term } from "../formats.ts";
import { toCodes } from "./phones.ts";
import { pronunciationsOf, type Pronunciation } from "./pronounce.ts";

export interface Candidate extends Pronunciation {
  readonly term: Term;
  readonly codes: Uint8Array;
}

export interface TermIndex {
  /** The most words that a term takes up. */
  readonly mostWords: number;
  /**
   * Terms that may sound like that; the distance decides.
   * @param exact only those with consonants of the same classes in the same order
   */
  find(sounds: string, exact: boolean): readonly Candidate[];
}

const classes: ReadonlyMap<string, number> = new Map(
  ["pbfv", "tdT", "kg", "sSC", "mnN", "lr"].flatMap((signs, at) =>
    signs.split("").map((sign) => [sign, at + 1] as const),
  ),
);
const base = 7;
/** So many classes fit in a number; a longer word is known by its beginning. */
const longest = 9;
/** With fewer consonants left than this, too much is found. */
const leastLeft = 2;

function skeleton(sounds: string): readonly number[] {
  const found: number[] = [];
  for (const sign of sounds) {
    const at = classes.get(sign);
    if (at !== undefined && found.length < longest) found.push(at);
  }
  return found;
}

/** The key without the class at `left`, or of all with -1. A leading 1 keeps keys of different lengths apart. */
function keyOf(found: readonly number[], left: number): number {
  let key = 1;
  for (let at = 0; at < found.length; at += 1) if (at !== left) key = key * base + (found[at] ?? 0);
  return key;
}

function add(lists: Map<number, Candidate[]>, key: number, candidate: Candidate): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [candidate]);
  else list.push(candidate);
}

export function indexTerms(terms: readonly Term[], language: string): TermIndex {
  const byKey = new Map<number, Candidate[]>();
  const byWholeKey = new Map<number, Candidate[]>();
  let mostWords = 1;
  for (const term of terms) {
    for (const pronunciation of pronunciationsOf(term, language)) {
      const candidate = { ...pronunciation, term, codes: toCodes(pronunciation.sounds) };
      mostWords = Math.max(mostWords, pronunciation.mostWords);
      const found = skeleton(pronunciation.sounds);
      add(byWholeKey, keyOf(found, -1), candidate);
      const keys = new Set([keyOf(found, -1)]);
      if (found.length > leastLeft) found.forEach((_, left) => keys.add(keyOf(found, left)));
      for (const key of keys) add(byKey, key, candidate);
    }
  }
  return {
    mostWords,
    find(sounds, exact) {
      const found = skeleton(sounds);
      if (exact) return byWholeKey.get(keyOf(found, -1)) ?? [];
      const lists: (readonly Candidate[])[] = [];
      const last = found.length > leastLeft ? found.length : 0;
      for (let left = -1; left < last; left += 1) {
        // Of two equal neighbours it makes no difference which one is left out.
        if (left > 0 && found[left] === found[left - 1]) continue;
        const list = byKey.get(keyOf(found, left));
        if (list !== undefined) lists.push(list);
      }
      return lists.length === 1 ? (lists[0] ?? []) : [...new Set(lists.flat())];
    },
  };
}
