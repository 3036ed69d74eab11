// What an action needs beside its own words: what "det" means, and when it is to be done. Runs anywhere.
import type { Action, Table } from "./actions.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Sentence } from "../sentences/split.ts";
import type { TimeExpression } from "../times/times.ts";
import { stemsOf } from "../sentences/sentence-stems.ts";
import { writeTokens } from "../language/tokens.ts";
import type { Understood } from "./understand.ts";

/** The action with the sentence that tells what "den" or "honom" means; null when its words alone say nothing. */
export function inContext(action: Action, { all, discarded, corrections }: Table, lexicon: Lexicon): Action | null {
  const says = action.what.map((place) => all[place] as Understood);
  const [first = 0] = action.what;
  const lead = all[first] as Understood;
  // "Kan jag få hans nummer?": what is asked for stands in the question.
  const asks = says.some((one) => one.isQuestion && stemsOf(one.sentence, lexicon).length > 0);
  if (asks || says.some((one) => nouns(one, lexicon).length > 0)) return action;
  const points =
    action.kind === "promise" && lead.isQuestion
      ? true
      : says.some((one) => pointing[lexicon.language].test(one.sentence.flat));
  // "Nästa onsdag, samma tid" has a time; a fragment without one is no task.
  if (action.when === null && says.every(({ hasVerb }) => !hasVerb)) return null;
  if (!points) return action.when === null && says.every(({ core }) => core.length <= 3) ? null : action;
  const context: number[] = [];
  for (let before = first - 1; before >= 0 && before >= first - 6; before -= 1) {
    const earlier = all[before] as Understood;
    if (earlier.sentence.meeting !== lead.sentence.meeting || earlier.sentence.turn < lead.sentence.turn - 4) break;
    if (corrections.superseded.has(before) || discarded.has(before) || earlier.joke) continue;
    const needed = / (?:behöver|måste|ska|vill|need|must|want) /u.test(earlier.sentence.flat) && !earlier.isQuestion;
    // What the speaker just said in the same turn is what "det" takes up.
    const justSaid = earlier.sentence.turn === lead.sentence.turn && earlier.core.length >= 5;
    if (justSaid || nouns(earlier, lexicon).length > 0) {
      context.unshift(before);
      break;
    }
    if (needed && context.length === 0) context.unshift(before);
  }
  return { ...action, context };
}

const pointing = {
  sv: / (?:den|det|dem|dom|de|honom|henne|dit|där|denna|detta|dessa|båda) /u,
  en: / (?:it|that|them|him|her|those|these|both) /u,
} as const;

/** Words in the form of a noun that is known to both ("planeringen"), or a name: what the sentence is about. */
function nouns({ sentence }: Understood, { lists, verbs, language }: Lexicon): string[] {
  const timed = new Set(
    sentence.times.flatMap(({ from, to }) => sentence.tokens.slice(from, to).map(({ lower }) => lower)),
  );
  const form = language === "sv" ? /.{2}(?:en|et|an|na|rna|ning|tion|het|else|prov|test|sms)$|^sms$/u : /.{4}/u;
  return sentence.tokens
    .filter(({ text, lower, isWord }, at) => {
      if (
        !isWord ||
        timed.has(lower) ||
        lists.stop.has(lower) ||
        lists.adverbs.has(lower) ||
        lists.prepositions.has(lower)
      )
        return false;
      if (verbs.finite.has(lower) || verbs.infinitives.has(lower) || verbs.supines.has(lower)) return false;
      return form.test(lower) || (at > 0 && /^\p{Lu}\p{Ll}/u.test(text));
    })
    .map(({ lower }) => lower);
}

/** Fragments with a time right after, in this turn or as the next speaker's confirming question and its answer. */
export function neighbours(all: readonly Understood[], at: number, { lists }: Lexicon): Understood[] {
  const here = all[at] as Understood;
  const found: Understood[] = [];
  for (let after = at + 1; after < all.length && after <= at + 4; after += 1) {
    const next = all[after] as Understood;
    if (next.sentence.turn > here.sentence.turn + 2 || next.sentence.meeting !== here.sentence.meeting) break;
    // A reply that promises something of its own has its own time.
    const accepts = lists.accept.has(next.sentence.words[0] ?? "") && !next.commits;
    const short = next.core.length <= 6 && (!next.hasVerb || accepts);
    // "Jag ringer Gunnel, och så tar ni det i eftermiddag": the clause that goes on in the same sentence.
    const goesOn =
      after === at + 1 &&
      next.sentence.turn === here.sentence.turn &&
      /^(?:och|and)$/u.test(next.sentence.words[0] ?? "");
    // "Det ska vara klart före fredag."
    const limit =
      next.sentence.turn === here.sentence.turn &&
      /^ (?:det|den|de|allt|it|they) (?:ska|måste|behöver|should|must|will|has to) (?:vara|be) /u.test(
        next.sentence.flat,
      );
    // "Det gör jag, vi ses på onsdag."
    const beside =
      after === at + 1 &&
      next.sentence.turn === here.sentence.turn &&
      next.core.length <= 5 &&
      next.sentence.times.length > 0 &&
      !next.isQuestion;
    if (short || goesOn || limit || beside) found.push(next);
    else if (next.sentence.turn === here.sentence.turn) break;
  }
  return found;
}

/** The first time that says a day or period, else a clock time; the past does not count. */
export function bestTime({ times }: Sentence): TimeExpression | null {
  return times.find(({ kind, past }) => kind === "day" && !past) ?? times.find(({ past }) => !past) ?? null;
}

/** The words of the times in the sentence, and the first date. */
export function timesText(sentence: Sentence): { when: string | null; due: string | null } {
  const times = sentence.times.filter(({ past }) => !past);
  if (times.length === 0) return { when: null, due: null };
  const text = times.map(({ from, to }) => writeTokens(sentence.tokens.slice(from, to))).join(", ");
  return {
    when: text.slice(0, 1).toLowerCase() + text.slice(1),
    due: times.find(({ due }) => due !== null)?.due ?? null,
  };
}
