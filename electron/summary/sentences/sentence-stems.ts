// The content stems of a sentence, made once: many rules ask for them. Runs anywhere.
import { contentStems } from "../language/stem.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Sentence } from "./split.ts";

const made = new WeakMap<Sentence, readonly string[]>();

/** Stems of the words that carry meaning, in the order of the sentence, numbers as figures. */
export function stemsOf(sentence: Sentence, lexicon: Lexicon): readonly string[] {
  const known = made.get(sentence) ?? contentStems(sentence.flat, lexicon);
  made.set(sentence, known);
  return known;
}
