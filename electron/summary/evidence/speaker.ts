// Who is said to have said it must be the one who did. Runs anywhere.
import type { Person } from "../understand/people.ts";
import type { Sentence } from "../sentences/split.ts";
import type { Lexicon } from "../lexicon.ts";
import { contentStems, coverage } from "../language/stem.ts";
import type { Claim, Finding, Ground } from "./claim.ts";

const reporting =
  /^(?:uppger|säger|bekräftar|svarar|berättar|menar|frågar|tycker|vill|behöver|informerar|beslutar|says|states|confirms|answers|asks|tells|reports|thinks|wants|needs|decides)$/u;

export function checkSpeaker({ item, claims, sentences, split, lexicon }: Ground): Finding[] {
  const people = split.meetings.flatMap(({ people: own }) => own);
  const findings: Finding[] = [];
  for (const claim of claims) {
    const named = attributedTo(claim.text, people);
    if (named === null) continue;
    const heard = claim.nearest.some(
      ({ person }) => person?.id !== undefined && named.some(({ id }) => id === person.id),
    );
    const inCited = sentences.some(({ person }) => named.some(({ id }) => id === person?.id));
    // An answer is told in the words of the question, which another spoke.
    const answered = / (?:bekräftar|confirms|svarar|says (?:yes|no)|på frågan|to the question|answers) /u.test(
      claim.flat,
    );
    const trusted = heard || (answered && inCited) || (claim.fit === 0 && inCited);
    if (!trusted && !saidLikewise(claim, named, sentences, lexicon))
      findings.push({ code: "speaker", weight: "against", detail: named[0]?.label ?? "" });
  }
  if (item.who !== undefined && findings.length === 0 && !couldDo(item.who, sentences, split.sentences, people))
    findings.push({ code: "speaker", weight: "doubt", detail: item.who });
  return findings;
}

/** Two may say the same: then it is enough that this one did. */
function saidLikewise(
  claim: Claim,
  named: readonly Person[],
  sentences: readonly Sentence[],
  lexicon: Lexicon,
): boolean {
  const own = sentences.filter(({ person }) => named.some(({ id }) => id === person?.id));
  // Of "Klienten: ”…”, på fredag" only the quotation is the client's.
  const quote = /: [”“]([^”“]+)/u.exec(claim.text)?.[1];
  const stems = quote === undefined ? claim.stems : contentStems(quote, lexicon);
  return own.some(({ flat }) => coverage(stems, new Set(contentStems(flat, lexicon))) >= 0.8);
}

/** "Klienten uppger …", "Enligt klienten: …", "Klienten: ”…”", "… (klienten)": whose account the sentence gives. */
function attributedTo(text: string, people: readonly Person[]): Person[] | null {
  const lower = text.toLowerCase().replace(/^[”"“]/u, "");
  const found: { person: Person; length: number }[] = [];
  for (const person of people) {
    const label = person.label.toLowerCase();
    const after = lower.startsWith(label) ? lower.slice(label.length) : null;
    const states = after !== null && (after.startsWith(":") || reporting.test(/^ (\p{L}+)/u.exec(after)?.[1] ?? ""));
    const other =
      [`enligt ${label}:`, `däremot uppger ${label} `, `according to ${label}:`, `(${label})`].some((form) =>
        lower.includes(form),
      ) ||
      lower.includes(`svarar ${label}`) ||
      lower.includes(`${label} answers`);
    if (states || other) found.push({ person, length: label.length });
  }
  const longest = Math.max(0, ...found.map(({ length }) => length));
  const named = found.filter(({ length }) => length === longest).map(({ person }) => person);
  return named.length === 0 ? null : named;
}

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
