// What a person typed, as a query that SQLite's full-text search understands. Pure.

/** FTS5's own notion of a letter (unicode61): a part without one has nothing to look for. */
const hasLetter = /[\p{L}\p{N}\p{Co}]/u;
const maxParts = 16;
const phraseOrWord = /["“”„»«]([^"“”„»«]*)["“”„»«]|([^\s"“”„»«]+)/gu;

const quoted = (part: string): string => `"${part}"`;

/**
 * Every word must be found; the last one may go on ("åtgä" finds "åtgärd"); words in quotes stand together and are
 * whole. Nothing a person types is taken for query syntax: each part is an FTS5 string, and quotes cannot get into one.
 * @returns null when there is nothing to look for
 */
export function toFullTextQuery(typed: string): string | null {
  const text = typed
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\uE000\uE001\0]/gu, " ");
  const parts = [...text.matchAll(phraseOrWord)]
    .map(([, phrase, word]) => ({ text: phrase ?? word ?? "", whole: phrase !== undefined }))
    .filter((part) => hasLetter.test(part.text))
    .slice(0, maxParts);
  if (parts.length === 0) return null;
  return parts
    .map((part, index) => (index === parts.length - 1 && !part.whole ? `${quoted(part.text)}*` : quoted(part.text)))
    .join(" AND ");
}
