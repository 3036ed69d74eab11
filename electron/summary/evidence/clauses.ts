// A sentence as clauses: which content words belong together, and whether they are denied. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import { contentStems } from "../language/stem.ts";
import { flatten, lowerWords, tokenise, writeTokens } from "../language/tokens.ts";
import type { Sentence, Split } from "../sentences/split.ts";
import { type EvidenceLexicon, evidenceLexicon, modalKinds } from "./evidence-lexicon.ts";

export interface Clause {
  /** Its words, those that only frame it ("hen uppger att") with it. */
  readonly flat: string;
  readonly stems: readonly string[];
  readonly negated: boolean;
}

/** The clauses of what was said. Where a recogniser gave no commas, a second finite verb opens a clause of its own. */
export const clausesSaid = ({ tokens, meeting }: Sentence, { meetings }: Split, lexicon: Lexicon): Clause[] =>
  cutClauses(writeTokens(tokens), lexicon, new Set(), meetings[meeting]?.punctuated === false);

/**
 * Of flattened words or of plain text. `drop` are stems that carry nothing here, such as what people are called.
 * `runsOn`: what it was made of has no commas, so it may have none either.
 */
export const clausesOf = (
  text: string,
  lexicon: Lexicon,
  drop: ReadonlySet<string> = new Set(),
  runsOn = false,
): Clause[] => cutClauses(text, lexicon, drop, runsOn);

function cutClauses(text: string, lexicon: Lexicon, drop: ReadonlySet<string>, atVerbs: boolean): Clause[] {
  const own = evidenceLexicon(lexicon.language);
  const parts: string[][] = [[]];
  for (const piece of text.split(/[,;:.!?–]\s/u)) {
    const words = lowerWords(tokenise(piece));
    if (parts.at(-1)?.length !== 0) parts.push([]);
    for (const [at, word] of words.entries()) {
      const before = parts.at(-1) ?? [];
      const frames = own.lists.opensThat.has(word) && stemsOf(before, lexicon, drop, own).length === 0;
      const joinsWords = isListed(words, at, lexicon, own);
      const opens = own.lists.breaks.has(word) && !frames && !joinsWords;
      const runsOn =
        atVerbs &&
        opensClause(words, at, before, lexicon, own) &&
        (stemsOf(before, lexicon, drop, own).length > 0 || isNegated(before, own));
      if ((opens || runsOn) && before.length > 0) parts.push([]);
      parts.at(-1)?.push(word);
    }
  }
  return parts
    .filter((words) => words.length > 0)
    .map((words, at) => ({
      flat: flatten(words),
      stems: stemsOf(words, lexicon, drop, own),
      negated: isNegated(words, own) !== follows(parts[at - 1], words, own),
    }));
}

/** "och" between words of a kind and "om" before a noun join them: "mjölk och bröd". A verb soon after tells a clause. */
function isListed(words: readonly string[], at: number, { verbs }: Lexicon, { lists }: EvidenceLexicon): boolean {
  if (/^(?:men|but)$/u.test(words[at] ?? "")) return false;
  const rest = words.slice(at + 1, at + 6);
  const next = rest.findIndex((word, place) => place > 0 && lists.breaks.has(word));
  return !rest.slice(0, next < 0 ? rest.length : next).some((word) => isFinite(word, verbs) || verbs.supines.has(word));
}

/** In a text without commas: a subject with its verb after a clause that has one, or after any where it is a pronoun. */
function opensClause(
  words: readonly string[],
  at: number,
  before: readonly string[],
  { verbs, lists }: Lexicon,
  own: EvidenceLexicon,
): boolean {
  const word = words[at] ?? "";
  const last = before.at(-1) ?? "";
  // "Fyra fördes till sjukhus ingen avled"
  if (/^(?:ingen|inget|nobody)$/u.test(word) && before.some((earlier) => isFinite(earlier, verbs)))
    return (
      !isFinite(last, verbs) &&
      !lists.prepositions.has(last) &&
      !lists.adverbs.has(last) &&
      !own.lists.pronouns.has(last)
    );
  if (!isFinite(words[at + 1] ?? "", verbs) || own.lists.opensThat.has(last)) return false;
  if (own.lists.pronouns.has(word)) return true;
  const couldBeSubject = !own.lists.not.has(word) && !lists.adverbs.has(word) && !lists.stop.has(word);
  // "Säger att hennes bror har": the verb before "att" is of another clause.
  const opened = before.findLastIndex((earlier) => own.lists.opensThat.has(earlier));
  return couldBeSubject && word !== "to" && before.slice(opened + 1).some((earlier) => isFinite(earlier, verbs));
}

const auxiliary =
  /^(?:am|is|are|was|were|have|has|had|do|does|did|can|could|will|would|should|may|might|must|cannot|(?:do|does|did|is|are|was|were|has|have|had|ca|wo|could|would|should)n[’']t)$/u;

/** "Sjukanmälde" is a verb because "anmälde" is. */
function isFinite(word: string, { finite }: Lexicon["verbs"]): boolean {
  if (finite.has(word) || auxiliary.test(word)) return true;
  for (let from = 3; from <= word.length - 5; from += 1) if (finite.has(word.slice(from))) return true;
  return false;
}

function stemsOf(
  words: readonly string[],
  lexicon: Lexicon,
  drop: ReadonlySet<string>,
  { lists, modals }: EvidenceLexicon,
): string[] {
  const carrying = words.filter(
    (word) =>
      !lists.framing.has(word) &&
      !lists.not.has(word) &&
      !lists.lacking.has(word) &&
      !lists.denying.has(word) &&
      !lists.uncertain.has(word) &&
      !modalKinds.some((kind) => modals[kind].has(word)) &&
      (word.length > 2 || /\p{N}/u.test(word)),
  );
  return contentStems(carrying.join(" "), lexicon).filter((stem) => !drop.has(stem));
}

function isNegated(words: readonly string[], { lists }: EvidenceLexicon): boolean {
  const flat = flatten(words);
  if ([...lists.notNegating].some((phrase) => flat.includes(` ${phrase} `))) return false;
  // "Inte förrän på torsdag" says when, not that it does not happen.
  return words.includes("förrän") !== hasNegation(words, lists);
}

function hasNegation(words: readonly string[], lists: EvidenceLexicon["lists"]): boolean {
  return words.some((word) => lists.not.has(word) || lists.lacking.has(word) || /n[’']t$/u.test(word));
}

/** "Förnekar att …": what follows is denied. */
const follows = (
  before: readonly string[] | undefined,
  words: readonly string[],
  { lists }: EvidenceLexicon,
): boolean =>
  words.some((word) => lists.denying.has(word)) || (before?.some((word) => lists.denying.has(word)) ?? false);
