// The word lists for finding statements that differ, read once per language from lexicon/<language>/conflicts.json.
// Runs in a worker thread or under plain Node.
import { readFileSync } from "node:fs";
import type { LexiconLanguage } from "../lexicon.ts";

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
    readFileSync(new URL(`../lexicon/${language}/conflicts.json`, import.meta.url), "utf8"),
  ) as Record<(typeof listNames)[number], string> & Record<"units" | "periods", Record<string, string>>;
  const list = (name: (typeof listNames)[number]): ReadonlySet<string> => new Set(file[name].split(" "));
  const words: ConflictWords = {
    blockers: list("blockers"),
    pronouns: list("pronouns"),
    light: list("light"),
    once: list("once"),
    place: list("place"),
    not: list("not"),
    changing: list("changing"),
    stable: list("stable"),
    parties: list("parties"),
    streets: list("streets"),
    areas: list("areas"),
    places: list("places"),
    units: new Map(Object.entries(file.units)),
    periods: new Map(Object.entries(file.periods)),
  };
  loaded.set(language, words);
  return words;
}
