// The word lists of the built-in engine, read once per language from lexicon/<language>/*.json. Runs in a worker
// thread or under plain Node. The files are plain lists, so that a municipality can edit them.
import { readFileSync } from "node:fs";
import type { VerbForms } from "./language/verbs.ts";
import { readVerbs } from "./language/verbs.ts";

export type LexiconLanguage = "sv" | "en";

/** Lists of words and of phrases (words with single spaces), all in lower case. */
export const wordListNames = [
  "fillers",
  "openers",
  "yes",
  "no",
  "accept",
  "negations",
  "adverbs",
  "hedges",
  "obligations",
  "possibilities",
  "wishes",
  "feelings",
  "concerns",
  "strengths",
  "decisionCues",
  "meetingNouns",
  "actionVerbs",
  "requestOpeners",
  "habits",
  "hearsay",
  "deflations",
  "jokes",
  "smalltalk",
  "meta",
  "corrections",
  "retractions",
  "questionWords",
  "subordinators",
  "prepositions",
  "determiners",
  "coordinators",
  "adverbFronts",
  "professions",
  "promises",
  "proposals",
  "objections",
  "pauses",
  "topicCues",
  "offRecord",
  "refusals",
  "stop",
] as const;
export type WordListName = (typeof wordListNames)[number];

export interface Topic {
  readonly id: string;
  readonly headings: readonly string[];
  readonly words: readonly string[];
}

export const sides = ["person", "child", "guardian", "professional"] as const;
export type Side = (typeof sides)[number];

export interface Headings {
  readonly intents: Readonly<Record<string, readonly string[]>>;
  /** What a heading calls each side of the table. */
  readonly roles: Readonly<Record<Side, readonly string[]>>;
  /** What a speaker's role calls it. */
  readonly speakers: Readonly<Record<Side, readonly string[]>>;
  readonly feminine: readonly string[];
  readonly masculine: readonly string[];
  readonly neuter: readonly string[];
}

export interface Lexicon {
  readonly language: LexiconLanguage;
  readonly lists: Readonly<Record<WordListName, ReadonlySet<string>>>;
  readonly topics: readonly Topic[];
  readonly headings: Headings;
  readonly weekdays: readonly string[];
  readonly months: readonly string[];
  readonly verbs: VerbForms;
}

const loaded = new Map<LexiconLanguage, Lexicon>();

/** The word lists for a BCP 47 language; another language than Swedish or English falls back to English. */
export function lexiconFor(language: string): Lexicon {
  const code: LexiconLanguage = /^sv\b/iu.test(language) ? "sv" : "en";
  const known = loaded.get(code);
  if (known !== undefined) return known;
  const lexicon = readLexicon(code);
  loaded.set(code, lexicon);
  return lexicon;
}

function readLexicon(language: LexiconLanguage): Lexicon {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(new URL(`./lexicon/${language}/${name}.json`, import.meta.url), "utf8"));
  const words = read("words") as Record<WordListName, string[]>;
  const times = read("times") as Pick<Lexicon, "weekdays" | "months">;
  const lists: Record<string, ReadonlySet<string>> = Object.fromEntries(
    wordListNames.map((name) => [name, new Set(words[name] ?? [])]),
  );
  return {
    language,
    lists: lists as Record<WordListName, ReadonlySet<string>>,
    topics: (read("topics") as { topics: Topic[] }).topics,
    headings: read("headings") as Headings,
    weekdays: times.weekdays,
    months: times.months,
    verbs: readVerbs(read("verbs") as Record<string, string | string[]>),
  };
}
