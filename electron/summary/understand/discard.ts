// What is left out of every summary: small talk, jokes, interruptions, talk about the talk, mere echoes. Runs anywhere.
import { type Answers, invites } from "./answers.ts";
import type { Lexicon } from "../lexicon.ts";
import { coverage } from "../language/stem.ts";
import { stemsOf } from "../sentences/sentence-stems.ts";
import { hasPhrase } from "../language/tokens.ts";
import type { Understood } from "./understand.ts";

/** Indices of the sentences that say nothing for a record. */
export function findDiscarded(all: readonly Understood[], { questionOf }: Answers, lexicon: Lexicon): Set<number> {
  const discarded = new Set<number>();
  const stems = all.map(({ sentence }) => stemsOf(sentence, lexicon));
  for (const [at, one] of all.entries()) {
    if (one.smalltalk && one.figures === 0 && !one.worries && !one.commits) discarded.add(at);
    if (one.spent) discarded.add(at);
    if (one.meta && one.figures === 0) discarded.add(at);
    if (/ (?:jag heter|my name is) /u.test(one.sentence.flat) && one.figures === 0) discarded.add(at);
    // "Den tar jag själv" has its meaning from the question.
    const answers = questionOf.has(at) && one.core.length >= 3 && one.hasVerb && !one.smalltalk;
    if ((stems[at]?.length ?? 0) === 0 && !answers && !one.forbids) discarded.add(at);
    if (invites(one)) discarded.add(at);
    if (one.joke) markJoke(all, at, discarded, stems);
    if (isEcho(all, at, stems)) discarded.add(at);
    if (hasPhrase(one.sentence.flat, lexicon.lists.offRecord)) leaveOut(all, at, discarded);
  }
  for (const at of interruptions(all, lexicon)) discarded.add(at);
  return discarded;
}

/** "Det ska inte stå i rapporten": neither what was said just before, nor the words about it. */
function leaveOut(all: readonly Understood[], at: number, discarded: Set<number>): void {
  const { sentence } = all[at] as Understood;
  discarded.add(at);
  const first = all.findIndex(
    (one) => one.sentence.turn === sentence.turn && one.sentence.meeting === sentence.meeting,
  );
  // In mid-turn the speaker means the own words, at its start those of whoever spoke before.
  const meant = first === at ? sentence.turn - 1 : sentence.turn;
  const before =
    at > first && / (?:det|den|that|it) /u.test(` ${sentence.words.slice(0, 3).join(" ")} `)
      ? [meant, sentence.turn - 1]
      : [meant];
  for (let place = at - 1; place >= 0 && (all[place] as Understood).sentence.turn >= Math.min(...before); place -= 1)
    if (before.includes((all[place] as Understood).sentence.turn)) discarded.add(place);
}

/** "Skämt åsido": what was said just before, in this turn and the one before it, was the joke. */
function markJoke(
  all: readonly Understood[],
  at: number,
  discarded: Set<number>,
  stems: readonly (readonly string[])[],
): void {
  const here = all[at] as Understood;
  const aside = / (?:åsido|seriöst|allvarligt|aside|seriously) /u.test(here.sentence.flat);
  discarded.add(at);
  if (aside)
    for (let before = at - 1; before >= 0; before -= 1) {
      const { sentence, figures } = all[before] as Understood;
      if (sentence.turn < here.sentence.turn - 1 || sentence.meeting !== here.sentence.meeting) break;
      if (figures === 0) discarded.add(before);
    }
  // "Vi skojar bara.": what was said just before was the joke.
  const admits = here.core.length <= 5 && / (?:skoj\p{L}*|skämt\p{L}*|joking|kidding) /u.test(here.sentence.flat);
  for (let before = at - 1; admits && before >= 0; before -= 1) {
    const { sentence, figures, accepts, commits } = all[before] as Understood;
    if (sentence.turn < here.sentence.turn - 2 || sentence.meeting !== here.sentence.meeting) break;
    if (discarded.has(before) || accepts || commits) continue;
    if (figures === 0) discarded.add(before);
    break;
  }
  // Whoever takes the joke up and turns it down says nothing new.
  const joke = new Set(stems[at]);
  for (let after = at + 1; after < all.length && after <= at + 2; after += 1) {
    const reply = all[after] as Understood;
    if (reply.sentence.turn !== here.sentence.turn + 1) continue;
    if ((stems[after] ?? []).some((stem) => joke.has(stem)) && (stems[after] ?? []).length <= 3) discarded.add(after);
  }
}

/** A fragment that only repeats what was just said by another. */
function isEcho(all: readonly Understood[], at: number, stems: readonly (readonly string[])[]): boolean {
  const one = all[at] as Understood;
  if (one.hasVerb || one.isQuestion || at === 0) return false;
  const said = new Set([...(stems[at - 1] ?? []), ...(stems[at - 2] ?? []), ...(stems[at - 3] ?? [])]);
  return coverage(stems[at] ?? [], said) === 1;
}

/** Somebody who puts a head round the door: few words, an excuse, and the replies to it. */
function interruptions(all: readonly Understood[], { language }: Lexicon): number[] {
  const found: number[] = [];
  const excuse = language === "sv" ? ["stör", "förlåt", "ursäkta"] : ["interrupt", "bother", "excuse me", "sorry"];
  const words = new Map<string, { count: number; turns: number[]; excused: boolean }>();
  let total = 0;
  for (const { sentence } of all) {
    const id = `${String(sentence.meeting)}/${sentence.person?.id ?? ""}`;
    const known = words.get(id) ?? { count: 0, turns: [], excused: hasPhrase(sentence.flat, excuse) };
    known.count += sentence.words.length;
    known.turns.push(sentence.turn);
    words.set(id, known);
    total += sentence.words.length;
  }
  for (const { count, turns, excused } of words.values()) {
    const [first = 0, last = 0] = [turns[0], turns.at(-1)];
    if (!excused || count > total * 0.04 || last - first > 6 || words.size < 3) continue;
    for (const [at, { sentence }] of all.entries()) if (sentence.turn >= first && sentence.turn <= last) found.push(at);
  }
  return found;
}
