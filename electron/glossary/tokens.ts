// The words of a segment with their places, and how sure the recogniser was of each. Pure; runs anywhere.
import type { Segment } from "../formats.ts";

export interface Token {
  /** As it stands. */
  readonly text: string;
  /** In lower case, composed (NFC). */
  readonly folded: string;
  readonly start: number;
  readonly end: number;
  /** True when only space or a hyphen stands between it and the word before. */
  readonly joined: boolean;
  /** 0 to 1, where the recogniser said. */
  readonly confidence: number | undefined;
}

export const fold = (text: string): string => text.normalize("NFC").toLowerCase();

export function tokensOf(segment: Segment): readonly Token[] {
  const { text, confidence } = segment;
  const words = wordConfidences(segment);
  // An address is written as it is.
  const addresses = [...text.matchAll(/\S*(?:@|:\/\/|www\.)\S*/gu)];
  const tokens: Token[] = [];
  let before = -1;
  for (const match of text.matchAll(/\p{L}[\p{L}\p{M}\p{N}]*/gu)) {
    const start = match.index;
    const end = start + match[0].length;
    if (addresses.some(({ index, 0: found }) => index <= start && end <= index + found.length)) continue;
    tokens.push({
      text: match[0],
      folded: fold(match[0]),
      start,
      end,
      joined: before >= 0 && /^[\s\p{Pd}]+$/u.test(text.slice(before, start)),
      confidence: words.find((word) => word.start < end && word.end > start)?.confidence ?? confidence,
    });
    before = end;
  }
  return tokens;
}

/** Where each timed word stands in the text; a word that is not found there is passed over. */
export function wordPlaces({ text, words = [] }: Segment): readonly { readonly start: number; readonly end: number }[] {
  let from = 0;
  return words.map((word) => {
    const sought = word.text.trim();
    const start = text.indexOf(sought, from);
    if (sought === "" || start < 0) return { start: -1, end: -1 };
    from = start + sought.length;
    return { start, end: from };
  });
}

function wordConfidences(segment: Segment) {
  const { words = [] } = segment;
  if (!words.some(({ confidence }) => confidence !== undefined)) return [];
  return wordPlaces(segment).map((place, at) => ({ ...place, confidence: words[at]?.confidence }));
}
