// Who is to do what by when: promises, requests that were accepted, and the next meeting. Runs anywhere.
import { bestTime, inContext, neighbours, timesText } from "./action-context.ts";
import { isProposal, type Answers } from "./answers.ts";
import { findAssigned, promises } from "./assigned.ts";
import type { Corrections } from "./correct.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Person } from "./people.ts";
import type { Sentence } from "../sentences/split.ts";
import { stemsOf } from "../sentences/sentence-stems.ts";
import { flatten } from "../language/tokens.ts";
import type { Understood } from "./understand.ts";

export interface Action {
  readonly kind: "promise" | "request" | "meeting" | "assigned";
  /** Places of the sentences that say what is to be done, in order. */
  readonly what: readonly number[];
  /** Places that tell what "det" or "honom" means. */
  readonly context: readonly number[];
  /** Places that only confirm, accept or move it. */
  readonly confirmed: readonly number[];
  /** Empty when it cannot be told; two or more when they do it together. */
  readonly who: readonly Person[];
  /** A name by which somebody was asked, when no speaker is known by it. */
  readonly named: string | null;
  readonly when: string | null;
  readonly due: string | null;
}

export interface Table {
  readonly all: readonly Understood[];
  readonly answers: Answers;
  readonly corrections: Corrections;
  readonly discarded: ReadonlySet<number>;
  readonly people: (meeting: number) => readonly Person[];
}

export function findActions(table: Table, lexicon: Lexicon): Action[] {
  const { all, corrections, discarded } = table;
  const actions: Action[] = [];
  const used = new Set<number>();
  for (const at of all.keys()) {
    if (used.has(at) || corrections.superseded.has(at) || corrections.refused.has(at)) continue;
    const one = all[at] as Understood;
    if (discarded.has(at) && (!one.commits || one.meta)) continue;
    const found =
      meetingAt(table, at) ??
      requestAt(table, at, lexicon) ??
      offerAt(table, at, lexicon) ??
      promiseAt(table, at, lexicon, used) ??
      movedAt(table, at) ??
      assignedAt(table, at, lexicon);
    const action =
      found === null || found.kind === "meeting" || found.kind === "assigned"
        ? found
        : inContext(found, table, lexicon);
    if (action === null) continue;
    actions.push(action);
    for (const place of [...action.what, ...action.confirmed]) used.add(place);
  }
  return actions;
}

/** "Nästa möte …": everybody's, with the time that was settled in the end. */
function meetingAt(table: Table, at: number): Action | null {
  const { all, corrections, people } = table;
  const one = all[at] as Understood;
  if (!one.nextMeeting || one.past) return null;
  const move = corrections.moved.get(at);
  const settled = move === undefined ? one : (all[move.final] as Understood);
  const time = bestTime(settled.sentence);
  if (time === null) return null;
  const replies = move === undefined ? [] : [...move.between, move.final];
  return {
    kind: "meeting",
    what: [at],
    context: [],
    confirmed: replies,
    who: people(one.sentence.meeting).filter(({ id }) =>
      all.some(({ sentence }) => sentence.person?.id === id && sentence.words.length > 3),
    ),
    named: null,
    ...timesText(settled.sentence),
  };
}

