// Content words by their Snowball stem. Runs anywhere.
import snowball from "snowball-stemmers";
import type { Lexicon, LexiconLanguage } from "../lexicon.ts";
import { writeFigures } from "./figures.ts";
import { tokenise } from "./tokens.ts";

const stemmers = { sv: snowball.newStemmer("swedish"), en: snowball.newStemmer("english") } as const;
const cache: Record<LexiconLanguage, Map<string, string>> = { sv: new Map(), en: new Map() };

export function stem(word: string, language: LexiconLanguage): string {
  const known = cache[language].get(word);
  if (known !== undefined) return known;
  const found = /\p{N}/u.test(word) ? word : snowballStem(word, language);
  if (cache[language].size < 50_000) cache[language].set(word, found);
  return found;
}

/** Snowball for Swedish leaves the neuter ending: "trycket" stays, though "tryck" is its stem. */
function snowballStem(word: string, language: LexiconLanguage): string {
  const found = stemmers[language].stem(word);
  return language === "sv" && /^.{3,}[^aeiouyåäö]ets?$/u.test(found)
    ? stemmers.sv.stem(found.replace(/ets?$/u, ""))
    : found;
}

/** Stems of the words that carry meaning, numbers as figures, in the order of the text. */
export function contentStems(text: string, lexicon: Lexicon): string[] {
  const { stop } = lexicon.lists;
  return writeFigures(tokenise(text), lexicon.language)
    .filter(({ isWord, lower }) => isWord && !stop.has(lower) && (lower.length > 1 || /\p{N}/u.test(lower)))
    .map(({ lower }) => stem(lower, lexicon.language));
}

/** Share of `of` that `by` covers, 0 to 1; 1 when there is nothing to cover. */
export function coverage(of: readonly string[], by: ReadonlySet<string>): number {
  const wanted = new Set(of);
  if (wanted.size === 0) return 1;
  let found = 0;
  for (const word of wanted) if (by.has(word)) found += 1;
  return found / wanted.size;
}
