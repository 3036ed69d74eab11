// Spelling by the bundled dictionaries: which words no dictionary knows, and what they may have been meant to be.
// Runs in a worker thread: reading a dictionary takes a tenth of a second.
import type { Term } from "../formats.ts";
import { allEndings } from "./endings.ts";
import { dictionaryOf, type WordClass } from "./ordinary-words.ts";
import { isSwedish, wordsIn } from "./pronounce.ts";

/** A word of the other language is known too, if it is long enough not to be one by chance. */
const leastForeign = 4;
/** What people say between the words: in no dictionary, and no mistake. */
const saidBetween: ReadonlySet<string> = new Set(
  "aa ah aha eh ehm er haha hm hmm jaha jaså jepp nåns japp m mhm mm mmm nja nä näe nähä oj okej ok okay oj sånt såna ts tja uh uhm um yeah åh äh öh öhm".split(
    " ",
  ),
);

export interface Speller {
  isKnown(word: string): boolean;
  /** The likeliest first, at most five, written with a capital where the word is. */
  suggest(word: string): readonly string[];
}

/**
 * @param language of the text; a word of the other language is no mistake
 * @param names words that are right because somebody is called so or the glossary has them
 */
export function openSpeller(language: string, terms: readonly Term[], names: readonly string[]): Speller {
  const code = isSwedish(language) ? "sv" : "en";
  const own = dictionaryOf(code);
  const other = dictionaryOf(code === "sv" ? "en" : "sv");
  const given = new Set<string>();
  for (const text of [...terms.map((term) => term.text), ...names])
    for (const word of wordsIn(text)) for (const ending of ["", ...allEndings]) given.add(word + ending);
  const letters = code === "sv" ? "abcdefghijklmnopqrstuvwxyzåäöé" : "abcdefghijklmnopqrstuvwxyz'";

  const classOf = (word: string): WordClass => own.classOf(word);
  const isPart = (word: string): boolean =>
    word.length < 2 ||
    /\p{N}/u.test(word) ||
    saidBetween.has(word) ||
    given.has(word) ||
    classOf(word) !== "unknown" ||
    (word.length >= leastForeign && other.classOf(word) !== "unknown");
  const isKnown = (word: string): boolean => {
    // Abbreviations are not in dictionaries.
    if (/^\p{Lu}{2,6}$/u.test(word)) return true;
    const folded = word.normalize("NFC").toLowerCase().replaceAll("’", "'");
    return isPart(folded) || isPart(folded.replace(/'s?$/u, "")) || folded.split("-").every(isPart);
  };

  return {
    isKnown,
    suggest(word) {
      const folded = word.normalize("NFC").toLowerCase().replaceAll("’", "'");
      const found = new Map<string, number>();
      for (const { text, cost } of edits(folded, letters)) {
        if (text === folded || text.length < 2 || (found.get(text) ?? Number.POSITIVE_INFINITY) <= cost) continue;
        const isGiven = given.has(text);
        const kind = isGiven ? "ordinary" : classOf(text);
        if (kind === "unknown") continue;
        // A word that is in the list goes before one that could be put together.
        found.set(text, cost + (isGiven ? -0.5 : kind === "compound" ? 2 : kind === "name" ? 0.5 : 0));
      }
      for (let at = 2; at <= folded.length - 2; at += 1) {
        const [first, second] = [folded.slice(0, at), folded.slice(at)];
        if (classOf(first) === "ordinary" && classOf(second) === "ordinary") found.set(`${first} ${second}`, 1.8);
      }
      const capital = /^\p{Lu}/u.test(word);
      return [...found]
        .toSorted(([one, a], [another, b]) => a - b || one.localeCompare(another))
        .slice(0, mostSuggestions)
        .map(([text]) => (capital ? text.slice(0, 1).toUpperCase() + text.slice(1) : text));
    },
  };
}

const mostSuggestions = 5;
/** Letters that people take for one another. */
const alike = ["aåä", "oöå", "eéä", "iyj", "uo", "sczx", "kcqg", "vw", "dt", "bp", "mn"];
const areAlike = (one: string, other: string): boolean =>
  alike.some((group) => group.includes(one) && group.includes(other));

/** Everything that is one slip away (Damerau 1964): a letter too many, too few, another, or two that changed places. */
function* edits(word: string, letters: string): Generator<{ readonly text: string; readonly cost: number }> {
  for (let at = 0; at <= word.length; at += 1) {
    const [before, here, after] = [word.slice(0, at), word[at] ?? "", word.slice(at + 1)];
    // The first letter is seldom the one that is wrong.
    const first = at === 0 ? 0.6 : 0;
    if (here !== "") {
      const twin = here === word[at - 1];
      yield { text: before + after, cost: (twin ? 0.7 : 1.1) + first };
      if (after !== "") yield { text: before + (after[0] ?? "") + here + after.slice(1), cost: 0.8 + first };
    }
    for (const letter of letters) {
      const twin = letter === here || letter === word[at - 1];
      yield { text: before + letter + here + after, cost: (twin ? 0.7 : 1) + first };
      if (here !== "") yield { text: before + letter + after, cost: (areAlike(here, letter) ? 0.7 : 1) + first };
    }
  }
}
