// What somebody said, in the third person: "Klienten uppger att hen …" where the clause can be turned with certainty,
// "Enligt klienten: …" with only the pronouns turned, else word for word. Runs anywhere.
import { type Clause, nominative, readClause, withoutDislocation } from "../sentences/clause.ts";
import { splitClauses } from "../sentences/clauses.ts";
import { toldSpeechAt } from "../sentences/told-speech.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Person } from "../understand/people.ts";
import { newToken, type Token, writeTokens } from "../language/tokens.ts";
import { openerLength } from "../understand/understand.ts";
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
  return withoutTag(withoutCall(rest, lexicon), lexicon);
}

/** "…, Sara" and "Ahmed, kan du …" call somebody and say nothing more. A list of names is none. */
function withoutCall(tokens: Token[], { verbs }: Lexicon): Token[] {
  const isName = (token: Token | undefined): boolean => /^\p{Lu}\p{Ll}+$/u.test(token?.text ?? "");
  const [first, comma, verb, you] = tokens;
  const asks = verbs.finite.has(verb?.lower ?? "") && /^(?:du|ni|vi|you|we)$/u.test(you?.lower ?? "");
  let rest = isName(first) && comma?.text === "," && asks ? tokens.slice(2) : tokens;
  const before = rest.at(-3);
  const called = rest.length > 4 && isName(rest.at(-1)) && rest.at(-2)?.text === ",";
  if (called && !isName(before) && !nominative.has(before?.lower ?? "")) rest = rest.slice(0, -2);
  return rest;
}

/** "Vi skriker, det gör vi": the clause is said once. */
function withoutEcho(tokens: Token[], language: Lexicon["language"]): Token[] {
  const [comma, it, verb, subject] = tokens.slice(-4);
  const echoes =
    language === "sv" &&
    tokens.length > 5 &&
    comma?.text === "," &&
    it?.lower === "det" &&
    /^(?:gör|gjorde|är|var|har|hade|kan|vill|ska)$/u.test(verb?.lower ?? "") &&
    tokens[0]?.lower === subject?.lower;
  return echoes ? tokens.slice(0, -4) : tokens;
}

/** "…, va", "…, eller": a tag at the end asks for agreement and says nothing. */
function withoutTag(tokens: Token[], { language }: Lexicon): Token[] {
  const tag = language === "sv" ? /^(?:va|eller|väl|då|alltså|tack)$/u : /^(?:right|okay|yeah|then|though)$/u;
  let rest = withoutEcho(tokens, language);
  while (rest.length > 3 && tag.test(rest.at(-1)?.lower ?? "") && rest.at(-2)?.text === ",") rest = rest.slice(0, -2);
  return rest;
}

