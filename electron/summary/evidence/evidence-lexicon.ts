// The word lists that only the evidence check uses: lexicon/<language>/evidence.json and grave.json, read once per language.
// Runs in a worker thread or under plain Node.
import { readFileSync } from "node:fs";
import type { LexiconLanguage } from "../lexicon.ts";
import { stem } from "../language/stem.ts";

/** What may not stand in a summary without a passage that speaks of it. */
export const graveTopics = ["selfharm", "violence", "threat", "sexual", "abuse", "addiction", "suspicion"] as const;
export type GraveTopic = (typeof graveTopics)[number];

/** From a wish to an obligation, and what is held for certain. */
export const modalKinds = ["wish", "can", "ought", "must", "will", "certain"] as const;
export type ModalKind = (typeof modalKinds)[number];

const listNames = [
  "framing",
  "standIns",
  "pronouns",
  "third",
  "first",
  "second",
  "yes",
  "no",
  "not",
  "lacking",
  "denying",
  "notNegating",
  "breaks",
  "opensThat",
  "uncertain",
  "approximate",
  "kin",
  "things",
] as const;

export interface GraveWords {
  readonly anywhere: readonly string[];
  readonly starts: readonly string[];
  readonly words: ReadonlySet<string>;
  readonly phrases: readonly RegExp[];
  readonly unless: readonly RegExp[];
}

export interface EvidenceLexicon {
  readonly lists: Readonly<Record<(typeof listNames)[number], ReadonlySet<string>>>;
  readonly modals: Readonly<Record<ModalKind, ReadonlySet<string>>>;
  /** A time that cannot be told as a date, with the words for it. */
  readonly timeWords: Readonly<Record<string, ReadonlySet<string>>>;
  /** Stems that may stand for a stem. */
  readonly same: ReadonlyMap<string, ReadonlySet<string>>;
  /** Stems that contradict a stem. */
  readonly opposites: ReadonlyMap<string, ReadonlySet<string>>;
  readonly grave: Readonly<Record<GraveTopic, GraveWords>>;
}

const loaded = new Map<LexiconLanguage, EvidenceLexicon>();

export function evidenceLexicon(language: LexiconLanguage): EvidenceLexicon {
  const known = loaded.get(language);
  if (known !== undefined) return known;
  const lexicon = readEvidenceLexicon(language);
  loaded.set(language, lexicon);
  return lexicon;
}

type Lists<Name extends string> = Readonly<Record<Name, readonly string[]>>;

function readEvidenceLexicon(language: LexiconLanguage): EvidenceLexicon {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(new URL(`../lexicon/${language}/${name}.json`, import.meta.url), "utf8"));
  const words = read("evidence") as Lists<(typeof listNames)[number]> & {
    readonly modals: Lists<ModalKind>;
    readonly timeWords: Lists<string>;
    readonly same: readonly (readonly string[])[];
    readonly opposites: readonly (readonly [readonly string[], readonly string[]])[];
  };
  const { topics } = read("grave") as { readonly topics: Record<GraveTopic, Lists<keyof GraveWords>> };
  return {
    lists: asSets(words, listNames),
    modals: asSets(words.modals, modalKinds),
    timeWords: asSets(words.timeWords, Object.keys(words.timeWords)),
    same: interchangeable(words.same, language),
    opposites: contradicting(words.opposites, language),
    grave: readGrave(topics),
  };
}

function readGrave(topics: Readonly<Record<GraveTopic, Lists<keyof GraveWords>>>): Record<GraveTopic, GraveWords> {
  const grave: Partial<Record<GraveTopic, GraveWords>> = {};
  for (const topic of graveTopics) {
    const { anywhere, starts, words, phrases, unless } = topics[topic];
    grave[topic] = {
      anywhere,
      starts,
      words: new Set(words),
      phrases: phrases.map(pattern),
      unless: unless.map(pattern),
    };
  }
  return grave as Record<GraveTopic, GraveWords>;
}

function asSets<Name extends string>(lists: Lists<Name>, names: readonly Name[]): Record<Name, ReadonlySet<string>> {
  const sets: Partial<Record<Name, ReadonlySet<string>>> = {};
  for (const name of names) sets[name] = new Set(lists[name]);
  return sets as Record<Name, ReadonlySet<string>>;
}

/** "slog … upp": words in a row, … for at most three of them; the last may have an ending. */
function pattern(phrase: string): RegExp {
  const words = phrase.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`).replaceAll(" … ", " (?:[^ ]+ ){0,3}");
  return new RegExp(` ${words} `, "gu");
}

function interchangeable(
  groups: readonly (readonly string[])[],
  language: LexiconLanguage,
): ReadonlyMap<string, ReadonlySet<string>> {
  const same = new Map<string, Set<string>>();
  for (const group of groups) {
    const stems = group.map((word) => stem(word, language));
    for (const one of stems) same.set(one, new Set([...(same.get(one) ?? []), ...stems]));
  }
  return same;
}

function contradicting(
  pairs: readonly (readonly [readonly string[], readonly string[]])[],
  language: LexiconLanguage,
): ReadonlyMap<string, ReadonlySet<string>> {
  const against = new Map<string, Set<string>>();
  for (const pair of pairs)
    for (const [own, other] of [pair, pair.toReversed()] as const)
      for (const word of own ?? [])
        against.set(stem(word, language), new Set((other ?? []).map((one) => stem(one, language))));
  return against;
}
