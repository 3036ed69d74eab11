// A found passage with its matches told apart. Pure.

export interface PassagePart {
  readonly text: string;
  readonly hit: boolean;
}

/** Splits a search hit's passage at its marks, U+E000 and U+E001. */
export function passageParts(passage: string): readonly PassagePart[] {
  return passage
    .split(/(\uE000[^\uE001]*\uE001?)/u)
    .filter((part) => part !== "")
    .map((part) => ({ text: part.replaceAll(/[\uE000\uE001]/gu, ""), hit: part.startsWith("\uE000") }));
}