/** Something another is asked to do. */
function requestAt(table: Table, at: number, lexicon: Lexicon): Action | null {
  const { all, answers, corrections } = table;
  const one = all[at] as Understood;
  if (!one.requests || one.negated || one.joke) return null;
  const accepted = answers.acceptedAt.get(at);
  const command = !one.isQuestion;
  if (accepted === undefined && !command) return null;
  const before = lastOfTurn(all, at);
  const named = vocative(one.sentence, accepted === undefined ? one.addressee : null);
  // "Rapporten ska vara klar på måndag. Den skriver du, Ali."
  const told = named !== null && before !== null && bestTime(before.sentence) !== null;
  if (accepted === undefined && one.sentence.times.length === 0 && !isCommand(one, lexicon) && !one.decides && !told)
    return null;
  const move = corrections.moved.get(at);
  const reply = accepted === undefined ? null : (all[accepted] as Understood);
  const confirmed =
    accepted === undefined
      ? []
      : sameTurn(all, accepted).filter(
          (place) =>
            place === accepted ||
            (place === accepted + 1 &&
              isReply(all[place] as Understood) &&
              // "Ja, det gör jag. Jag ringer nämnden i morgon.": the second is another task.
              stemsOf((all[place] as Understood).sentence, lexicon).length <= 2),
        );
  const addressed = one.addressee;
  const doer = needsOf(one, lexicon) ? null : (addressed ?? reply?.sentence.person ?? null);
  const who = doer ?? reply?.sentence.person ?? null;
  const settled = move === undefined ? one : (all[move.final] as Understood);
  const sources = [
    settled,
    ...neighbours(all, at, lexicon),
    ...confirmed.map((place) => all[place] as Understood),
    ...(told ? [before] : []),
  ];
  const timed = sources.find(({ sentence }) => bestTime(sentence) !== null);
  return {
    kind: "request",
    what: [
      at,
      ...(timed !== undefined && timed !== one && !confirmed.includes(timed.sentence.index) && move === undefined
        ? [timed.sentence.index]
        : []),
    ],
    context: [],
    confirmed: [...confirmed, ...(move === undefined ? [] : [...move.between, move.final])],
    who: who === null ? [] : [who],
    named: vocative(one.sentence, who),
    ...(timed === undefined ? { when: null, due: null } : timesText(timed.sentence)),
  };
}

/** The sentence before, where the same person said it in the same breath. */
function lastOfTurn(all: readonly Understood[], at: number): Understood | null {
  const before = all[at - 1];
  return before !== undefined && before.sentence.turn === all[at]?.sentence.turn ? before : null;
}

/** "Ska jag ringa dem?", and the answer was yes: the one who asked does it. */
function offerAt({ all, answers }: Table, at: number, lexicon: Lexicon): Action | null {
  const one = all[at] as Understood;
  const accepted = answers.acceptedAt.get(at);
  const { person } = one.sentence;
  const offers = one.isQuestion && offer[lexicon.language].test(flatten(one.core));
  if (!offers || accepted === undefined || person === null || one.joke || one.meta) return null;
  const { lists, verbs } = lexicon;
  if (!one.core.some((word) => lists.actionVerbs.has(verbs.finite.get(word)?.infinitive ?? word))) return null;
  const reply = all[accepted] as Understood;
  // "Då gör jag det i eftermiddag.": the same promise, with its time.
  const again = all.findIndex(
    (later, place) =>
      place > accepted &&
      place <= accepted + 4 &&
      later.sentence.person?.id === person.id &&
      later.sentence.meeting === one.sentence.meeting &&
      doesIt[lexicon.language].test(later.sentence.flat),
  );
  const confirming = again < 0 ? [] : [all[again] as Understood];
  const timed = [one, reply, ...confirming].find(({ sentence }) => bestTime(sentence) !== null);
  return {
    kind: "request",
    what: [at],
    context: [],
    confirmed: [accepted, ...(again < 0 ? [] : [again])],
    who: [person],
    named: null,
    ...(timed === undefined ? { when: null, due: null } : timesText(timed.sentence)),
  };
}

const doesIt = {
  sv: / (?:gör|fixar|ordnar|tar|skriver|bokar|ringer) jag (?:det|den|in det|upp det) | (?:det|den) (?:gör|fixar|ordnar|tar|skriver) jag | jag (?:gör|fixar|ordnar|skriver) det /u,
  en: / i'll do (?:that|it) | i will do (?:that|it) | i'll (?:arrange|fix) (?:that|it) /u,
} as const;

const offer = {
  sv: /^ (?:ska|kan) jag | vill (?:du|ni) att (?:jag|vi) | (?:är|vore) det (?:okej|ok|bra) (?:att|om) jag /u,
  en: /^ (?:shall|should|can) i | (?:do you want|would you like) me to | is it (?:okay|ok|all right) if i /u,
} as const;

