// What somebody is to do, told in the third person: "Handläggaren ska skicka en blankett senast fredag", as in a recap
// or a plan read aloud. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import type { Person } from "./people.ts";
import { hasBeginning } from "../language/tokens.ts";
import type { Understood } from "./understand.ts";

export interface Assigned {
  /** Whom the words name, where that is one of those at the table. */
  readonly person: Person | null;
  /** The subject's words. */
  readonly named: string;
}

const longestSubject = 3;
const shall: Readonly<Record<string, RegExp>> = { sv: /^(?:ska|skall|får|lovar|åtar)$/u, en: /^(?:will|shall)$/u };

/**
 * Null unless the sentence opens with somebody who can do something (a role, a profession or a name) and says what:
 * after "ska", or in the present with a day to come. What is told of the past, of habits or by hearsay is no task.
 */
export function findAssigned(one: Understood, people: readonly Person[], lexicon: Lexicon): Assigned | null {
  if (one.isQuestion || one.past || one.negated || one.hearsay || one.hedged || one.habit || one.joke) return null;
  const { core, sentence } = one;
  const { lists, verbs, language } = lexicon;
  const verbAt = core.findIndex((word) => verbs.finite.has(word));
  if (verbAt < 1 || verbAt > longestSubject) return null;
  const subject = core.slice(0, verbAt);
  const finite = core[verbAt] ?? "";
  const after = core.slice(verbAt + 1, verbAt + 5);
  const toCome = sentence.times.some(({ kind, past }) => kind === "day" && !past);
  const verb = verbs.finite.get(finite);
  const tasked = shall[language]?.test(finite) === true && after.some((word) => lists.actionVerbs.has(word));
  const promised = verb !== undefined && finite === verb.present && toCome && promises(verb.infinitive, after, lexicon);
  if (!tasked && !promised) return null;
  const tokens = sentence.tokens.filter(({ isWord }) => isWord).slice(one.skipped, one.skipped + verbAt);
  const named = tokens.map(({ text }) => text).join(" ");
  const person =
    people.find(
      ({ label, names }) => label.toLowerCase() === subject.join(" ") || names.includes(subject.at(-1) ?? ""),
    ) ?? null;
  return person !== null ||
    canAct(
      tokens.map(({ text }) => text),
      subject,
      lexicon,
    )
    ? { person, named }
    : null;
}

/** A verb that promises by itself, or with its next word ("ta kontakt", "se till"). */
export const promises = (infinitive: string, after: readonly string[], { lists }: Lexicon): boolean =>
  lists.promises.has(infinitive) || lists.promises.has(`${infinitive} ${after[0] ?? ""}`);

/** A role in the definite form ("kuratorn"), a profession or authority of the lexicon, or a name. */
function canAct(written: readonly string[], words: readonly string[], { lists, headings, language }: Lexicon): boolean {
  const last = words.at(-1) ?? "";
  if (lists.prepositions.has(words[0] ?? "") || lists.adverbFronts.has(words[0] ?? "") || lists.stop.has(last))
    return false;
  if (lists.professions.has(last)) return true;
  const isRole = Object.values(headings.speakers).some((roles) =>
    roles.some((role) => role.length >= 4 && !role.includes(" ") && hasBeginning(` ${last} `, role)),
  );
  if (isRole) return language === "en" ? words[0] === "the" || words.length === 1 : true;
  // Names: one or two words with capitals. Ordinary words at the start of a sentence were lowered before.
  return written.every((word) => /^\p{Lu}\p{Ll}/u.test(word)) && words.every((word) => !lists.meetingNouns.has(word));
}
