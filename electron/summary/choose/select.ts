// What gets into the summary: the weightiest units within a length, nothing twice, each under its heading. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import { type Fit, fitSections, type SectionPlan } from "./place.ts";
import { coverage } from "../language/stem.ts";
import type { Unit } from "../understand/units.ts";
import { weigh } from "./weigh.ts";

export interface Selected {
  /** Per section of the template, in the order of the talk. */
  readonly sections: readonly (readonly Unit[])[];
  readonly unplaced: readonly Unit[];
}

/** Units that may share an item, so that a heading with few items still holds what belongs there. */
const unitsPerItem = 2;
const unitsPerParagraph = 4;
/** Fit under which a heading does not hold the statement. */
const leastFit = 0.75;
/** Shares of the length that are kept for the person's own words, for worries and for decisions. */
const ownShare = 0.18;
const worryShare = 0.14;
const decisionShare = 0.12;
/** Fit from which a heading asks for the statement. */
const goodFit = 2.2;
/** Weight from which what found no heading is offered to the person. */
const worthOffering = 1.2;
const mostOffered = 15;
/** Weight under which a statement is not worth a line. */
const least = 0.7;

/** A talk of a few sentences is told whole. */
const leastWords = 125;

/**
 * How many words a summary of a talk of `words` words may have: most of a short one, 38 per cent of a thousand words, less
 * of a long one. What is short is read in a minute; what was left out of it is missed.
 */
export function lengthBudget(words: number): number {
  const steps = [
    [1500, 0.385],
    [3000, 0.15],
    [Number.POSITIVE_INFINITY, 0.03],
  ] as const;
  let budget = 0;
  let from = 0;
  for (const [to, share] of steps) {
    budget += Math.max(0, Math.min(words, to) - from) * share;
    from = to;
  }
  return Math.max(budget, leastWords + 0.2 * Math.min(words, 1000));
}

export function selectUnits(
  units: readonly Unit[],
  plans: readonly SectionPlan[],
  talk: {
    readonly words: number;
    readonly sentences: number;
    readonly share: number;
    /** What somebody marked weighs more. */
    readonly marked: (unit: Unit) => number;
  },
  countWords: (unit: Unit) => number,
  lexicon: Lexicon,
): Selected {
  const counted = new Map<Unit, number>();
  // Counting means writing it out.
  const wordsOf = (unit: Unit): number => {
    const words = counted.get(unit) ?? countWords(unit);
    counted.set(unit, words);
    return words;
  };
  const atTable = new Set(
    units.flatMap(({ person }) => (person?.side === null || person === null ? [] : [person.side])),
  );
  const children = childrenIn(units, lexicon);
  const known = new Map<Unit, readonly Fit[]>();
  const fitsOf = (unit: Unit): readonly Fit[] => {
    const fits = known.get(unit) ?? fitSections(unit, plans, lexicon, atTable, children);
    known.set(unit, fits);
    return fits;
  };
  const common = new Map<string, number>();
  for (const { stems } of units) for (const stem of stems) common.set(stem, (common.get(stem) ?? 0) + 1);
  const weighed = units
    .map((unit) => ({
      unit,
      weight: weigh(unit, common, talk.sentences, lexicon) + asked(unit, fitsOf) + talk.marked(unit),
    }))
    // Who asks for more gets the lighter things too, who asks for less only what weighs.
    .filter(({ weight }) => weight >= least / talk.share)
    .map(({ unit, weight }) => ({
      unit,
      weight,
      worth: unit.kind === "action" ? 100 + weight : weight / (wordsOf(unit) + 4) ** 0.7,
    }));
  const ranked = withBreadth(weighed);
  const sections: Unit[][] = plans.map(() => []);
  const unplaced: Unit[] = [];
  const chosen: Unit[] = [];
  let left = (lengthBudget(talk.words) + roomForChild(units, plans)) * talk.share;
  const early = firstPerHeading(
    ranked.map(({ unit }) => unit),
    fitsOf,
  );
  for (const unit of reserved(ranked, wordsOf, left)) early.add(unit);
  const inTurn = [
    ...ranked.filter(({ unit }) => unit.kind === "action" || early.has(unit)),
    ...ranked.filter(({ unit }) => unit.kind !== "action" && !early.has(unit)),
  ];
  for (const { unit, weight } of inTurn) {
    const cost = wordsOf(unit);
    if (cost > left && unit.kind !== "action") continue;
    if (repeats(unit, chosen)) continue;
    const fits = fitsOf(unit).filter(({ score }) => score >= leastFit);
    const fit = fits.find(({ plan }) => (sections[plan.at]?.length ?? 0) < room(plan, unit));
    if (fit === undefined) {
      // The weightiest come first in turn.
      if (weight >= worthOffering && unit.kind !== "open-question" && unplaced.length < mostOffered)
        unplaced.push(unit);
      continue;
    }
    sections[fit.plan.at]?.push(unit);
    chosen.push(unit);
    left -= cost;
  }
  const inOrder = (a: Unit, b: Unit): number => a.order - b.order;
  return { sections: sections.map((own) => own.toSorted(inOrder)), unplaced: unplaced.toSorted(inOrder) };
}

