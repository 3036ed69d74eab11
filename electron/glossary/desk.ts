// What is looked up again and again while a transcript in one language is read: the terms by sound, words by class.
// Pure, but for the dictionary that is read from its file once.
import type { Term } from "../formats.ts";
import { allEndings } from "./endings.ts";
import functionWords from "./lists/function-words.json" with { type: "json" };
import { dictionaryOf, type WordClass } from "./ordinary-words.ts";
import { isSwedish, soundsOf, wordsIn } from "./pronounce.ts";
import { indexTerms, type TermIndex } from "./term-index.ts";

export interface Desk {
  readonly index: TermIndex;
  /** Terms and their bent forms, by their words in lower case: what is written so is right. */
  readonly written: ReadonlyMap<string, Term>;
  /** Terms by what was written for them before and a person corrected. */
  readonly taught: ReadonlyMap<string, Term>;
  /** How a word in lower case sounds. */
  soundsOf(word: string): string;
  classOf(word: string): WordClass;
  isFunctionWord(word: string): boolean;
}

/** A word of the other language is known too, if it is long enough not to be one by chance. */
const leastForeign = 4;

export function openDesk(terms: readonly Term[], language: string): Desk {
  const code = isSwedish(language) ? "sv" : "en";
  const own = dictionaryOf(code);
  const other = dictionaryOf(code === "sv" ? "en" : "sv");
  const small = new Set(functionWords[code].split(" "));
  return {
    index: indexTerms(terms, language),
    written: writtenForms(terms),
    taught: new Map(
      terms.flatMap((term) => (term.soundsLike ?? []).map((heard) => [wordsIn(heard).join(" "), term] as const)),
    ),
    soundsOf: remember((word) => soundsOf(word, language)),
    classOf: remember((word) => {
      const found = own.classOf(word);
      return found === "unknown" && word.length >= leastForeign ? other.classOf(word) : found;
    }),
    isFunctionWord: (word) => small.has(word),
  };
}

function writtenForms(terms: readonly Term[]): ReadonlyMap<string, Term> {
  const forms = new Map<string, Term>();
  for (const term of terms) {
    const form = wordsIn(term.text).join(" ");
    if (form === "") continue;
    for (const ending of allEndings) if (!forms.has(form + ending)) forms.set(form + ending, term);
  }
  // A term itself goes before another one's bent form.
  for (const term of terms) forms.set(wordsIn(term.text).join(" "), term);
  return forms;
}

function remember<Value>(ask: (word: string) => Value): (word: string) => Value {
  const known = new Map<string, Value>();
  return (word) => {
    let value = known.get(word);
    if (value === undefined) known.set(word, (value = ask(word)));
    return value;
  };
}