/** Something the speaker says he or she will do. */
function promiseAt(table: Table, at: number, lexicon: Lexicon, used: ReadonlySet<number>): Action | null {
  const { all, answers, corrections } = table;
  const one = all[at] as Understood;
  const { person } = one.sentence;
  if (!one.commits || one.past || one.hearsay || one.joke || person === null || one.deflates) return null;
  const before = requestBefore(table, at, lexicon);
  // What was asked and answered is told already.
  const asked = before !== null && used.has(before) ? null : before;
  if (asked === null && answers.acceptedAt.get(at) === undefined && !isPromise(one, lexicon)) return null;
  const move = corrections.moved.get(at);
  const settled = move === undefined ? one : (all[move.final] as Understood);
  const accepted = answers.acceptedAt.get(at);
  const yes = accepted === undefined ? [] : [all[accepted] as Understood];
  const timed = [settled, ...(move === undefined ? [...yes, ...neighbours(all, at, lexicon)] : [])].find(
    ({ sentence }) => bestTime(sentence) !== null,
  );
  const asks = asked === null ? [] : [asked];
  const both = / (?:vi|we) /u.test(one.sentence.flat.slice(0, 30)) && table.people(one.sentence.meeting).length === 2;
  const meant = asked === null ? justSaid(all, at, lexicon) : null;
  return {
    kind: "promise",
    what: meant === null ? [...asks, at] : [meant],
    context: [],
    confirmed: [
      ...(meant === null ? [] : [at]),
      ...(accepted === undefined ? [] : [accepted]),
      ...(move === undefined ? [] : [...move.between, move.final]),
      ...(timed === undefined || timed === one ? [] : [timed.sentence.index]),
    ],
    who: both ? table.people(one.sentence.meeting) : [person],
    named: null,
    ...(timed === undefined ? { when: null, due: null } : timesText(timed.sentence)),
  };
}

