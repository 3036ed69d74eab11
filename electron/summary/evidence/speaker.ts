// Who is said to have said it, or to do it, must be the one who did. Runs anywhere.
import { contentStems, coverage } from "../language/stem.ts";
import { tokenise } from "../language/tokens.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Sentence } from "../sentences/split.ts";
import type { Person } from "../understand/people.ts";
import type { Claim, Finding, Ground } from "./claim.ts";
import { evidenceLexicon } from "./evidence-lexicon.ts";

const reporting =
  /^(?:uppger|uppgav|säger|sade|sa|bekräftar|svarar|berättar|berättade|menar|frågar|undrar|anser|upplever|beskriver|påpekar|informerar|beslutar|says|said|states|confirms|answers|asks|tells|reports|thinks|feels|decides|explains)$/u;

export function checkSpeaker({ item, claims, sentences, split, lexicon }: Ground): Finding[] {
  const people = split.meetings.flatMap(({ people: own }) => own);
  const findings: Finding[] = [];
  for (const claim of claims) {
    const named = attributedTo(claim.text, people);
    if (named === null) continue;
    const trusted = named.states
      ? saidBy(named.people, claim, sentences, lexicon)
      : saidBy(named.people, claim, sentences, lexicon) && doneBy(named.people, claim, sentences, lexicon);
    if (!trusted && !(named.states ? false : isSpokenOf(named.people, claim, sentences, lexicon)))
      findings.push({ code: "speaker", weight: "against", detail: named.people[0]?.label ?? "" });
  }
  if (item.who !== undefined && findings.length === 0 && !couldDo(item.who, sentences, split.sentences, people))
    findings.push({ code: "speaker", weight: "doubt", detail: item.who });
  return findings;
}

const isOne = (people: readonly Person[], person: Person | null): boolean =>
  person !== null && people.some(({ id }) => id === person.id);

/** The sentences of the cited talk that the claim rests on most. */
function restingOn(claim: Claim, sentences: readonly Sentence[], lexicon: Lexicon): readonly Sentence[] {
  const wanted = new Set(claim.stems);
  const scored = sentences.map((sentence) => ({
    sentence,
    share: wanted.size === 0 ? 0 : coverage([...wanted], new Set(contentStems(sentence.flat, lexicon))),
  }));
  const best = Math.max(0, ...scored.map(({ share }) => share));
  return best === 0 ? sentences : scored.filter(({ share }) => share >= best * 0.6).map(({ sentence }) => sentence);
}

/** The one who is named speaks in what the claim rests on, or answers the question that it repeats. */
function saidBy(named: readonly Person[], claim: Claim, sentences: readonly Sentence[], lexicon: Lexicon): boolean {
  const own = sentences.filter(({ person }) => isOne(named, person));
  if (own.length === 0) return false;
  const statements = own.filter(({ isQuestion }) => !isQuestion);
  const asks = / (?:frågar|undrar|asks|wonders) /u.test(claim.flat);
  if (/ (?:bekräftar|confirms|svarar|says (?:yes|no)|på frågan|to the question|answers) /u.test(claim.flat))
    return statements.length > 0;
  const resting = restingOn(claim, sentences, lexicon);
  if (resting.some((sentence) => isOne(named, sentence.person) && (asks || !sentence.isQuestion))) return true;
  // The words stand in another's question, and this one answered it.
  if (!asks && resting.every(({ isQuestion }) => isQuestion) && statements.length > 0) return true;
  // Of "Klienten: ”…”, på fredag" only the quotation is the client's.
  const quote = /: [”“]([^”“]+)/u.exec(claim.text)?.[1];
  const stems = quote === undefined ? claim.stems : contentStems(quote, lexicon);
  return own.some(({ flat }) => coverage(stems, new Set(contentStems(flat, lexicon))) >= 0.8);
}

/** "Läraren pratar med …" holds where the teacher said "jag". */
function doneBy(named: readonly Person[], claim: Claim, sentences: readonly Sentence[], lexicon: Lexicon): boolean {
  const { lists } = evidenceLexicon(lexicon.language);
  const resting = restingOn(claim, sentences, lexicon).filter(({ person }) => isOne(named, person));
  return (
    resting.length === 0 ||
    resting.some(({ words, spoken }) => {
      const heard = [...words, ...tokenise(spoken).map(({ lower }) => lower)];
      // Where nobody is named in the sentence, it is the speaker's own: "Kommer på fredag."
      return heard.some((word) => lists.first.has(word)) || !heard.some((word) => lists.second.has(word));
    })
  );
}

