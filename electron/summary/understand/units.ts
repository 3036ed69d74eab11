// The smallest pieces a summary is built from: one statement with what belongs to it (the question it answers, the
// denial that must go with it), or one action. Runs anywhere.
import { type Action, findActions, type Table } from "./actions.ts";
import { findAnswers, isProposal } from "./answers.ts";
import { findCorrections } from "./correct.ts";
import { findDiscarded } from "./discard.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Person } from "./people.ts";
import type { Split } from "../sentences/split.ts";
import { coverage } from "../language/stem.ts";
import { stemsOf } from "../sentences/sentence-stems.ts";
import { understand, type Understood } from "./understand.ts";

export interface Unit {
  readonly kind: "statement" | "answer" | "action" | "open-question";
  /** The sentences it says, by the same speaker, in order. */
  readonly sentences: readonly Understood[];
  /** The question that gives a short answer its meaning. */
  readonly question: Understood | null;
  /** The question it answers, whether or not its words are needed: a heading may ask the same. */
  readonly asked: Understood | null;
  /** What tells what "det" in an action means. */
  readonly context: readonly Understood[];
  /** What another says against it, or what replaced its time. */
  readonly against: readonly Understood[];
  readonly action: Action | null;
  readonly person: Person | null;
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
  /** What no longer holds, and what is left out. */
  readonly settled: Pick<Table, "corrections" | "discarded">;
}

const longestUnit = 32;

export function gatherUnits(split: Split, lexicon: Lexicon): Gathered {
  const all = understand(split, lexicon);
  const answers = findAnswers(all, lexicon);
  const discarded = findDiscarded(all, answers, lexicon);
  const table: Table = {
    all,
    answers,
    corrections: findCorrections(all, lexicon),
    discarded,
    people: (meeting) => split.meetings[meeting]?.people ?? [],
  };
  const actions = findActions(table, lexicon);
  const taken = new Set(
    actions.flatMap(({ what, confirmed }) => [...what, ...confirmed.filter((at) => onlyConfirms(all, at, lexicon))]),
  );
  const units: Unit[] = actions.map((action) => actionUnit(action, table, lexicon));
  units.push(...statements(table, taken, lexicon));
  for (const at of table.answers.open) {
    const one = all[at] as Understood;
    units.push(
      toUnit({ kind: "open-question", places: [at], question: null, against: [], action: null }, table, lexicon, one),
    );
  }
  return { units: units.toSorted((a, b) => a.order - b.order), all, settled: table };
}

/** "Okej, jag fixar det till fredag": the action has the time; there is nothing more in it. */
const onlyConfirms = (all: readonly Understood[], at: number, lexicon: Lexicon): boolean => {
  const one = all[at] as Understood;
  return (one.commits || one.accepts) && stemsOf(one.sentence, lexicon).length <= 2;
};

function statements(table: Table, taken: ReadonlySet<number>, lexicon: Lexicon): Unit[] {
  const { all, corrections, answers, discarded } = table;
  const units: Unit[] = [];
  const joined = new Set<number>();
  const free = (at: number): boolean =>
    !joined.has(at) &&
    !discarded.has(at) &&
    !taken.has(at) &&
    !corrections.superseded.has(at) &&
    all[at]?.isQuestion === false;
  // What takes the place of an answer answers the same question.
  const questionOfBettered = (at: number): number | undefined => {
    const before = all[at - 1]?.sentence.turn === all[at]?.sentence.turn && corrections.superseded.get(at - 1) === at;
    return before ? answers.questionOf.get(at - 1) : undefined;
  };
  for (const [at, one] of all.entries()) {
    const question = answers.questionOf.get(at) ?? questionOfBettered(at);
    const asked = question === undefined ? null : (all[question] as Understood);
    const answered = asked !== null && !isProposal(asked, lexicon) && !taken.has(at) && answersYesOrNo(one, asked);
    if (answered && !joined.has(at) && !corrections.superseded.has(at)) {
      const places = [at, ...goingOn(all, at, free)];
      for (const place of places) joined.add(place);
      units.push(
        toUnit(
          { kind: "answer", places, question: asked, against: contest(corrections, places), action: null },
          table,
          lexicon,
          one,
        ),
      );
      continue;
    }
    if (!free(at) && !(taken.has(at) && one.decides && !one.isQuestion && !joined.has(at))) continue;
    const places = [at, ...goingOn(all, at, free)];
    for (const place of places) joined.add(place);
    const moved = corrections.moved.get(at);
    const others = [...contest(corrections, places), ...(moved === undefined ? [] : [moved.final])];
    for (const place of others) joined.add(place);
    const hangs = fewWords(one, lexicon) || pointsBack(one, asked);
    const needed = asked !== null && !isProposal(asked, lexicon) && hangs ? asked : null;
    const kind = needed === null ? "statement" : "answer";
    const parts = { kind, places, question: needed, asked, against: others, action: null } as const;
    units.push(toUnit(parts, table, lexicon, one));
  }
  return units;
}

/** What others say against these sentences. */
const contest = ({ contested }: Table["corrections"], places: readonly number[]): number[] =>
  [...new Set(places.flatMap((place) => contested.get(place) ?? []))].filter((place) => !places.includes(place));

