// Swedish or English, for files that do not say. Runs anywhere.
import type { Segment } from "../formats.ts";

const common: Readonly<Record<"sv" | "en", ReadonlySet<string>>> = {
  sv: new Set("och att det är jag inte på som för med har vi ni du men så var den ett till kan ska".split(" ")),
  en: new Set("the and to is you that it of was we they not for with have are but this what do can".split(" ")),
};

/** Enough words to tell two languages apart. */
const wordsMax = 2000;

/** The language with more of its commonest words; Swedish when neither shows. */
export function guessLanguage(segments: readonly Pick<Segment, "text">[]): "sv" | "en" {
  const counts = { sv: 0, en: 0 };
  let words = 0;
  for (const { text } of segments) {
    for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu)) {
      if (common.sv.has(word)) counts.sv += 1;
      if (common.en.has(word)) counts.en += 1;
      words += 1;
    }
    if (words > wordsMax) break;
  }
  return counts.en > counts.sv ? "en" : "sv";
}
