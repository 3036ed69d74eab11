// Which question a sentence answers. A question is never a fact; with its answer it may be one. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import { stemsOf } from "../sentences/sentence-stems.ts";
import { leadingPhrase } from "../language/tokens.ts";
import type { Understood } from "./understand.ts";

export interface Answers {
  /** The place of the question that the sentence at this place answers. */
  readonly questionOf: ReadonlyMap<number, number>;
  /** Requests and offers, with the place where they were accepted. */
  readonly acceptedAt: ReadonlyMap<number, number>;
  /** Questions that nobody answered. */
  readonly open: readonly number[];
}

export function findAnswers(all: readonly Understood[], lexicon: Lexicon): Answers {
  const questionOf = new Map<number, number>();
  const acceptedAt = new Map<number, number>();
  const open: number[] = [];
  for (const [at, one] of all.entries()) {
    // "Jag kan ändra i schemat": a promise once somebody takes it up.
    const offered =
      !one.isQuestion && one.commits && / (?:jag|vi) kan | (?:i|we) (?:can|could) /u.test(one.sentence.flat);
    const offer = isProposal(one, lexicon) || one.requests || offered;
    if (offer) {
      const accepted = findAcceptance(all, at);
      if (accepted >= 0) acceptedAt.set(at, accepted);
    }
    if (!(one.isQuestion || invites(one)) || (one.requests && !invites(one)) || echoes(all, at, lexicon)) continue;
    const answer = nextTurn(all, at);
    if (answer < 0) {
      if (stemsOf(one.sentence, lexicon).length >= 3 && !offer) open.push(at);
      continue;
    }
    // Of several questions in a row the last one is answered.
    questionOf.set(answer, at);
    if (isUnknown(all[answer] as Understood, lexicon) && !offer) open.push(at);
  }
  return { questionOf, acceptedAt, open };
}

/** "Berätta om när de bråkar.": asks as a question does. */
export const invites = ({ core }: Understood): boolean =>
  /^(?:berätta|beskriv|förklara|tell|describe|explain)$/u.test(core[0] ?? "");

/** "Tre?": only takes up a word that was just said. */
function echoes(all: readonly Understood[], at: number, lexicon: Lexicon): boolean {
  const one = all[at] as Understood;
  if (one.hasVerb || one.core.length > 2) return false;
  const said = new Set(
    [all[at - 1], all[at - 2]].flatMap((earlier) => (earlier === undefined ? [] : stemsOf(earlier.sentence, lexicon))),
  );
  return stemsOf(one.sentence, lexicon).every((stem) => said.has(stem));
}

/** "Ska vi …", "är det okej att …": asks for a yes to something to be done. */
export function isProposal(one: Understood, { lists }: Lexicon): boolean {
  const tells = / (?:berätta|beskriva|förklara|tell|describe|explain) /u.test(one.sentence.flat);
  return one.isQuestion && !tells && leadingPhrase(one.core.slice(0, 4), lists.proposals) !== null;
}

function isUnknown({ sentence: { flat } }: Understood, { language }: Lexicon): boolean {
  return language === "sv"
    ? / (?:vet (?:jag |vi )?inte|ingen aning|oklart|återkommer) /u.test(flat)
    : / (?:don't know|no idea|unclear|get back) /u.test(flat);
}

/** The first sentence of the next turn, when another person has it; only the last question of a turn has an answer. */
function nextTurn(all: readonly Understood[], at: number): number {
  const { sentence } = all[at] as Understood;
  for (let after = at + 1; after < all.length; after += 1) {
    const next = all[after] as Understood;
    if (next.sentence.meeting !== sentence.meeting) return -1;
    if (next.sentence.turn === sentence.turn) {
      if (next.isQuestion || next.sentence.words.length > 6) return -1;
      continue;
    }
    if (next.sentence.person?.id === sentence.person?.id || next.isQuestion) return -1;
    return after;
  }
  return -1;
}

/** A yes from another within the next two turns, before anybody says no. */
function findAcceptance(all: readonly Understood[], at: number): number {
  const { sentence } = all[at] as Understood;
  for (let after = at + 1; after < all.length; after += 1) {
    const next = all[after] as Understood;
    if (next.sentence.meeting !== sentence.meeting || next.sentence.turn > sentence.turn + 2) return -1;
    if (next.sentence.turn === sentence.turn || next.sentence.person?.id === sentence.person?.id) continue;
    if (next.answer === "no") return -1;
    if (next.accepts || next.commits || next.answer === "yes") return after;
  }
  return -1;
}
