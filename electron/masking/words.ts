// Text as words and groups of digits, with where they stand. Runs anywhere.

export interface Token {
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  readonly isDigits: boolean;
  readonly isCapital: boolean;
  /** First of a passage or after what ends a sentence: a capital tells nothing there. */
  readonly isFirst: boolean;
}

// Each letter can be matched in one way only, so the time is linear in the text.
const word = /\p{L}[\p{L}\p{M}]*(?:['’‑-]\p{L}[\p{L}\p{M}]*)*|\p{Nd}+/gu;
const ending = /[.!?…:;"”“»«([\n–—]/u;
/** After these a full stop ends no sentence. */
const abbreviations = new Set([
  "dr",
  "mr",
  "mrs",
  "ms",
  "prof",
  "st",
  "bl",
  "kl",
  "tel",
  "nr",
  "dnr",
  "ca",
  "fr",
  "hr",
]);

/** The words and groups of digits of a text, in order. Offsets are in UTF-16 units of the text as it came. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const found of text.matchAll(word)) {
    const own = found[0];
    const before = tokens.at(-1);
    const gap = before === undefined ? "" : text.slice(before.end, found.index);
    const isShort =
      before !== undefined && gap.startsWith(".") && gap.trim() === "." && isAbbreviation(before.text, before.lower);
    tokens.push({
      text: own,
      lower: own.normalize("NFC").toLowerCase(),
      start: found.index,
      end: found.index + own.length,
      isDigits: /^\p{Nd}/u.test(own),
      isCapital: /^\p{Lu}/u.test(own),
      isFirst: before === undefined || (ending.test(gap) && !isShort),
    });
  }
  return tokens;
}

const isAbbreviation = (text: string, lower: string): boolean =>
  abbreviations.has(lower) || (text.length === 1 && /^\p{Lu}$/u.test(text));

/** True for "BRIS", "EKG": more letters than one, all of them capitals. */
export const isAcronym = ({ text }: Token): boolean =>
  text.length > 1 && text === text.toUpperCase() && /\p{L}/u.test(text);

/** The word without a genitive: "Annas" → "anna", "Anna's" → "anna". */
export function withoutGenitive(lower: string): string {
  const cut = lower.replace(/['’]s?$/u, "");
  if (cut !== lower) return cut;
  return lower.length > 2 && lower.endsWith("s") ? lower.slice(0, -1) : lower;
}
