// Names of people, places, schools and workplaces in a meeting. Two readings: the first learns, the second knows. Runs
// anywhere.
import type { ReadPassage } from "./document.ts";
import type { Find } from "./kinds.ts";
import { isPerson, type KnownNames, labelNames, type NameLabel } from "./label-names.ts";
import type { Lexicon } from "./lexicon.ts";
import { evidenceIn, type Evidence } from "./name-evidence.ts";
import { tellPeople } from "./people.ts";
import type { Token } from "./words.ts";

interface Span {
  readonly passage: ReadPassage;
  readonly from: number;
  readonly to: number;
  readonly label: NameLabel;
}

/** In words. A list of names without commas is several people. */
const longestName = 6;
/** Small words inside a name: "von Platen", "al Hassan". */
const particles = new Set([
  "von",
  "af",
  "de",
  "da",
  "del",
  "di",
  "la",
  "el",
  "al",
  "bin",
  "ibn",
  "van",
  "der",
  "den",
  "ter",
  "dos",
  "abu",
]);

export function findNames(passages: readonly ReadPassage[], lexicon: Lexicon): Find[] {
  const evidence = evidenceIn(lexicon);
  const first = passages.map((passage) => labelNames({ passage, lexicon, evidence, known: null }));
  const known = learn(passages, first, evidence);
  const spans = passages.flatMap((passage) =>
    joinSpans(passage, labelNames({ passage, lexicon, evidence, known }), lexicon, evidence),
  );
  const people = spans.filter(({ label }) => isPerson(label));
  const keys = tellPeople(people.map((span) => namesOf(span, evidence)));
  const numbers = new Map(people.map((span, at) => [span, at]));
  return spans.map((span) => {
    const at = numbers.get(span) ?? -1;
    return toFind(span, at < 0 ? placeKey(span, evidence) : (keys[at] ?? ""), evidence);
  });
}

/** A name that stands once beyond doubt is a name wherever it stands. */
function learn(
  passages: readonly ReadPassage[],
  labels: readonly (readonly (NameLabel | null)[])[],
  evidence: (token: Token) => Evidence,
): KnownNames {
  const known = new Map<string, NameLabel>();
  const clipped = new Map<string, NameLabel>();
  passages.forEach((passage, number) =>
    labels[number]?.forEach((label, at) => {
      const token = passage.tokens[at];
      if (label === null || token === undefined || token.text.length < 2) return;
      const { base } = evidence(token);
      if (!known.has(base)) known.set(base, label);
      if (base.length > 4 && isPerson(label)) clipped.set(base.slice(0, -1), label);
    }),
  );
  return { labels: known, clipped };
}

/** Words beside each other become one name; the word that makes a school or a home of it joins. */
function joinSpans(
  passage: ReadPassage,
  labels: readonly (NameLabel | null)[],
  lexicon: Lexicon,
  evidence: (token: Token) => Evidence,
): Span[] {
  const spans: Span[] = [];
  const { tokens } = passage;
  let at = 0;
  while (at < tokens.length) {
    const label = labels[at] ?? null;
    if (label === null) {
      at += 1;
      continue;
    }
    let to = at + 1;
    while (to < tokens.length && to - at < longestName && isBeside(passage, to) && !(tokens[to] as Token).isFirst) {
      const next = labels[to] ?? null;
      if (next !== null && isPerson(next) === isPerson(label) && !endsInGenitive(tokens[to - 1], evidence)) to += 1;
      else if (
        isPerson(label) &&
        particles.has((tokens[to] as Token).lower) &&
        isPerson(labels[to + 1]) &&
        isBeside(passage, to + 1)
      )
        to += 2;
      else break;
    }
    const span = withWorkplace({ passage, from: at, to, label: strongest(labels.slice(at, to)) }, labels, lexicon);
    spans.push(span);
    at = Math.max(at + 1, span.to);
  }
  return spans;
}

/** "Lundmarks Anna" are two people's names; "Markus Lind" is one. */
function endsInGenitive(token: Token | undefined, evidence: (token: Token) => Evidence): boolean {
  return token !== undefined && evidence(token).base !== token.lower;
}

function strongest(labels: readonly (NameLabel | null)[]): NameLabel {
  for (const label of ["given", "surname", "name", "organisation"] as const) if (labels.includes(label)) return label;
  return "place";
}

/** "Solgläntans förskola", "Region Skåne", "Lind Bygg AB", "Östra Fallby". */
function withWorkplace(span: Span, labels: readonly (NameLabel | null)[], lexicon: Lexicon): Span {
  const { passage } = span;
  const { tokens, isCased } = passage;
  const { cues } = lexicon;
  let { from, to, label } = span;
  const after = tokens[to];
  const isGenitive = tokens[to - 1]?.lower.endsWith("s") === true;
  if (after !== undefined && isBeside(passage, to) && !after.isFirst) {
    const isOrg = cues.orgEndings.has(after.lower) || (isGenitive && cues.commonSchools.has(after.lower));
    if (isOrg && (isGenitive || label === "organisation" || label === "place" || after.isCapital)) {
      to += 1;
      label = "organisation";
    }
  }
  const before = tokens[from - 1];
  if (before !== undefined && isBeside(passage, from)) {
    const isWritten = before.isCapital || !isCased;
    if (label === "place" && cues.placeFirsts.has(before.lower) && isWritten && !before.isFirst) from -= 1;
    else if (/^(?:region|ica|coop|hvb)$/u.test(before.lower) && labels[from - 1] === null) {
      from -= 1;
      label = "organisation";
    } else if (!isPerson(label) && cues.orgFirsts.has(before.lower)) label = "organisation";
  }
  return { passage, from, to, label };
}

function isBeside({ text, tokens }: ReadPassage, at: number): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]];
  return (
    before !== undefined &&
    token !== undefined &&
    /^(?:[  ]|[  ]?&[  ]?|\. )$/u.test(text.slice(before.end, token.start))
  );
}

const namesOf = ({ passage, from, to }: Span, evidence: (token: Token) => Evidence): string[] =>
  passage.tokens.slice(from, to).map((token) => evidence(token).base);

const placeKey = (span: Span, evidence: (token: Token) => Evidence): string => namesOf(span, evidence).join(" ");

function toFind({ passage, from, to, label }: Span, key: string, evidence: (token: Token) => Evidence): Find {
  const first = passage.tokens[from] as Token;
  const last = passage.tokens[to - 1] as Token;
  const { base } = evidence(last);
  // The genitive stays outside, so that the sentence can still be read: "[PERSON_1]s".
  const isCut = base !== last.lower && last.lower.startsWith(base);
  return {
    passage: passage.id,
    start: first.start,
    end: isCut ? last.start + base.length : last.end,
    kind: isPerson(label) ? "person" : label === "place" ? "place" : "organisation",
    key,
  };
}
