// Endings that a term keeps when it is put in the place of what was heard: "sävskös" becomes "Sävsjös". Pure.
import type { Term } from "../formats.ts";

/** A name takes a genitive; an ordinary term is bent like other nouns. */
const ofNames: readonly string[] = ["", "s"];
const ofTerms: readonly string[] = ["", "s", "n", "ns", "en", "ens", "et", "ets", "ar", "arna", "er", "erna", "na"];
const ofAbbreviations: readonly string[] = ["", "s", "n", "en", "ens", "et", "ets", "ar", "er"];

const shortest = 3;

export const isAbbreviation = ({ kind, text }: Term): boolean =>
  kind === "abbreviation" || /^\p{Lu}[\p{Lu}\p{N}]+$/u.test(text);

/** The endings that a word in lower case may carry, none first. */
export function endingsIn(word: string, term: Term): readonly string[] {
  const endings = isAbbreviation(term) ? ofAbbreviations : term.kind === "term" ? ofTerms : ofNames;
  return endings.filter(
    (ending) => word.endsWith(ending) && (ending === "" || word.length - ending.length >= shortest),
  );
}

/** Every ending that any term can keep. */
export const allEndings: readonly string[] = [...new Set([...ofTerms, ...ofAbbreviations])];

/** The term with an ending, as it is written: "Sävsjös", "LVU:s", "Hans" for both. */
export function withEnding(term: Term, ending: string): string {
  if (ending === "") return term.text;
  if (isAbbreviation(term)) return `${term.text}:${ending}`;
  return /[sxz]$/iu.test(term.text) && ending === "s" ? term.text : term.text + ending;
}
