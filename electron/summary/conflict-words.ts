// The word lists for finding statements that differ, read once per language from lexicon/<language>/conflicts.json.
// Runs in a worker thread or under plain Node.
import { readFileSync } from "node:fs";
import type { LexiconLanguage } from "./lexicon.ts";

const listNames = [
  "blockers",
  "pronouns",
  "light",
  "once",
  "place",
  "not",
  "changing",
  "stable",
  "parties",
  "streets",
  "areas",
  "places",
] as const;

export type ConflictWords = Readonly<Record<(typeof listNames)[number], ReadonlySet<string>>> & {
  /** A unit or period as said → what it is compared by. */
  readonly units: ReadonlyMap<string, string>;
  readonly periods: ReadonlyMap<string, string>;
};

const loaded = new Map<LexiconLanguage, ConflictWords>();

export function conflictWordsFor(language: LexiconLanguage): ConflictWords {
  const known = loaded.get(language);
  if (known !== undefined) return known;
  const file = JSON.parse(
    readFileSync(new URL(`./lexicon/${language}/conflicts.json`, import.meta.url), "utf8"),
  ) as Record<string, string | Record<string, string>>;
  const lists = Object.fromEntries(listNames.map((name) => [name, new Set(String(file[name] ?? "").split(" "))]));
  const table = (name: string): ReadonlyMap<string, string> => new Map(Object.entries(file[name] ?? {}));
  const words = { ...lists, units: table("units"), periods: table("periods") } as ConflictWords;
  loaded.set(language, words);
  return words;
}
