// How a question in the talk was answered, as far as the first words of the answer tell. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import { lowerWords, tokenise } from "../language/tokens.ts";
import type { Sentence, Split } from "../sentences/split.ts";
import { evidenceLexicon } from "./evidence-lexicon.ts";

/** "open": answered in other words than yes or no. "none": nobody answered. */
export type Answer = "yes" | "no" | "open" | "none";

export function answerTo(question: Sentence, { sentences }: Split, lexicon: Lexicon): Answer {
  const { lists } = evidenceLexicon(lexicon.language);
  for (let at = question.index + 1; at < Math.min(sentences.length, question.index + 4); at += 1) {
    const next = sentences[at];
    if (next === undefined || next.meeting !== question.meeting) break;
    if (next.turn === question.turn) continue;
    if (next.isQuestion) return "none";
    const words = lowerWords(tokenise(next.spoken)).slice(0, 3);
    if (words.some((word, place) => place < 2 && lists.no.has(word))) return "no";
    if (words.some((word) => lists.yes.has(word))) return "yes";
    return "open";
  }
  return "none";
}
