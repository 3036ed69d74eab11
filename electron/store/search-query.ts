// What a person typed, as a query that SQLite's full-text search understands. Pure.
import { plainText } from "./plain-text.ts";

/** FTS5's own notion of a letter (unicode61): a part without one has nothing to look for. */
const hasLetter = /[\p{L}\p{N}\p{Co}]/u;
const maxParts = 16;
const phraseOrWord = /["“”„»«]([^"“”„»«]*)["“”„»«]|([^\s"“”„»«]+)/gu;

const quoted = (part: string): string => `"${part}"`;

/**
 * What to look for, each as a query of its own. The last word may go on ("åtgä" finds "åtgärd"); words in quotes stand
 * together and are whole. Nothing a person types is taken for query syntax: each part is an FTS5 string, and quotes
 * cannot get into one.
 */
export function searchParts(typed: string): readonly string[] {
  const parts = [...plainText(typed).matchAll(phraseOrWord)]
    .map(([, phrase, word]) => ({ text: phrase ?? word ?? "", whole: phrase !== undefined }))
    .filter((part) => hasLetter.test(part.text))
    .slice(0, maxParts);
  return parts.map((part, index) =>
    index === parts.length - 1 && !part.whole ? `${quoted(part.text)}*` : quoted(part.text),
  );
}

/** What has no index of its beginnings: those of longer words are gathered from all words that have them. */
const longestIndexedPrefix = 4;
const letters = /^[\p{L}\p{N}\p{Co}\p{Mn}]+$/u;
const words = /[\p{L}\p{N}\p{Co}\p{Mn}]+/gu;

/** The beginning of a word that is dear to look for again and again; null for every other part. */
export function longPrefix(part: string): string | null {
  const [, prefix = ""] = /^"([^"]*)"\*$/u.exec(part) ?? [];
  return letters.test(prefix) && Array.from(prefix).length > longestIndexedPrefix ? prefix : null;
}

/** The words of texts that begin so, as a query that finds each of them as a whole; null where there is none. */
export function wholeWords(prefix: string, texts: readonly string[]): string | null {
  const beginning = prefix.toLowerCase();
  const found = texts.flatMap((text) => text.toLowerCase().match(words) ?? []);
  const those = new Set(found.filter((word) => word.startsWith(beginning)));
  return those.size === 0 ? null : [...those].map(quoted).join(" OR ");
}

/** All of it in one passage. Null when there is nothing to look for. */
export function toFullTextQuery(typed: string): string | null {
  const parts = searchParts(typed);
  return parts.length === 0 ? null : parts.join(" AND ");
}
