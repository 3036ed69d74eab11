// A found passage with its matches told apart. Pure.

export interface PassagePart {
  readonly text: string;
  readonly hit: boolean;
  /** Where it stands in the passage, marks included: unique within it. */
  readonly at: number;
}

/** Splits a search hit's passage at its marks, U+E000 and U+E001. */
export function passageParts(passage: string): readonly PassagePart[] {
  const parts: PassagePart[] = [];
  for (const match of passage.matchAll(/\uE000([^\uE001]*)\uE001?|[^\uE000]+/gu)) {
    const text = (match[1] ?? match[0]).replaceAll(/[\uE000\uE001]/gu, "");
    if (text !== "") parts.push({ text, hit: match[1] !== undefined, at: match.index });
  }
  return parts;
}
