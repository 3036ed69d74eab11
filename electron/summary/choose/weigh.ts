// How much a unit weighs for a record: figures and dates, decisions, worries, wishes, the person's own account. Runs anywhere.
import { evidenceLexicon, graveTopics } from "../evidence/evidence-lexicon.ts";
import { speaksOf } from "../evidence/sensitive.ts";
import type { Lexicon } from "../lexicon.ts";
import { hasPhrase } from "../language/tokens.ts";
import type { Unit } from "../understand/units.ts";

/** A number to rank by; 0 or less is not worth a line. */
export function weigh(unit: Unit, common: ReadonlyMap<string, number>, sentences: number, lexicon: Lexicon): number {
  const flat = [...unit.sentences, ...(unit.question === null ? [] : [unit.question])].map(
    ({ sentence }) => sentence.flat,
  );
  const any = (flag: (one: Unit["sentences"][number]) => boolean): number => (unit.sentences.some(flag) ? 1 : 0);
  const figures = unit.sentences.reduce((sum, one) => sum + one.figures, 0);
  const times = unit.sentences.reduce((sum, { sentence }) => sum + sentence.times.length, 0);
  const stems = [...unit.stems];
  // Words that come back in the talk are what it is about, up to a point.
  const theme =
    stems.reduce((sum, stem) => sum + Math.min(3, (common.get(stem) ?? 1) - 1), 0) / Math.max(4, stems.length);
  let weight = 0.4 + 0.12 * Math.min(stems.length, 10) + 0.35 * theme;
  weight += 0.6 * Math.min(2, figures) + 0.3 * Math.min(2, times) + 0.8 * any(({ names }) => names);
  weight +=
    1.6 * any(({ decides }) => decides) + 0.9 * any(({ worries }) => worries) + 0.5 * any(({ praises }) => praises);
  const own =
    unit.person?.side !== "professional" &&
    any(({ sentence }) => / (?:jag|min|mitt|mina|mig|i|my|me) /u.test(sentence.flat)) === 1;
  weight += 0.9 * any(({ feels, wishes }) => feels || wishes) * (own ? 1 : 0.6) + (own ? 0.4 : 0);
  if (unit.kind === "action") weight += 3;
  if (unit.kind === "answer") weight += 0.4;
  // What a child tells when asked is what the talk was for.
  if (unit.person?.side === "child" && unit.asked !== null && !unit.asked.isPolar) weight += 0.9;
  if (any(({ forbids }) => forbids) === 1) weight += 1.5;
  // "Vad är viktigast för dig?"
  if (
    unit.asked !== null &&
    / (?:viktig|vill du|önskar du|behöver du|important|want|wish|need)/u.test(unit.asked.sentence.flat)
  )
    weight += 0.6;
  if (unit.kind === "open-question") weight -= 0.5;
  if (unit.moved) weight += 1.5;
  if (unit.person?.side === "person" || unit.person?.side === "child") weight += 0.5;
  if (unit.against.length > 0) weight += 0.5;
  // Fragments that hang in the air say little to who was not there.
  if (unit.kind === "statement" && any(({ hasVerb }) => hasVerb) === 0) weight -= 0.6;
  if (any(({ hearsay }) => hearsay) === 1) weight -= 0.2;
  // What touches violence, abuse, addiction or self-harm must not be left out, least of all for want of room.
  const { grave } = evidenceLexicon(lexicon.language);
  if (flat.some((text) => graveTopics.some((topic) => speaksOf(text, grave[topic])))) weight += 1;
  if (flat.some((text) => hasPhrase(text, lexicon.lists.obligations))) weight += 0.3;
  if (any(({ smalltalk, joke }) => smalltalk || joke) === 1) weight -= 1.5;
  if (stems.length <= 2 && figures === 0) weight -= 0.8;
  // The first and last sentences of a meeting are mostly greetings.
  const place = unit.order / Math.max(1, sentences);
  if (sentences > 40 && (place < 0.02 || place > 0.98) && unit.kind !== "action") weight -= 0.6;
  return weight;
}