/** The sentences right after that go on with this one. */
function goingOn(all: readonly Understood[], at: number, free: (at: number) => boolean): number[] {
  const one = all[at] as Understood;
  const found: number[] = [];
  let words = one.core.length;
  for (let next = at + 1; next < all.length; next += 1) {
    const candidate = all[next] as Understood;
    // "Eller han ska.": says nothing by itself, and what comes after goes on.
    const empty = candidate.core.length <= 4 && candidate.sentence.turn === one.sentence.turn && !candidate.isQuestion;
    if (!free(next) && empty && next + 1 < all.length && free(next + 1)) continue;
    if (!free(next)) break;
    words += candidate.core.length;
    if (words > longestUnit || !belongsTo(one, candidate)) break;
    found.push(next);
  }
  return found;
}

/** Yes or no to a yes-or-no question, whatever more is said. */
const answersYesOrNo = (one: Understood, asked: Understood): boolean => one.answer !== null && asked.isPolar;

/** A fragment, or a sentence whose words hang in the air without the question. */
function fewWords(one: Understood, lexicon: Lexicon): boolean {
  // "Att jag får bo kvar": half a sentence, the other half is the question.
  const half = /^(?:att|för|eftersom|that|because)$/u.test(one.core[0] ?? "");
  return !one.hasVerb || half || stemsOf(one.sentence, lexicon).length <= 1;
}

/** "Pappan då?" – "Han tycker att …": only the question tells who "han" is. */
function pointsBack({ core, figures, sentence }: Understood, asked: Understood | null): boolean {
  if (asked === null) return false;
  const [subject = ""] = core;
  if (/^(?:han|hon|de|dom|den|he|she|they)$/u.test(subject)) return true;
  // "Vad kostar det?" – "Förra gången var det fyratusen."
  return figures > 0 && !asked.isPolar && / (?:är|var|blir|blev) det | det (?:är|var|blir|blev) /u.test(sentence.flat);
}

/** Whether a sentence goes on with the one before: a fragment, "eller …", or "det", "den", "han" as its subject. */
function belongsTo(first: Understood, following: Understood): boolean {
  if (following.sentence.turn !== first.sentence.turn) return false;
  if (!following.hasVerb) return following.core.length <= (first.decides ? 16 : 9);
  const own = (one: Understood): boolean => one.feels || one.wishes;
  if (own(first) && own(following)) return true;
  // A bare yes or no is told with what it is explained by.
  if (first.answer !== null && first.core.length <= 3) return true;
  if (/^(?:eller|utan|för|or)$/u.test(following.sentence.words[0] ?? "")) return true;
  // "De filmar. Och så lägger de ut det.": told in one breath.
  if (/^(?:och|and)$/u.test(following.sentence.words[0] ?? "") && !following.commits && !following.decides)
    return first.core.length + following.core.length <= 14 && first.sentence.person?.side !== "professional";
  // "Tog fyrtio sekunder.": no subject of its own. "Nu är det arton.": the newer of two figures.
  if (following.opensWithVerb) return true;
  if (/^(?:nu|now)$/u.test(following.core[0] ?? "") && first.figures > 0 && following.figures > 0) return true;
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
    asked?: Understood | null;
    against: readonly number[];
    action: Action | null;
  },
  table: Table,
  lexicon: Lexicon,
  lead: Understood,
): Unit {
  // What is said twice in the same words is told once.
  const said = parts.places.map((place) => table.all[place] as Understood);
  const sentences = said.filter(
    (one, at) => said.findIndex((other) => other.sentence.flat === one.sentence.flat) === at,
  );
  const against = parts.against.map((place) => table.all[place] as Understood);
  const confirmed = [...(parts.action?.confirmed ?? []), ...(parts.action?.context ?? [])].map(
    (place) => table.all[place] as Understood,
  );
  const rests = [...sentences, ...(parts.question === null ? [] : [parts.question]), ...against, ...confirmed];
  const ordered = rests.toSorted((a, b) => a.sentence.index - b.sentence.index);
  return {
    kind: parts.kind,
    sentences,
    question: parts.question,
    asked: parts.asked ?? parts.question,
    against,
    context: (parts.action?.context ?? []).map((place) => table.all[place] as Understood),
    action: parts.action,
    person: lead.sentence.person,
    segments: [...new Set(ordered.flatMap(({ sentence }) => sentence.segments))].slice(0, 8),
    stems: new Set(
      [
        ...sentences,
        ...against,
        ...confirmed.filter((one) => parts.action?.context.includes(one.sentence.index)),
        ...(parts.question === null ? [] : [parts.question]),
      ].flatMap(({ sentence }) => stemsOf(sentence, lexicon)),
    ),
    meeting: lead.sentence.meeting,
    order: Math.min(...sentences.map(({ sentence }) => sentence.index)),
    length: sentences.reduce((sum, { core }) => sum + core.length, 0),
    moved: table.corrections.moved.has(lead.sentence.index),
  };
}

/** Whether a unit says nothing that the others do not say. */
export const saysNothingNew = (unit: Unit, said: ReadonlySet<string>): boolean =>
  coverage([...unit.stems], said) >= 0.999;
