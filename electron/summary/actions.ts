// Who is to do what by when: promises, requests that were accepted, and the next meeting. Runs anywhere.
import { isProposal, type Answers } from "./answers.ts";
import type { Corrections } from "./correct.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Person } from "./people.ts";
import type { Sentence } from "./split.ts";
import type { TimeExpression } from "./times.ts";
import { writeTokens } from "./tokens.ts";
import type { Understood } from "./understand.ts";

export interface Action {
  readonly kind: "promise" | "request" | "meeting";
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
    if (used.has(at) || corrections.superseded.has(at)) continue;
    const one = all[at] as Understood;
    if (discarded.has(at) && (!one.commits || one.meta)) continue;
    const found =
      meetingAt(table, at) ?? requestAt(table, at, lexicon) ?? promiseAt(table, at, lexicon) ?? movedAt(table, at);
    const action = found === null || found.kind === "meeting" ? found : inContext(found, table, lexicon);
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
  if (accepted === undefined && one.sentence.times.length === 0 && !isCommand(one, lexicon) && !one.decides)
    return null;
  const move = corrections.moved.get(at);
  const reply = accepted === undefined ? null : (all[accepted] as Understood);
  const confirmed =
    accepted === undefined
      ? []
      : sameTurn(all, accepted).filter(
          (place) => place >= accepted && place <= accepted + 1 && isReply(all[place] as Understood),
        );
  const addressed = one.addressee;
  const doer = needsOf(one, lexicon) ? null : (addressed ?? reply?.sentence.person ?? null);
  const who = doer ?? reply?.sentence.person ?? null;
  const settled = move === undefined ? one : (all[move.final] as Understood);
  const sources = [settled, ...neighbours(all, at, lexicon), ...confirmed.map((place) => all[place] as Understood)];
  const timed = sources.find(({ sentence }) => bestTime(sentence) !== null);
  const named = vocative(one.sentence, who);
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
    named,
    ...(timed === undefined ? { when: null, due: null } : timesText(timed.sentence)),
  };
}

/** Something the speaker says he or she will do. */
function promiseAt(table: Table, at: number, lexicon: Lexicon): Action | null {
  const { all, answers, corrections } = table;
  const one = all[at] as Understood;
  const { person } = one.sentence;
  if (!one.commits || one.past || one.hearsay || one.joke || person === null || one.deflates) return null;
  const asked = requestBefore(table, at, lexicon);
  if (asked === null && !isPromise(one, lexicon)) return null;
  const move = corrections.moved.get(at);
  const settled = move === undefined ? one : (all[move.final] as Understood);
  const timed = [settled, ...(move === undefined ? neighbours(all, at, lexicon) : [])].find(
    ({ sentence }) => bestTime(sentence) !== null,
  );
  const asks = asked === null ? [] : [asked];
  const both = / (?:vi|we) /u.test(one.sentence.flat.slice(0, 30)) && table.people(one.sentence.meeting).length === 2;
  const accepted = answers.acceptedAt.get(at);
  return {
    kind: "promise",
    what: [...asks, at],
    context: [],
    confirmed: [
      ...(accepted === undefined ? [] : [accepted]),
      ...(move === undefined ? [] : [...move.between, move.final]),
      ...(timed === undefined || timed === one ? [] : [timed.sentence.index]),
    ],
    who: both ? table.people(one.sentence.meeting) : [person],
    named: null,
    ...(timed === undefined ? { when: null, due: null } : timesText(timed.sentence)),
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

/** The action with the sentence that tells what "den" or "honom" means; null when its words alone say nothing. */
function inContext(action: Action, { all, discarded, corrections }: Table, lexicon: Lexicon): Action | null {
  const says = action.what.map((place) => all[place] as Understood);
  const [first = 0] = action.what;
  const lead = all[first] as Understood;
  if (says.some((one) => nouns(one, lexicon).length > 0)) return action;
  const points =
    action.kind === "promise" && lead.isQuestion
      ? true
      : says.some((one) => pointing[lexicon.language].test(one.sentence.flat));
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
function isPromise({ core, sentence, habit }: Understood, { lists, verbs }: Lexicon): boolean {
  if (habit) return false;
  if (sentence.times.some(({ kind, past }) => kind === "day" && !past)) return true;
  const flat = ` ${core.join(" ")} `;
  if (/ (?:tar på mig|åtar mig|jag ska|jag kommer att|då ska jag|ska jag|jag lovar|i will|i'll|kan jag) /u.test(flat))
    return true;
  return core.slice(0, 7).some((word) => {
    const verb = verbs.finite.get(word);
    return verb !== undefined && word === verb.present && lists.promises.has(verb.infinitive);
  });
}

/** The request or offer that this promise answers, when it was made in the turn before. */
function requestBefore({ all, discarded }: Table, at: number, lexicon: Lexicon): number | null {
  const here = all[at] as Understood;
  let offer: number | null = null;
  for (let before = at - 1; before >= 0 && before > at - 6; before -= 1) {
    const earlier = all[before] as Understood;
    if (earlier.sentence.turn < here.sentence.turn - 1 || earlier.sentence.meeting !== here.sentence.meeting)
      return offer;
    if (earlier.sentence.turn === here.sentence.turn || discarded.has(before)) continue;
    if (earlier.requests) return before;
    if (isProposal(earlier, lexicon)) offer ??= before;
  }
  return offer;
}

const isReply = (one: Understood): boolean =>
  one.accepts || one.commits || (one.sentence.times.length > 0 && !one.isQuestion && one.core.length <= 6);

const sameTurn = (all: readonly Understood[], at: number): number[] => {
  const turn = all[at]?.sentence.turn;
  return all.flatMap(({ sentence }, place) => (sentence.turn === turn ? [place] : []));
};

/** Fragments with a time right after, in this turn or as the next speaker's confirming question and its answer. */
function neighbours(all: readonly Understood[], at: number, { lists }: Lexicon): Understood[] {
  const here = all[at] as Understood;
  const found: Understood[] = [];
  for (let after = at + 1; after < all.length && after <= at + 4; after += 1) {
    const next = all[after] as Understood;
    if (next.sentence.turn > here.sentence.turn + 2 || next.sentence.meeting !== here.sentence.meeting) break;
    const short = next.core.length <= 6 && (!next.hasVerb || lists.accept.has(next.sentence.words[0] ?? ""));
    // "Jag ringer Gunnel, och så tar ni det i eftermiddag": the clause that goes on in the same sentence.
    const goesOn =
      after === at + 1 &&
      next.sentence.turn === here.sentence.turn &&
      /^(?:och|and)$/u.test(next.sentence.words[0] ?? "");
    if (short || goesOn) found.push(next);
    else if (next.sentence.turn === here.sentence.turn) break;
  }
  return found;
}

/** "…, Hanna": a name in mid-sentence after a comma or at the end, that no speaker is known by. */
function vocative(sentence: Sentence, who: Person | null): string | null {
  for (const [at, token] of sentence.tokens.entries()) {
    const fenced = sentence.tokens[at - 1]?.text === "," && !(sentence.tokens[at + 1]?.isWord ?? false);
    if (fenced && /^\p{Lu}\p{Ll}+$/u.test(token.text) && !(who?.names.includes(token.lower) ?? false))
      return token.text;
  }
  return null;
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
