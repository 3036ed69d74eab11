// What is written as a name in a text. Pure.
import { calendarOf } from "./calendar-words.ts";

/**
 * Words with a capital that does not come from the beginning of a sentence, and those that stand in `known`; in another script,
 * words in Latin letters. Months and weekdays, which English writes large, are not names.
 */
export function namesIn(text: string, language: string, known: ReadonlySet<string> = new Set()): readonly string[] {
  const calendar = calendarOf(language).map(({ stem }) => stem);
  const isLatin = !/^(?:ar|fa|uk)\b/u.test(language);
  const found = new Set<string>();
  for (const match of text.matchAll(/\p{Script=Latin}[\p{Script=Latin}\p{M}'’-]*/gu)) {
    const word = match[0].replace(/['’]s$/u, "");
    const before = text.slice(0, match.index).trimEnd();
    if (!/^\p{Lu}/u.test(word) || word.length < 2) continue;
    const opens = before === "" || /[.!?:;”"“(]$/u.test(before);
    if (isLatin && opens && !known.has(word)) continue;
    if (currencies.has(word)) continue;
    if (calendar.some((stem) => word.toLowerCase().startsWith(stem)) || isLanguageName(word, language)) continue;
    // "Annas" is Anna, "Anders" stays: what is left of it stands in both.
    found.add(/^sv\b/u.test(language) && /[^s]s$/u.test(word) && word.length > 4 ? word.slice(0, -1) : word);
  }
  return [...found];
}

const currencies = new Set(["SEK", "EUR", "USD", "GBP", "NOK", "DKK"]);
const spoken = "sv en ar so uk fa ti pl ru es fr de fi no da tr ku so am".split(" ");
const byLanguage = new Map<string, ReadonlySet<string>>();

/** "Swedish", "Arabic": written large in English, and no name. */
function isLanguageName(word: string, language: string): boolean {
  const names =
    byLanguage.get(language) ??
    new Set(
      spoken.map((code) => new Intl.DisplayNames([language], { type: "language" }).of(code)?.toLowerCase() ?? code),
    );
  byLanguage.set(language, names);
  return names.has(word.toLowerCase());
}

/** For comparing: small letters, one kind of apostrophe. */
export const plainLetters = (text: string): string => text.normalize("NFC").toLowerCase().replaceAll("’", "'");
