// The frame of a Swedish main clause: what stands first, the finite verb, the subject. Found only where it is certain;
// where it is not, the answer is null and the words are left in their own order. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import type { Token } from "../language/tokens.ts";

export interface Clause {
  readonly subject: readonly Token[];
  /** What was moved to the front of the clause: "i januari", "det" (as object), "nu". */
  readonly front: readonly Token[];
  readonly frontKind: "none" | "adverbial" | "object";
  readonly verb: Token;
  /** "inte", "aldrig", "nog": stand before the verb in a subordinate clause. */
  readonly adverbs: readonly Token[];
  readonly rest: readonly Token[];
}

export const nominative = new Set(["jag", "du", "vi", "ni", "han", "hon", "hen", "de", "dom", "man", "det", "den"]);
const weakObject = new Set([
  "mig",
  "mej",
  "dig",
  "dej",
  "sig",
  "sej",
  "oss",
  "er",
  "det",
  "den",
  "honom",
  "henne",
  "dem",
  "dom",
]);
const frontedObject = new Set(["det", "den", "detta", "dem", "dom", "allt", "sånt", "sådant", "inget"]);
const staysBehind = new Set(["själv", "precis", "längre"]);

/** The frame of the clause in these tokens (opening words already passed over), or null. */
export function readClause(tokens: readonly Token[], lexicon: Lexicon): Clause | null {
  const words = tokens.map(({ lower }) => lower);
  const first = words[0] ?? "";
  if (nominative.has(first)) {
    const verbAt = verbAfter(words, 1, lexicon);
    // "Det är det som …": both are "det", and the first is the subject.
    const cleft =
      /^(?:är|var|blir|blev)$/u.test(words[verbAt] ?? "") || words[verbAt + 1] === "det" || words[verbAt + 1] === "den";
    if (verbAt > 0 && (cleft || !(frontedObject.has(first) && isSubject(tokens, verbAt + 1)))) {
      const between = tokens.slice(1, verbAt);
      return frame({
        tokens,
        subject: tokens.slice(0, 1),
        front: [],
        frontKind: "none",
        verbAt,
        restAt: verbAt + 1,
        before: between,
        lexicon,
      });
    }
    if (verbAt === 1 && frontedObject.has(first))
      return frame({
        tokens,
        subject: tokens.slice(2, 3),
        front: tokens.slice(0, 1),
        frontKind: "object",
        verbAt,
        restAt: 3,
        before: [],
        lexicon,
      });
    return null;
  }
  const verbAt = words.findIndex((word, at) => at > 0 && lexicon.verbs.finite.has(word));
  if (verbAt < 1 || verbAt > 7 || tokens.slice(0, verbAt).some(({ isWord }) => !isWord)) return null;
  if (
    lexicon.lists.questionWords.has(first) ||
    (lexicon.lists.subordinators.has(first) && !lexicon.lists.adverbFronts.has(first))
  )
    return null;
  const front = tokens.slice(0, verbAt);
  if (isAdverbial(words.slice(0, verbAt), lexicon)) {
    if (!isSubject(tokens, verbAt + 1)) return null;
    // "Sen undrar jag …", "nu har vi …": only says that something else comes up.
    const goesOn =
      /^(?:sen|sedan|nu)$/u.test(first) && /^(?:undrar|tänkte|ville|vill|tycker|har)$/u.test(words[1] ?? "");
    const dropped = verbAt === 1 && (first === "så" || goesOn);
    return frame({
      tokens,
      subject: tokens.slice(verbAt + 1, verbAt + 2),
      front: dropped ? [] : front,
      frontKind: dropped ? "none" : "adverbial",
      verbAt,
      restAt: verbAt + 2,
      before: [],
      lexicon,
    });
  }
  if (!isNounPhrase(words.slice(0, verbAt), lexicon)) return null;
  // "Barnbidraget delar vi på": the noun is no subject.
  const next = words[verbAt + 1] ?? "";
  const copula = /^(?:är|var|blir|blev)$/u.test(words[verbAt] ?? "");
  if (nominative.has(next) && (copula || (next !== "det" && next !== "den"))) return null;
  return frame({
    tokens,
    subject: front,
    front: [],
    frontKind: "none",
    verbAt,
    restAt: verbAt + 1,
    before: [],
    lexicon,
  });
}

/**
 * "Larmet på avdelningen, det fungerar inte" → "larmet på avdelningen fungerar inte"; "sen har vi larmet, det …" likewise.
 * The words as they were where nothing is taken up by a pronoun.
 */
