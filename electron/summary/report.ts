// What somebody said, in the third person: "Klienten uppger att hen …" where the clause can be turned with certainty,
// "Enligt klienten: …" with only the pronouns turned, else word for word. Runs anywhere.
import { type Clause, nominative, readClause } from "./clause.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Person } from "./people.ts";
import { newToken, type Token, writeTokens } from "./tokens.ts";
import { openerLength } from "./understand.ts";
import { subjectOf, toThirdPerson, type Voice } from "./voice.ts";

export interface Reported {
  /** "reported": follows "uppger att". "main": a clause of its own in the third person. "quoted": the words themselves. */
  readonly form: "reported" | "main" | "quoted";
  readonly text: string;
}

/** Drops the opening words ("ja men", "alltså") and the last full stop. */
export function strip(tokens: readonly Token[], lexicon: Lexicon): Token[] {
  let rest = tokens.filter(({ text }) => !/^["”“«»]$/u.test(text));
  for (;;) {
    while (rest.length > 0 && !(rest[0] as Token).isWord) rest = rest.slice(1);
    const words = rest.filter(({ isWord }) => isWord).map(({ lower }) => lower);
    const skip = openerLength(words, lexicon);
    if (skip === 0) break;
    let passed = 0;
    let at = 0;
    while (at < rest.length && passed < skip) {
      if ((rest[at] as Token).isWord) passed += 1;
      at += 1;
    }
    rest = rest.slice(at);
  }
  while (rest.length > 0 && /^[.?!…,;:]$/u.test(rest.at(-1)?.text ?? "")) rest = rest.slice(0, -1);
  return withoutTag(rest, lexicon);
}

/** "…, va", "…, eller": a tag at the end asks for agreement and says nothing. */
function withoutTag(tokens: Token[], { language }: Lexicon): Token[] {
  const tag = language === "sv" ? /^(?:va|eller|väl|då|alltså|tack)$/u : /^(?:right|okay|yeah|then|though)$/u;
  let rest = tokens;
  while (rest.length > 3 && tag.test(rest.at(-1)?.lower ?? "") && rest.at(-2)?.text === ",") rest = rest.slice(0, -2);
  return rest;
}

/** Tokens (stripped) as an indirect statement by the speaker. */
export function reportTokens(
  tokens: readonly Token[],
  speaker: Person,
  addressee: Person | null,
  lexicon: Lexicon,
): Reported {
  const quoted: Reported = { form: "quoted", text: writeTokens(tokens) };
  const voice: Voice = { speaker, addressee, by: "pronoun" };
  const indirect =
    lexicon.language === "sv" ? swedishIndirect(tokens, voice, lexicon) : englishIndirect(tokens, voice, lexicon);
  if (indirect !== null) return { form: "reported", text: writeTokens(indirect) };
  const subject = subjectOf(
    tokens.map(({ lower }) => lower),
    lexicon.language,
  );
  const main = toThirdPerson(tokens, { ...voice, by: "label" }, subject, lexicon.language);
  return main === null ? quoted : { form: "main", text: writeTokens(lowerFirst(main, lexicon)) };
}

/** The first word in lower case where it is one of the pronouns and small words of the lexicon; names were judged before. */
export function lowerFirst(tokens: readonly Token[], lexicon: Lexicon): Token[] {
  const [first, ...rest] = tokens;
  if (first === undefined) return [];
  const ordinary = lexicon.lists.stop.has(first.lower) && !/^I\b/u.test(first.text);
  return ordinary ? [{ ...first, text: first.lower }, ...rest] : [first, ...rest];
}

function englishIndirect(tokens: readonly Token[], voice: Voice, lexicon: Lexicon): Token[] | null {
  const words = tokens.map(({ lower }) => lower);
  if (!words.some((word) => lexicon.verbs.finite.has(word) || /'(?:s|m|re|ll|ve|d)$/u.test(word))) return null;
  const turned = toThirdPerson(tokens, voice, subjectOf(words, "en"), "en");
  return turned === null ? null : [newToken("that"), ...spacedFirst(lowerFirst(turned, lexicon))];
}

const spacedFirst = (tokens: readonly Token[]): Token[] =>
  tokens.map((token, at) => (at === 0 ? { ...token, spaced: true } : token));

/** "att hen … men att hen …"; null when the first clause cannot be read. */
function swedishIndirect(tokens: readonly Token[], voice: Voice, lexicon: Lexicon): Token[] | null {
  const whole = conditionFirst(tokens, voice, lexicon);
  if (whole !== null) return whole;
  const written: Token[] = [];
  const inverted = lexicon.verbs.finite.has(tokens[0]?.lower ?? "") && nominative.has(tokens[1]?.lower ?? "");
  for (const [at, piece] of splitClauses(tokens, lexicon).entries()) {
    // "Och så behöver vi …": the words passed over held the place before the verb.
    const clause = readClause(at === 0 && inverted ? [newToken("så"), ...piece.tokens] : piece.tokens, lexicon);
    const turned = clause === null ? null : swedishClause(clause, voice, lexicon);
    if (at === 0) {
      if (turned === null) return null;
      written.push(newToken("att"), ...spacedFirst(lowerFirst(turned, lexicon)));
      continue;
    }
    if (piece.comma) written.push(newToken(","));
    if (turned !== null && piece.joint !== "så") {
      // "för" before a main clause gives the reason.
      if (piece.joint === "för") written.push(newToken("eftersom"));
      else written.push(...(piece.joint === "" ? [] : [newToken(piece.joint)]), newToken("att"));
      written.push(...spacedFirst(lowerFirst(turned, lexicon)));
      continue;
    }
    const words = piece.tokens.map(({ lower }) => lower);
    const main = toThirdPerson(piece.tokens, voice, subjectOf(words, "sv"), "sv");
    if (main === null) return null;
    if (piece.joint !== "") written.push(newToken(piece.joint));
    written.push(...spacedFirst(lowerFirst(main, lexicon)));
  }
  return written;
}

/** "Om jag får in papperen så fattar jag beslut" → "att hen fattar beslut om hen får in papperen". */
function conditionFirst(tokens: readonly Token[], voice: Voice, lexicon: Lexicon): Token[] | null {
  if (!/^(?:om|när|ifall|innan|eftersom)$/u.test(tokens[0]?.lower ?? "")) return null;
  const turn = tokens.findIndex(({ lower, isWord }, at) => {
    const next = at + (lower === "så" || !isWord ? 1 : 0);
    const inverted =
      lexicon.verbs.finite.has(tokens[next]?.lower ?? "") && nominative.has(tokens[next + 1]?.lower ?? "");
    return at > 2 && inverted && (lower === "så" || lower === ",");
  });
  if (turn < 0) return null;
  let from = turn + 1;
  if (tokens[from]?.lower === "så") from += 1;
  const main = readClause([newToken("så"), ...tokens.slice(from)], lexicon);
  if (main === null) return null;
  const condition = tokens.slice(0, turn);
  const turnedMain = swedishClause(main, voice, lexicon);
  const turnedCondition = toThirdPerson(
    condition,
    voice,
    subjectOf(
      condition.map(({ lower }) => lower),
      "sv",
    ),
    "sv",
  );
  if (turnedMain === null || turnedCondition === null) return null;
  return [newToken("att"), ...spacedFirst(turnedMain), ...spacedFirst(lowerFirst(turnedCondition, lexicon))];
}

/** Subject, adverbs, verb, rest: the order of a subordinate clause. */
function swedishClause(clause: Clause, voice: Voice, lexicon: Lexicon): Token[] | null {
  const { subject, front, frontKind, verb, adverbs, rest } = clause;
  const [before, after] = frontKind === "object" ? placeForObject(rest, lexicon) : [rest, []];
  const who = subjectOf(
    subject.map(({ lower }) => lower),
    "sv",
  );
  const turned = (tokens: readonly Token[], of: typeof who): Token[] | null => toThirdPerson(tokens, voice, of, "sv");
  const parts = [
    turned(subject, subject.length === 1 ? who : "other"),
    frontKind === "adverbial" ? turned(lowered(front), who) : [],
    turned(inOrder(adverbs), who),
    [verb],
    turned(before, who),
    frontKind === "object" ? turned(lowered(front), who) : [],
    turned(after, who),
  ];
  const words: Token[] = [];
  for (const part of parts) {
    if (part === null) return null;
    words.push(...part.map((token) => (token.isWord ? { ...token, spaced: true } : token)));
  }
  return words;
}

/** "inte" stands last among adverbs: "faktiskt inte". */
const inOrder = (adverbs: readonly Token[]): Token[] => [
  ...adverbs.filter(({ lower }) => lower !== "inte" && lower !== "aldrig"),
  ...adverbs.filter(({ lower }) => lower === "inte" || lower === "aldrig"),
];

/** Where a fronted object goes back: after the verb, after its infinitive or supine, and after "på" in "titta på det". */
function placeForObject(rest: readonly Token[], { verbs, lists }: Lexicon): [readonly Token[], readonly Token[]] {
  let at = 0;
  const word = (): string => rest[at]?.lower ?? "";
  while (verbs.infinitives.has(word()) || /..(?:at|it|tt)$/u.test(word())) at += 1;
  const particle = lists.prepositions.has(word()) && !/^[\p{L}\p{N}]/u.test(rest[at + 1]?.text ?? "");
  if (particle) at += 1;
  return [rest.slice(0, at), rest.slice(at)];
}

const lowered = (tokens: readonly Token[]): Token[] =>
  tokens.map((token, at) =>
    at === 0 && !/^\p{Lu}.*\p{Lu}/u.test(token.text) ? { ...token, text: token.lower } : token,
  );

interface Piece {
  readonly joint: string;
  readonly comma: boolean;
  readonly tokens: readonly Token[];
}

/** Coordinated main clauses: a conjunction or a comma, and then a subject and its verb. */
export function splitClauses(tokens: readonly Token[], lexicon: Lexicon): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let joint = "";
  let comma = false;
  for (let at = 1; at < tokens.length - 1; at += 1) {
    const isComma = tokens[at]?.text === ",";
    const wordAt = isComma ? at + 1 : at;
    const word = tokens[wordAt]?.lower ?? "";
    const conjunction = lexicon.lists.coordinators.has(word) && word !== "eller";
    if (!isComma && !conjunction) continue;
    const from = conjunction ? wordAt + 1 : wordAt;
    if (!opensClause(tokens, from, lexicon)) continue;
    // "Det var så vi gjorde upp": without a comma "så" joins only after a whole clause.
    if (word === "så" && !isComma && at - start < 4) continue;
    pieces.push({ joint, comma, tokens: tokens.slice(start, at) });
    joint = conjunction ? word : "";
    comma = isComma || word === "men" || word === "så";
    start = from;
    at = from;
  }
  pieces.push({ joint, comma, tokens: tokens.slice(start) });
  return pieces.filter(({ tokens: words }) => words.some(({ isWord }) => isWord));
}

function opensClause(tokens: readonly Token[], at: number, { lists, verbs }: Lexicon): boolean {
  const word = (offset: number): string => tokens[at + offset]?.lower ?? "";
  const finite = (candidate: string): boolean => verbs.finite.has(candidate);
  if (nominative.has(word(0)))
    return finite(word(1)) || (lists.adverbs.has(word(1)) && finite(word(2))) || /.{2}(?:ade|ar)$/u.test(word(1));
  return lists.adverbFronts.has(word(0)) && finite(word(1)) && nominative.has(word(2));
}

/** A yes-or-no question as what follows "om" or "att": "är du med i någon a-kassa" → "hen är med i någon a-kassa"; null if unsure. */
export function askedAs(tokens: readonly Token[], asker: Person, answerer: Person, lexicon: Lexicon): string | null {
  const words = tokens.map(({ lower }) => lower);
  if (
    !/^(?:du|you|han|hon|den|det|de|he|she|it|they|there)$/u.test(words[1] ?? "") ||
    !lexicon.verbs.finite.has(words[0] ?? "")
  )
    return null;
  const subject = words[1] === "du" || words[1] === "you" ? "addressee" : "other";
  const byName: Person = { ...answerer, label: answerer.pronoun };
  const voice: Voice = { speaker: asker, addressee: byName, by: "label" };
  const rest = tokens.slice(2);
  let at = 0;
  while (lexicon.lists.adverbs.has(rest[at]?.lower ?? "") && at < rest.length - 1) at += 1;
  const verb = tokens[0] as Token;
  const order =
    lexicon.language === "sv"
      ? [tokens[1] as Token, ...rest.slice(0, at), { ...verb, text: verb.lower }, ...rest.slice(at)]
      : [tokens[1] as Token, { ...verb, text: verb.lower }, ...rest];
  const turned = toThirdPerson(order, voice, subject, lexicon.language);
  return turned === null
    ? null
    : writeTokens(turned.map((token) => (token.isWord ? { ...token, spaced: true } : token)));
}
