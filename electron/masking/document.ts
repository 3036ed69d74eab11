// A meeting as masking reads it: passages with their words, and whether capitals tell anything. Runs anywhere.
import type { Passage } from "./kinds.ts";
import { type Run, runsIn } from "./runs.ts";
import { type Token, tokensOf } from "./words.ts";

export interface ReadPassage extends Passage {
  readonly tokens: readonly Token[];
  readonly runs: readonly Run[];
  /** False where a recogniser wrote everything in lower case: then a capital that is missing tells nothing. */
  readonly isCased: boolean;
}

/** Fewer lines than this that begin with a capital, and the meeting is one without. */
const casedShare = 0.3;

export function readPassages(passages: readonly Passage[], language: "sv" | "en"): ReadPassage[] {
  const read = passages.map((passage) => ({ passage, tokens: tokensOf(passage.text) }));
  const lines = read.filter(({ passage, tokens }) => passage.isName !== true && tokens.length > 3);
  const capital = lines.filter(({ tokens }) => tokens.find(({ isDigits }) => !isDigits)?.isCapital === true).length;
  const isCased = lines.length === 0 || capital / lines.length >= casedShare;
  return read.map(({ passage, tokens }) => ({
    ...passage,
    tokens,
    runs: runsIn(passage.text, tokens, language),
    // A long line without one capital was not written by whoever wrote the others.
    isCased: passage.isName === true || (isCased && (tokens.length < 8 || tokens.some(({ isCapital }) => isCapital))),
  }));
}

/** Whether the words at an index are one of the phrases of a list ("sista fyra", "bor i"), read backwards from it. */
export function endsWithPhrase(tokens: readonly Token[], end: number, phrases: ReadonlySet<string>): boolean {
  let words = "";
  for (let at = end; at > end - 3 && at >= 0; at -= 1) {
    words = words === "" ? (tokens[at] as Token).lower : `${(tokens[at] as Token).lower} ${words}`;
    if (phrases.has(words)) return true;
  }
  return false;
}