/** "Min son, Elias": what the children of the talk are called. */
function childrenIn(units: readonly Unit[], { language }: Lexicon): string[] {
  const word =
    language === "sv"
      ? /^(?:son|sonen|dotter|dottern|barnet|barnen|flickan|pojken)$/u
      : /^(?:son|daughter|child|children|boy|girl)$/u;
  const found = new Set<string>();
  for (const { sentences, question } of units) {
    const tokens = [...(question === null ? [] : [question]), ...sentences].flatMap(({ sentence }) => sentence.tokens);
    for (const [at, { lower }] of tokens.entries()) {
      if (!word.test(lower)) continue;
      found.add(lower);
      const name = tokens.slice(at + 1, at + 4).find(({ text }) => /^\p{Lu}\p{Ll}+$/u.test(text));
      if (name !== undefined) found.add(name.lower);
    }
  }
  return [...found];
}

/** A template that asks for the child's own words has room for half of what the child says, whatever else was said. */
function roomForChild(units: readonly Unit[], plans: readonly SectionPlan[]): number {
  const asks = plans.some(({ section, sides }) => section.kind === "quotes" && sides.has("child"));
  if (!asks) return 0;
  return 0.5 * units.reduce((sum, { person, length }) => sum + (person?.side === "child" ? length : 0), 0);
}

/** The weightiest unit that fits each heading well, so that no heading stays empty for want of room. */
function firstPerHeading(units: readonly Unit[], fitsOf: (unit: Unit) => readonly Fit[]): Set<Unit> {
  const chosen = new Set<Unit>();
  const filled = new Map<number, number>();
  for (const unit of units) {
    if (unit.kind === "action") continue;
    const [best] = fitsOf(unit);
    if (best === undefined || best.score < goodFit || (filled.get(best.plan.at) ?? 0) >= 1) continue;
    filled.set(best.plan.at, (filled.get(best.plan.at) ?? 0) + 1);
    chosen.add(unit);
  }
  return chosen;
}

/** Own words and worries have a share of the length to themselves: they have few figures and would lose against sums. */
function reserved(ranked: readonly Weighed[], wordsOf: (unit: Unit) => number, budget: number): Set<Unit> {
  const chosen = new Set<Unit>();
  const told = (unit: Unit): boolean => unit.kind === "statement" || unit.kind === "answer";
  const own = (unit: Unit): boolean =>
    unit.person?.side !== "professional" &&
    unit.sentences.some(
      ({ feels, wishes, sentence }) => (feels || wishes) && / (?:jag|mig|min|mitt|mina|i|me|my) /u.test(sentence.flat),
    );
  const ownOfAll = (unit: Unit): boolean =>
    unit.sentences.some(({ feels, sentence }) => feels && / (?:jag|mig|i|me) /u.test(sentence.flat));
  const anyOwn = ranked.some(({ unit }) => own(unit));
  const decided = (unit: Unit): boolean => unit.sentences.some(({ decides }) => decides);
  const worried = (unit: Unit): boolean => unit.sentences.some(({ worries }) => worries);
  for (const [wanted, share] of [
    [anyOwn ? own : ownOfAll, ownShare],
    [worried, worryShare],
    [decided, decisionShare],
  ] as const) {
    let left = budget * share;
    for (const { unit } of ranked) {
      const cost = wordsOf(unit);
      if (!told(unit) || !wanted(unit) || chosen.has(unit) || cost > left) continue;
      chosen.add(unit);
      left -= cost;
    }
  }
  return chosen;
}

interface Weighed {
  readonly unit: Unit;
  readonly weight: number;
  readonly worth: number;
}

/** Best first; a second thing from the same turn counts less, so that the summary spans the talk. */
function withBreadth(weighed: readonly Weighed[]): Weighed[] {
  const seen = new Map<number, number>();
  const best = (a: Weighed, b: Weighed): number => b.worth - a.worth || a.unit.order - b.unit.order;
  return weighed
    .toSorted(best)
    .map((one) => {
      const turn = one.unit.sentences[0]?.sentence.turn ?? -1;
      const before = seen.get(turn) ?? 0;
      seen.set(turn, before + 1);
      return { ...one, worth: one.worth * 0.7 ** before };
    })
    .toSorted(best);
}

/** What a heading asks for weighs more than what none asks for. */
function asked(unit: Unit, fitsOf: (unit: Unit) => readonly Fit[]): number {
  const [best] = fitsOf(unit);
  return best === undefined || unit.kind === "action" ? 0 : Math.min(1.2, Math.max(0, (best.score - goodFit) * 0.15));
}

function room({ section, intents }: SectionPlan, unit: Unit): number {
  const items = section.maxItems ?? 12;
  if (section.kind === "actions" && unit.kind === "action") return items;
  if (section.kind === "quotes") return items;
  // "I korthet": the weightiest only, one sentence each; the headings that follow hold the rest.
  if (intents.get("brief") === 1) return items;
  return items * (section.kind === "paragraph" ? unitsPerParagraph : unitsPerItem);
}

/** The same thing said again, as in a recap: nothing new, and the same yes or no. */
function repeats(unit: Unit, chosen: readonly Unit[]): boolean {
  if (unit.stems.size === 0) return true;
  const stems = [...unit.stems];
  const negated = unit.sentences.some((one) => one.negated);
  return chosen.some((other) => {
    if (other.meeting !== unit.meeting || (unit.kind === "action" && other.kind !== "action")) return false;
    const share = coverage(stems, other.stems);
    return share >= 0.8 && (other.sentences.some((one) => one.negated) === negated || share === 1);
  });
}
