// What gets into the summary: the weightiest units within a length, nothing twice, each under its heading. Runs anywhere.
import type { Lexicon } from "./lexicon.ts";
import { fitSections, type SectionPlan } from "./place.ts";
import { coverage } from "./stem.ts";
import type { Unit } from "./units.ts";
import { weigh } from "./weigh.ts";

export interface Selected {
  /** Per section of the template, in the order of the talk. */
  readonly sections: readonly (readonly Unit[])[];
  readonly unplaced: readonly Unit[];
}

/** Units that may share an item, so that a heading with few items still holds what belongs there. */
const unitsPerItem = 2;
/** Weight under which a statement is not worth a line. */
const least = 1.25;

/** How many words a summary of a talk of `words` words may have: 38 per cent of a short one, less of a long one. */
export function lengthBudget(words: number): number {
  const steps = [
    [1500, 0.36],
    [3000, 0.15],
    [Number.POSITIVE_INFINITY, 0.03],
  ] as const;
  let budget = 0;
  let from = 0;
  for (const [to, share] of steps) {
    budget += Math.max(0, Math.min(words, to) - from) * share;
    from = to;
  }
  return budget;
}

export function selectUnits(
  units: readonly Unit[],
  plans: readonly SectionPlan[],
  talk: { readonly words: number; readonly sentences: number },
  lexicon: Lexicon,
): Selected {
  const common = new Map<string, number>();
  for (const { stems } of units) for (const stem of stems) common.set(stem, (common.get(stem) ?? 0) + 1);
  const weighed = units
    .map((unit) => ({ unit, weight: weigh(unit, common, talk.sentences) }))
    .filter(({ weight }) => weight >= least)
    .toSorted((a, b) => worth(b) - worth(a) || a.unit.order - b.unit.order);
  const sections: Unit[][] = plans.map(() => []);
  const unplaced: Unit[] = [];
  const chosen: Unit[] = [];
  let left = lengthBudget(talk.words);
  for (const { unit, weight } of weighed) {
    const cost = unit.length + overhead(unit);
    if (cost > left && unit.kind !== "action") continue;
    if (repeats(unit, chosen)) continue;
    const fits = fitSections(unit, plans, lexicon);
    const fit = fits.find(({ plan }) => (sections[plan.at]?.length ?? 0) < room(plan, unit));
    if (fit === undefined) {
      if (weight >= least + 0.8 && unit.kind !== "open-question") unplaced.push(unit);
      continue;
    }
    sections[fit.plan.at]?.push(unit);
    chosen.push(unit);
    left -= cost;
  }
  const inOrder = (a: Unit, b: Unit): number => a.order - b.order;
  return { sections: sections.map((own) => own.toSorted(inOrder)), unplaced: unplaced.toSorted(inOrder).slice(0, 40) };
}

const worth = ({ unit, weight }: { unit: Unit; weight: number }): number =>
  unit.kind === "action" ? 100 + weight : weight / (unit.length + 8) ** 0.4;

/** Words that a line has besides what was said: who, "uppger att", the date. */
function overhead(unit: Unit): number {
  const against = unit.against.reduce((sum, { core }) => sum + core.length + 2, 0);
  return (unit.kind === "action" ? 5 : 3) + against + (unit.kind === "answer" ? (unit.question?.core.length ?? 0) : 0);
}

function room({ section }: SectionPlan, unit: Unit): number {
  const items = section.maxItems ?? 12;
  if (section.kind === "actions" && unit.kind === "action") return items;
  return section.kind === "quotes" ? items : items * unitsPerItem;
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