/** Tokens (stripped) as an indirect statement by the speaker. */
export function reportTokens(
  said: readonly Token[],
  speaker: Person,
  addressee: Person | null,
  lexicon: Lexicon,
): Reported {
  const quoted: Reported = { form: "quoted", text: writeTokens(said) };
  // "Läs den och hör av dig": told to somebody, not told of somebody.
  const [opening, next] = said;
  const commands =
    lexicon.verbs.imperatives.has(opening?.lower ?? "") &&
    !lexicon.verbs.finite.has(opening?.lower ?? "") &&
    !/^(?:jag|du|vi|ni|han|hon|de|man|i|you|we|they)$/u.test(next?.lower ?? "");
  if (commands || toldSpeechAt(said, lexicon.language) >= 0) return quoted;
  const tokens = withoutDislocation(said, lexicon);
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

const kin = /^(?:mamma|pappa|mormor|morfar|farmor|farfar|storebror|lillebror|storasyster|lillasyster)n?$/u;

/** The first word in lower case where it is one of the pronouns and small words of the lexicon, or a word for kin; names were judged before. */
export function lowerFirst(tokens: readonly Token[], lexicon: Lexicon): Token[] {
  const [first, ...rest] = tokens;
  if (first === undefined) return [];
  const ordinary = (lexicon.lists.stop.has(first.lower) && !/^I\b/u.test(first.text)) || kin.test(first.lower);
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

/** Subject, verb, adverbs, rest: a main clause of its own in the third person. Null if it cannot be told who is meant. */
export function mainOrder(clause: Clause, voice: Voice, lexicon: Lexicon): Token[] | null {
  const { subject, front, frontKind, verb, adverbs, rest } = clause;
  const who = subjectOf(
    subject.map(({ lower }) => lower),
    "sv",
  );
  const [before, after] = frontKind === "object" ? placeForObject(rest, lexicon) : [rest, []];
  const dropped = front.length === 1 && /^(?:då|så|sen|sedan|nu|då)$/u.test(front[0]?.lower ?? "");
  const parts = [subject, [verb], adverbs, before, dropped ? [] : lowered(front), after].map((part) =>
    toThirdPerson(part, voice, who, "sv"),
  );
  if (parts.some((part) => part === null)) return null;
  return spacedAll(parts.flatMap((part) => part ?? []));
}

/** Adverbs of the whole sentence stand first: "faktiskt inte", but "inte alltid". */
const inOrder = (adverbs: readonly Token[]): Token[] => [
  ...adverbs.filter(({ lower }) => ofSentence.has(lower)),
  ...adverbs.filter(({ lower }) => !ofSentence.has(lower)),
];
const ofSentence = new Set([
  "faktiskt",
  "kanske",
  "nog",
  "väl",
  "tyvärr",
  "egentligen",
  "ju",
  "säkert",
  "troligen",
  "antagligen",
  "förmodligen",
  "möjligen",
  "också",
  "dessutom",
  "verkligen",
]);

/** Where a fronted object goes back: after the verb, after its infinitive or supine, and after "på" in "titta på det". */
function placeForObject(rest: readonly Token[], { verbs, lists }: Lexicon): [readonly Token[], readonly Token[]] {
  let at = 0;
  const word = (): string => rest[at]?.lower ?? "";
  while (
    lists.adverbs.has(word()) &&
    (verbs.infinitives.has(rest[at + 1]?.lower ?? "") || verbs.supines.has(rest[at + 1]?.lower ?? ""))
  )
    at += 1;
  while (verbs.infinitives.has(word()) || verbs.supines.has(word())) at += 1;
  const particle = lists.prepositions.has(word()) && !/^[\p{L}\p{N}]/u.test(rest[at + 1]?.text ?? "");
  if (particle) at += 1;
  return [rest.slice(0, at), rest.slice(at)];
}

const lowered = (tokens: readonly Token[]): Token[] =>
  tokens.map((token, at) =>
    at === 0 && !/^\p{Lu}.*\p{Lu}/u.test(token.text) ? { ...token, text: token.lower } : token,
  );

/**
 * A yes-or-no question as what follows "om" or "att": "är du med i någon a-kassa" → "hen är med i någon a-kassa",
 * "krisplanen, är den klar" → "krisplanen är klar", "så jag får en lägenhet" → "klienten får en lägenhet". Null if unsure.
 */
export function askedAs(tokens: readonly Token[], asker: Person, answerer: Person, lexicon: Lexicon): string | null {
  const voice: Voice = { speaker: asker, addressee: { ...answerer, label: answerer.pronoun }, by: "label" };
  const comma = tokens.findIndex(({ text }) => text === ",");
  const topic = comma > 0 && comma <= 4 ? tokens.slice(0, comma) : [];
  const named = topic.length > 0 && !topic.some(({ lower }) => lexicon.verbs.finite.has(lower));
  const asked = named ? tokens.slice(comma + 1) : tokens;
  const words = asked.map(({ lower }) => lower);
  // Two questions in one cannot be told as one.
  const finiteVerbs = asked.filter(
    ({ lower }, at) => lexicon.verbs.finite.has(lower) && nominative.has(asked[at + 1]?.lower ?? ""),
  ).length;
  if (finiteVerbs > 1) return null;
  const inverted =
    lexicon.verbs.finite.has(words[0] ?? "") &&
    /^(?:du|jag|vi|han|hon|den|det|de|man|you|i|we|he|she|it|they|there)$/u.test(words[1] ?? "");
  if (!inverted && finiteVerbs > 0) return null;
  if (!inverted) {
    const clause = lexicon.language === "sv" && !named ? readClause(tokens, lexicon) : null;
    const turned = clause === null ? null : swedishClause(clause, voice, lexicon);
    return turned === null ? null : writeTokens(spacedAll(turned));
  }
  const pronoun = words[1] === "den" || words[1] === "det" || words[1] === "it";
  const noun = topic.map((token, at) => (at === 0 ? { ...token, spaced: true } : token));
  const subject = named && pronoun ? noun : [asked[1] as Token];
  let rest = asked.slice(2);
  if (named && !pronoun && /^(?:den|det|it)$/u.test(rest.at(-1)?.lower ?? "")) rest = [...rest.slice(0, -1), ...noun];
  else if (named && !pronoun) return null;
  let at = 0;
  while (lexicon.lists.adverbs.has(rest[at]?.lower ?? "") && at < rest.length - 1) at += 1;
  const [verb] = asked;
  if (verb === undefined) return null;
  const finite = { ...verb, text: verb.lower };
  const order =
    lexicon.language === "sv"
      ? [...subject, ...rest.slice(0, at), finite, ...rest.slice(at)]
      : [...subject, finite, ...rest];
  const turned = toThirdPerson(order, voice, subjectOf([words[1] ?? ""], lexicon.language), lexicon.language);
  return turned === null ? null : writeTokens(spacedAll(turned));
}

const spacedAll = (tokens: readonly Token[]): Token[] =>
  tokens.map((token) => (token.isWord ? { ...token, spaced: true } : token));