export function withoutDislocation(tokens: readonly Token[], lexicon: Lexicon): readonly Token[] {
  if (lexicon.language !== "sv") return tokens;
  const opening = tokens
    .slice(0, 3)
    .map(({ lower }) => lower)
    .join(" ");
  const from = /^(?:sen|sedan|så|nu|först) (?:har|är|var) (?:vi|det)$/u.test(opening) ? 3 : 0;
  const comma = tokens.findIndex(({ text }) => text === ",");
  const named = tokens.slice(from, comma);
  const pronoun = tokens[comma + 1]?.lower ?? "";
  const verb = tokens[comma + 2]?.lower ?? "";
  const takenUp = /^(?:det|den|de|dom|han|hon|hen)$/u.test(pronoun) && lexicon.verbs.finite.has(verb);
  if (comma - from < 1 || comma - from > 7 || !takenUp) return tokens;
  const words = named.map(({ lower }) => lower);
  const { lists } = lexicon;
  // "Ja, det gör vi": nothing is named.
  const passedOver = words.some((word) => lists.yes.has(word) || lists.no.has(word) || lists.openers.has(word));
  const names = words.some((word) => !lists.stop.has(word) && !lists.adverbs.has(word) && !lists.fillers.has(word));
  // A verb that the lists do not know.
  const verbal = words.some((word, at) => at > 0 && /(?:ar|er|ade|dde|lde|nde|rde|te)$/u.test(word));
  if (passedOver || !names || verbal || !isNounPhrase(words, lexicon) || isAdverbial(words, lexicon)) return tokens;
  const prepositionAt = words.findIndex((word, at) => at > 0 && lists.prepositions.has(word));
  const head = words.at(prepositionAt > 0 ? prepositionAt - 1 : -1) ?? "";
  if (!agrees(head, pronoun, words.length)) return tokens;
  return [...named, ...tokens.slice(comma + 2)];
}

/** Whether the pronoun may mean the noun, by their endings: "larmet … det", "planen … den", "barnen … de". */
function agrees(head: string, pronoun: string, length: number): boolean {
  if (/^(?:han|hon|hen)$/u.test(pronoun)) return length <= 3;
  if (pronoun === "det") return head.endsWith("t");
  return pronoun === "den" ? head.endsWith("n") : head.endsWith("na") || head.endsWith("en");
}

function frame(found: {
  tokens: readonly Token[];
  subject: readonly Token[];
  front: readonly Token[];
  frontKind: Clause["frontKind"];
  verbAt: number;
  restAt: number;
  before: readonly Token[];
  lexicon: Lexicon;
}): Clause {
  const { tokens, subject, front, frontKind, verbAt, restAt, before, lexicon } = found;
  const after = tokens.slice(restAt);
  const weak: Token[] = [];
  let at = 0;
  while (weakObject.has(after[at]?.lower ?? "") && lexicon.lists.adverbs.has(after[at + 1]?.lower ?? "")) {
    weak.push(after[at] as Token);
    at += 1;
  }
  const adverbs: Token[] = [...before];
  while (
    at < after.length &&
    lexicon.lists.adverbs.has(after[at]?.lower ?? "") &&
    !staysBehind.has(after[at]?.lower ?? "")
  ) {
    adverbs.push(after[at] as Token);
    at += 1;
  }
  return { subject, front, frontKind, verb: tokens[verbAt] as Token, adverbs, rest: [...weak, ...after.slice(at)] };
}

/** The place of a finite verb at `from`, adverbs passed over; 0 if there is none. After a pronoun an unknown verb is known by its ending. */
function verbAfter(words: readonly string[], from: number, { verbs, lists }: Lexicon): number {
  let at = from;
  while (at < from + 2 && lists.adverbs.has(words[at] ?? "") && !verbs.finite.has(words[at] ?? "")) at += 1;
  const word = words[at] ?? "";
  if (verbs.finite.has(word)) return at;
  return at === from && /.{2}(?:ar|er|ade|dde|te|des|tes)$/u.test(word) && !lists.stop.has(word) ? at : 0;
}

const isSubject = (tokens: readonly Token[], at: number): boolean => nominative.has(tokens[at]?.lower ?? "");

function isAdverbial(words: readonly string[], { lists }: Lexicon): boolean {
  const first = words[0] ?? "";
  if (words.length === 1) return lists.adverbFronts.has(first) || lists.adverbs.has(first);
  return (
    lists.prepositions.has(first) ||
    lists.adverbFronts.has(first) ||
    (/^(?:varje|hela|nästa|förra|den|varannan)$/u.test(first) &&
      /^(?:\d+|dag|vecka|gång|månad|kväll|morgon|natt|år|sommar|gången|veckan|månaden|året)$/u.test(
        words.at(-1) ?? "",
      )) ||
    /^(?:må|tis|ons|tors|fre|lör|sön)n?dag(?:ar|en)?$/u.test(first)
  );
}

function isNounPhrase(words: readonly string[], { lists, verbs }: Lexicon): boolean {
  const first = words[0] ?? "";
  if (lists.prepositions.has(first) || lists.adverbs.has(first) || (lists.negations.has(first) && first === "inte"))
    return false;
  return !words.some((word) => verbs.finite.has(word)) && !words.some((word, at) => nominative.has(word) && at > 0);
}
