// The lists that masking goes by, read once per language from lexicon/. Runs in a worker thread or under plain Node. The
// files are plain lists, so that a municipality can add to them.
import { readFileSync } from "node:fs";
import { dictionaryOf, type WordClass } from "../glossary/ordinary-words.ts";

export interface Lexicon {
  readonly language: "sv" | "en";
  readonly given: ReadonlySet<string>;
  /** The sure ones as they sound. */
  readonly givenSounds: ReadonlySet<string>;
  /** Given names that are more often ordinary words. */
  readonly alsoWords: ReadonlySet<string>;
  readonly surnames: ReadonlySet<string>;
  /** Surnames without their last letter, as a recogniser may leave it out. */
  readonly clippedSurnames: ReadonlySet<string>;
  readonly surnameEndings: readonly string[];
  readonly places: ReadonlySet<string>;
  /** Places of two or three words, by their first. */
  readonly longPlaces: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly placeEndings: readonly string[];
  readonly notNames: ReadonlySet<string>;
  /** "SoL", "PEth": no names in exactly this spelling. */
  readonly shorthands: ReadonlySet<string>;
  readonly notNamePhrases: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly cues: Cues;
  /** @param word in lower case */
  classOf(word: string): WordClass;
}

const listNames = [
  "naming",
  "kin",
  "titles",
  "speech",
  "toward",
  "where",
  "placeFirsts",
  "commonStreets",
  "commonSchools",
  "orgEndings",
  "orgFirsts",
  "identity",
  "phone",
  "account",
  "matter",
  "plate",
  "birth",
  "doorWords",
  "units",
  "phonetic",
  "verbNames",
  "functionWords",
] as const;

export type Cues = Readonly<Record<(typeof listNames)[number], ReadonlySet<string>>> & {
  readonly streetEndings: readonly string[];
  readonly sureStreets: readonly string[];
  readonly schoolEndings: readonly string[];
  readonly months: readonly string[];
  readonly monthsShort: readonly string[];
  readonly emailWords: Readonly<Record<"at" | "dot" | "joins", readonly string[]>>;
};

const longestWord = 40;
const loaded = new Map<"sv" | "en", Lexicon>();

/** For a BCP 47 language; another than Swedish or English is taken for English. Names of both are known in both. */
export function lexiconFor(language: string): Lexicon {
  const code = /^sv\b/iu.test(language) ? "sv" : "en";
  const known = loaded.get(code);
  if (known !== undefined) return known;
  const lexicon = readLexicon(code);
  loaded.set(code, lexicon);
  return lexicon;
}

function readLexicon(language: "sv" | "en"): Lexicon {
  const dictionary = dictionaryOf(language);
  const raw = JSON.parse(read(`${language}/cues.json`)) as Record<string, readonly string[]>;
  const sets = Object.fromEntries(listNames.map((name) => [name, new Set(raw[name] ?? [])]));
  const notNames = list(`${language}/not-names.txt`);
  const places = [...names("sv/places.txt"), ...names("en/places.txt")];
  const surnames = names("sv/surnames.txt");
  const alsoWords = new Set(names(`${language}/also-words.txt`));
  const given = [
    ...names("sv/given-names.txt"),
    ...names("en/given-names.txt"),
    ...names(`${language}/also-words.txt`),
  ];
  return {
    language,
    given: new Set(given),
    givenSounds: new Set(given.filter((name) => name.length > 3 && !alsoWords.has(name)).map(soundOf)),
    alsoWords,
    surnames: new Set(surnames),
    clippedSurnames: new Set(surnames.filter(({ length }) => length > 5).map((name) => name.slice(0, -1))),
    surnameEndings: names("sv/surname-endings.txt").toSorted((a, b) => b.length - a.length),
    places: new Set(places.filter((place) => !place.includes("_"))),
    longPlaces: byFirst(places),
    placeEndings: names("sv/place-endings.txt"),
    notNames: new Set(notNames.filter((word) => !word.includes("_") && !isShorthand(word)).map(lowered)),
    shorthands: new Set(notNames.filter(isShorthand)),
    notNamePhrases: byFirst(notNames.map(lowered)),
    cues: { ...raw, ...sets } as unknown as Cues,
    // Taking a hostile word apart in all ways would take seconds.
    classOf: (word) => (word.length > longestWord ? "unknown" : dictionary.classOf(word)),
  };
}

const read = (name: string): string => readFileSync(new URL(`./lexicon/${name}`, import.meta.url), "utf8");

function list(name: string): string[] {
  const lines = read(name)
    .split("\n")
    .filter((line) => !line.startsWith("#"));
  return lines.flatMap((line) => line.split(/\s+/u)).filter((word) => word !== "");
}

const lowered = (word: string): string => word.toLowerCase();
const names = (name: string): string[] => list(name).map(lowered);
const isShorthand = (word: string): boolean => word.length <= 6 && /\p{Lu}.*\p{Lu}/u.test(word);

/** Spelled as it sounds: "Wilgot" and "Vilgot", "Mathilda" and "Matilda" are one. */
export const soundOf = (lower: string): string =>
  lower
    .replaceAll("w", "v")
    .replaceAll("th", "t")
    .replaceAll("ph", "f")
    .replaceAll(/c(?=[kaou])|q/gu, "k")
    .replaceAll("x", "ks")
    .replaceAll("z", "s")
    .replaceAll(/[éèêë]/gu, "e")
    .replaceAll(/(\p{L})\1/gu, "$1");

function byFirst(words: readonly string[]): ReadonlyMap<string, readonly (readonly string[])[]> {
  const map = new Map<string, string[][]>();
  for (const word of words) {
    const [first = "", ...rest] = word.split("_");
    if (rest.length > 0) map.set(first, [...(map.get(first) ?? []), rest]);
  }
  return map;
}