/** Another said it of this one: to the face ("du ska …"), or by role or name. */
function isSpokenOf(named: readonly Person[], claim: Claim, sentences: readonly Sentence[], lexicon: Lexicon): boolean {
  const { lists } = evidenceLexicon(lexicon.language);
  const names = new Set(
    named
      .flatMap(({ label, names: own }) => [...own, ...label.toLowerCase().split(/\s+/u)])
      .filter((word) => word !== "the"),
  );
  return restingOn(claim, sentences, lexicon).some(({ person, words, spoken }) => {
    const heard = [...words, ...tokenise(spoken).map(({ lower }) => lower)];
    // "Skicka papperen" is said to somebody too.
    const isRequest = lexicon.verbs.imperatives.has(words.find((word) => !lexicon.lists.openers.has(word)) ?? "");
    if (!isOne(named, person) && (isRequest || heard.some((word) => lists.second.has(word)))) return true;
    return heard.some((word) => names.has(word) || names.has(`${word}n`) || names.has(`${word}en`));
  });
}

/** "Klienten uppger …", "enligt klienten", "Klienten: ”…”", "… (klienten)", "Klienten ska …": whose account it gives. */
function attributedTo(
  text: string,
  people: readonly Person[],
): { readonly people: readonly Person[]; readonly states: boolean } | null {
  const lower = text.toLowerCase().replace(/^[”"“]/u, "");
  const found: { person: Person; length: number; states: boolean }[] = [];
  for (const [person, label] of people.flatMap((one) => labelsOf(one).map((name) => [one, name] as const))) {
    const after =
      lower.startsWith(label) && !/^\p{L}/u.test(lower.slice(label.length)) ? lower.slice(label.length) : null;
    const verb = after === null ? "" : (/^ (\p{L}+)/u.exec(after)?.[1] ?? "");
    const reports = after !== null && (after.startsWith(":") || reporting.test(verb));
    const other = [
      `enligt ${label}`,
      `däremot uppger ${label}`,
      `according to ${label}`,
      `(${label})`,
      `svarar ${label}`,
      `${label} answers`,
    ].some((form) => new RegExp(`${form.replaceAll(/[()]/gu, String.raw`\$&`)}(?!\\p{L})`, "u").test(lower));
    if (reports || other) found.push({ person, length: label.length, states: true });
    else if (after !== null && verb !== "" && !/^(?:och|and)$/u.test(verb))
      found.push({ person, length: label.length, states: false });
  }
  const states = found.some((one) => one.states);
  const same = found.filter((one) => one.states === states);
  const longest = Math.max(0, ...same.map(({ length }) => length));
  const named = same.filter(({ length }) => length === longest).map(({ person }) => person);
  return named.length === 0 ? null : { people: named, states };
}

/** "Rektorn" and "rektor": a role may stand without its ending. */
const labelsOf = ({ label }: Person): readonly string[] => {
  const lower = label.toLowerCase();
  const bare = lower.replace(/(?:en|et|n|t)$/u, "");
  return bare.length >= 4 && bare !== lower && !lower.includes(" ") ? [lower, bare] : [lower];
};

/** The doer of an action: speaks in what is cited or right beside it, or is named there. */
function couldDo(
  who: string,
  cited: readonly Sentence[],
  all: readonly Sentence[],
  people: readonly Person[],
): boolean {
  const lower = who.toLowerCase();
  if (/^(?:alla|all|everyone)$/u.test(lower)) return true;
  if (cited.some(({ words }) => words.includes(lower))) return true;
  const meant = people.filter(
    ({ label, names }) =>
      lower.includes(label.toLowerCase()) || names.some((name) => lower.split(/\s+/u).includes(name)),
  );
  const turns = new Set(cited.flatMap(({ turn }) => [turn - 1, turn, turn + 1]));
  return meant.some(({ id }) => all.some(({ person, turn }) => person?.id === id && turns.has(turn)));
}
