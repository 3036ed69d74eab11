// A summary in short sentences, with words explained, for the person it is about. By rule alone: a sentence is only cut
// where both halves stand by themselves, and never changes its numbers, dates or negations. Runs anywhere under Node.
import type { Summary, SummaryItem } from "../formats.ts";
import en from "./plain-words/en.json" with { type: "json" };
import sv from "./plain-words/sv.json" with { type: "json" };
import { oneLine } from "./clean-text.ts";

export interface PlainSummary {
  readonly summary: Summary;
  /** Words in it that are explained, in the order of the alphabet. */
  readonly terms: readonly (readonly [word: string, meaning: string])[];
}

type Words = typeof sv;

/** A summary in a language that we have no words for is answered as it is. */
export function plainSummary(summary: Summary): PlainSummary {
  const words = wordsFor(summary.language);
  if (words === null) return { summary, terms: [] };
  const item = (from: SummaryItem): SummaryItem => ({ ...from, text: shortSentences(from.text, words) });
  const plain: Summary = {
    ...summary,
    sections: summary.sections.map((section) => ({ ...section, items: section.items.map(item) })),
    unplaced: summary.unplaced.map(item),
  };
  const said = [...plain.sections, { heading: "", items: plain.unplaced }]
    .filter(({ items }) => items.length > 0)
    .flatMap(({ heading, items }) => [heading, ...items.flatMap(({ text, what = "" }) => [text, what])])
    .join(" ")
    .toLowerCase();
  const terms = words.terms
    .filter(({ stems }) => stems.some((stem) => new RegExp(`(?<!\\p{L})${stem}`, "u").test(said)))
    .map(({ word, meaning }) => [word, meaning] as const)
    .toSorted(([one], [other]) => one.localeCompare(other, summary.language));
  return { summary: plain, terms };
}

function wordsFor(language: string): Words | null {
  if (/^sv\b/iu.test(language)) return sv;
  return /^en\b/iu.test(language) ? en : null;
}

/** A sentence of fewer words is short already. */
const shortWords = 10;

/** One or more sentences with the same numbers, dates and negations as the text; the text itself where that fails. */
export function shortSentences(text: string, words: Words = sv): string {
  return oneLine(text)
    .split(/(?<=[.!?])\s+(?=\p{Lu})/u)
    .map((sentence) => cut(sentence, words))
    .join(" ");
}

function cut(sentence: string, words: Words): string {
  // What somebody said in so many words stands as it was said.
  if (/["”“»]/u.test(sentence) || sentence.split(" ").length < shortWords) return sentence;
  const joint = words.joints.join("|");
  const starter = words.starters.join("|");
  const pattern = new RegExp(`(?:;\\s+|,\\s+(?:${joint})\\s+(?=(?:${starter})\\s))`, "giu");
  const parts = sentence.split(pattern);
  if (parts.length === 1) return sentence;
  const frame = new RegExp(`^.{1,60}?\\s(?:${words.frames.join("|")})\\s${words.that}\\s`, "iu").exec(sentence)?.[0];
  const made = parts.map((part, at) => {
    const whole = at > 0 && frame !== undefined ? `${frame}${part}` : part;
    return ended(upper(whole));
  });
  const joined = made.join(" ");
  return sameSubstance(sentence, joined, words, frame) ? joined : sentence;
}

const upper = (text: string) => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
const ended = (text: string) => (/[.!?…]$/u.test(text) ? text : `${text}.`);

/** Numbers and negations, in their order. What the frame holds may be said again. */
function sameSubstance(before: string, after: string, words: Words, frame: string | undefined): boolean {
  if (frame !== undefined && substance(frame, words).length > 0) return false;
  return substance(before, words).join(" ") === substance(after, words).join(" ");
}

/** Numbers as they are written, and every word that denies. */
export const substance = (text: string, words: Words = sv): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => /\p{N}/u.test(word) || words.negations.includes(word));
