// The smallest pieces a summary is built from: one statement with what belongs to it (the question it answers, the
// denial that must go with it), or one action. Runs anywhere.
import { addressee, type Action, findActions, type Table } from "./actions.ts";
import { findAnswers, isProposal } from "./answers.ts";
import { findCorrections } from "./correct.ts";
import { findDiscarded } from "./discard.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Person } from "./people.ts";
import type { Split } from "./split.ts";
import { contentStems, coverage } from "./stem.ts";
import { understand, type Understood } from "./understand.ts";

export interface Unit {
  readonly kind: "statement" | "answer" | "action" | "open-question";
  /** The sentences it says, by the same speaker, in order. */
  readonly sentences: readonly Understood[];
  /** The question that gives a short answer its meaning. */
  readonly question: Understood | null;
  /** What another says against it, or what replaced its time. */
  readonly against: readonly Understood[];
  readonly action: Action | null;
  readonly person: Person | null;
  readonly addressee: Person | null;
  /** Everything it rests on, in the order of the talk. */
  readonly segments: readonly string[];
  readonly stems: ReadonlySet<string>;
  readonly meeting: number;
  readonly order: number;
  /** Number of words as said. */
  readonly length: number;
  readonly moved: boolean;
}

export interface Gathered {
  readonly units: readonly Unit[];
  readonly all: readonly Understood[];
}

const longestUnit = 32;

export function gatherUnits(split: Split, lexicon: Lexicon): Gathered {
  const all = understand(split.sentences, lexicon);
  const discarded = findDiscarded(all, lexicon);
  const table: Table = {
    all,
    answers: findAnswers(all, lexicon),
    corrections: findCorrections(all, lexicon),
    discarded,
    people: (meeting) => split.meetings[meeting]?.people ?? [],
  };
  const actions = findActions(table, lexicon);
  const taken = new Set(actions.flatMap(({ what }) => what));
  const units: Unit[] = actions.map((action) => actionUnit(action, table, lexicon));
  units.push(...statements(table, taken, lexicon));
  for (const at of table.answers.open) {
    const one = all[at] as Understood;
    units.push(
      toUnit({ kind: "open-question", places: [at], question: null, against: [], action: null }, table, lexicon, one),
    );
  }
  return { units: units.toSorted((a, b) => a.order - b.order), all };
}

function statements(table: Table, taken: ReadonlySet<number>, lexicon: Lexicon): Unit[] {
  const { all, corrections, answers, discarded } = table;
  const units: Unit[] = [];
  const joined = new Set<number>();
  // The answer to a question that a denial or a short reply rests on.
  const contestants = new Set([...corrections.contested.values()].flat());
  for (const [at, one] of all.entries()) {
    if (joined.has(at) || one.isQuestion || corrections.superseded.has(at)) continue;
    if (taken.has(at) && !one.decides) continue;
    const question = answers.questionOf.get(at);
    const asked = question === undefined ? null : (all[question] as Understood);
    if (asked !== null && answersShortly(one, asked, lexicon)) {
      if (!isProposal(asked, lexicon))
        units.push(
          toUnit({ kind: "answer", places: [at], question: asked, against: [], action: null }, table, lexicon, one),
        );
      continue;
    }
    if (discarded.has(at) || taken.has(at)) continue;
    // A denial of something another said stands with what it denies.
    if (contestants.has(at) && !one.hasVerb) continue;
    const places = [at];
    for (let next = at + 1; next < all.length; next += 1) {
      const following = all[next] as Understood;
      const words = places.reduce((sum, place) => sum + (all[place]?.core.length ?? 0), 0);
      if (
        taken.has(next) ||
        discarded.has(next) ||
        corrections.superseded.has(next) ||
        following.isQuestion ||
        words + following.core.length > longestUnit
      )
        break;
      if (corrections.contested.has(next) || !belongsTo(one, following)) break;
      places.push(next);
      joined.add(next);
    }
    const against = places.flatMap((place) => corrections.contested.get(place) ?? []);
    const moved = corrections.moved.get(at);
    const others = [...against, ...(moved === undefined ? [] : [moved.final])].filter(
      (place) => !places.includes(place),
    );
    const needsQuestion = asked !== null && fewWords(one, lexicon) ? asked : null;
    units.push(
      toUnit(
        {
          kind: needsQuestion === null ? "statement" : "answer",
          places,
          question: needsQuestion,
          against: others,
          action: null,
        },
        table,
        lexicon,
        one,
      ),
    );
    if (moved !== undefined) joined.add(moved.final);
  }
  return units;
}

/** "Ja.", "Nej, inte ännu.": nothing but yes or no. */
function answersShortly(one: Understood, asked: Understood, lexicon: Lexicon): boolean {
  if (one.answer === null || !asked.isPolar) return false;
  return contentStems(one.sentence.flat, lexicon).length <= 1 && one.figures === 0;
}

/** A fragment, or a sentence whose words hang in the air without the question. */
function fewWords(one: Understood, lexicon: Lexicon): boolean {
  return !one.hasVerb || contentStems(one.sentence.flat, lexicon).length <= 1;
}

/** Whether a sentence goes on with the one before: a fragment, "eller …", or "det", "den", "han" as its subject. */
function belongsTo(first: Understood, following: Understood): boolean {
  if (following.sentence.turn !== first.sentence.turn) return false;
  if (!following.hasVerb) return following.core.length <= 9;
  if (/^(?:eller|utan|för|or)$/u.test(following.sentence.words[0] ?? "")) return true;
  return /^(?:det|den|han|hon|hen|de|dom|där|då|it|he|she|they|there)$/u.test(following.core[0] ?? "");
}

function actionUnit(action: Action, table: Table, lexicon: Lexicon): Unit {
  const lead = table.all[action.what[0] ?? 0] as Understood;
  const against = action.confirmed.filter(
    (place) => table.corrections.moved.get(action.what[0] ?? -1)?.final === place,
  );
  return toUnit({ kind: "action", places: [...action.what], question: null, against, action }, table, lexicon, lead);
}

function toUnit(
  parts: {
    kind: Unit["kind"];
    places: readonly number[];
    question: Understood | null;
    against: readonly number[];
    action: Action | null;
  },
  table: Table,
  lexicon: Lexicon,
  lead: Understood,
): Unit {
  const sentences = parts.places.map((place) => table.all[place] as Understood);
  const against = parts.against.map((place) => table.all[place] as Understood);
  const confirmed = (parts.action?.confirmed ?? []).map((place) => table.all[place] as Understood);
  const rests = [...sentences, ...(parts.question === null ? [] : [parts.question]), ...against, ...confirmed];
  const ordered = rests.toSorted((a, b) => a.sentence.index - b.sentence.index);
  return {
    kind: parts.kind,
    sentences,
    question: parts.question,
    against,
    action: parts.action,
    person: lead.sentence.person,
    addressee: addressee(table, lead.sentence.index),
    segments: [...new Set(ordered.flatMap(({ sentence }) => sentence.segments))].slice(0, 8),
    stems: new Set([...sentences, ...against].flatMap(({ sentence }) => contentStems(sentence.flat, lexicon))),
    meeting: lead.sentence.meeting,
    order: Math.min(...sentences.map(({ sentence }) => sentence.index)),
    length: sentences.reduce((sum, { core }) => sum + core.length, 0),
    moved: table.corrections.moved.has(lead.sentence.index),
  };
}

/** Whether a unit says nothing that the others do not say. */
export const saysNothingNew = (unit: Unit, said: ReadonlySet<string>): boolean =>
  coverage([...unit.stems], said) >= 0.999;