/** "Det måste jag anmäla till huvudmannen. Det gör jag i dag.": the sentence before tells what "det" is. */
function justSaid(all: readonly Understood[], at: number, { language }: Lexicon): number | null {
  const one = all[at] as Understood;
  const before = lastOfTurn(all, at);
  const proVerb =
    language === "sv"
      ? /^ (?:och )?(?:det|den|dem) (?:gör|fixar|ordnar|tar|löser|ska|kan) jag (?:göra |ta |fixa |ordna )?/u
      : /^ (?:and )?(?:i'll|i will) do (?:that|it) /u;
  const owes =
    language === "sv"
      ? / (?:måste|ska|behöver|får|borde|tänker) jag | jag (?:måste|ska|behöver|får|borde|tänker) /u
      : / i (?:must|should|need to|have to) /u;
  if (before === null || before.isQuestion || !proVerb.test(flatten(one.core))) return null;
  return owes.test(before.sentence.flat) ? at - 1 : null;
}

/** Somebody's task, told in the third person. */
function assignedAt({ all, corrections, people }: Table, at: number, lexicon: Lexicon): Action | null {
  const one = all[at] as Understood;
  const assigned = findAssigned(one, people(one.sentence.meeting), lexicon);
  if (assigned === null) return null;
  const move = corrections.moved.get(at);
  const settled = move === undefined ? one : (all[move.final] as Understood);
  return {
    kind: "assigned",
    what: [at],
    context: [],
    confirmed: move === undefined ? [] : [...move.between, move.final],
    who: assigned.person === null ? [] : [assigned.person],
    named: assigned.named,
    ...timesText(settled.sentence),
  };
}

/** A time that was proposed and moved, for something said just before: "Kan vi göra det på tisdag?", "Onsdag klockan nio." */
function movedAt({ all, corrections }: Table, at: number): Action | null {
  const move = corrections.moved.get(at);
  const one = all[at] as Understood;
  const settled = move === undefined ? undefined : all[move.final];
  if (
    move === undefined ||
    settled === undefined ||
    !one.isQuestion ||
    one.sentence.person === null ||
    settled.sentence.person === null
  )
    return null;
  const period = all[at - 1]?.sentence.turn === one.sentence.turn ? (all[at - 1] as Understood) : null;
  const wider = period === null || period.sentence.times.length === 0 ? null : timesText(period.sentence).when;
  const { when, due } = timesText(settled.sentence);
  return {
    kind: "promise",
    what: [at],
    context: [],
    confirmed: [...move.between, move.final],
    who: [...new Map([settled.sentence.person, one.sentence.person].map((person) => [person.id, person])).values()],
    named: null,
    when: wider === null || when === null ? when : `${wider}, ${when}`,
    due,
  };
}

/** A command proper ("skicka …", "gör …"), not a wish or a possibility. */
function isCommand({ core }: Understood, { verbs, lists }: Lexicon): boolean {
  const verb = verbs.imperatives.get(core[0] ?? "");
  return verb !== undefined && lists.promises.has(verb.infinitive);
}

/** "Jag behöver kvittot": the speaker needs it, so it is the other who is to do it. */
function needsOf({ sentence: { flat } }: Understood, { language }: Lexicon): boolean {
  return language === "sv" ? / vi behöver /u.test(flat) : / we need /u.test(flat);
}

/** A verb that promises by itself ("skickar", "bokar"), or a time or "ska" beside a verb of doing. */
function isPromise({ core, sentence, habit }: Understood, lexicon: Lexicon): boolean {
  const { verbs } = lexicon;
  // "Jag lägger upp dem varje söndag": a custom.
  const custom = sentence.times.length > 0 && sentence.times.every(({ kind }) => kind === "repeated");
  if (habit || custom) return false;
  if (sentence.times.some(({ kind, past }) => kind === "day" && !past)) return true;
  const flat = ` ${core.join(" ")} `;
  if (
    / (?:tar på mig|åtar mig|det (?:tar|fixar|gör|ordnar|löser|kollar) jag|jag (?:tar|fixar|ordnar|löser) det|jag ska|jag kommer att|då ska jag|ska jag|jag lovar|i will|i'll|kan jag) /u.test(
      flat,
    )
  )
    return true;
  return core.slice(0, 7).some((word, at) => {
    const verb = verbs.finite.get(word);
    // "Tar jag kontakt": the subject may stand between.
    const after = core.slice(at + 1).filter((next) => next !== "jag" && next !== "vi");
    return verb !== undefined && word === verb.present && promises(verb.infinitive, after, lexicon);
  });
}

/** The request or offer that this promise answers, when it was made in the turn before. */
function requestBefore({ all, discarded }: Table, at: number, lexicon: Lexicon): number | null {
  const here = all[at] as Understood;
  let offered: number | null = null;
  for (let before = at - 1; before >= 0 && before > at - 6; before -= 1) {
    const earlier = all[before] as Understood;
    if (earlier.sentence.turn < here.sentence.turn - 1 || earlier.sentence.meeting !== here.sentence.meeting)
      return offered;
    if (earlier.sentence.turn === here.sentence.turn || discarded.has(before)) continue;
    if (earlier.requests) return before;
    if (isProposal(earlier, lexicon)) offered ??= before;
  }
  return offered;
}

const isReply = (one: Understood): boolean =>
  one.accepts || one.commits || (one.sentence.times.length > 0 && !one.isQuestion && one.core.length <= 6);

const sameTurn = (all: readonly Understood[], at: number): number[] => {
  const turn = all[at]?.sentence.turn;
  let from = at;
  while (from > 0 && all[from - 1]?.sentence.turn === turn) from -= 1;
  let to = at + 1;
  while (all[to]?.sentence.turn === turn) to += 1;
  return Array.from({ length: to - from }, (_, place) => from + place);
};

/** "…, Hanna": a name in mid-sentence after a comma or at the end, that no speaker is known by. */
function vocative(sentence: Sentence, who: Person | null): string | null {
  for (const [at, token] of sentence.tokens.entries()) {
    const fenced = sentence.tokens[at - 1]?.text === "," && !(sentence.tokens[at + 1]?.isWord ?? false);
    if (fenced && /^\p{Lu}\p{Ll}+$/u.test(token.text) && !(who?.names.includes(token.lower) ?? false))
      return token.text;
  }
  return null;
}
