// Coordinated main clauses: where one ends and the next begins. Runs anywhere.
import { nominative } from "./clause.ts";
import type { Lexicon } from "../lexicon.ts";
import { toldSpeechAt } from "./told-speech.ts";
import type { Token } from "../language/tokens.ts";

export interface ClausePiece {
  readonly joint: string;
  readonly comma: boolean;
  readonly tokens: readonly Token[];
  /** Where the piece stands among the tokens, its conjunction included. */
  readonly from: number;
  readonly to: number;
}

/** Coordinated main clauses: a conjunction or a comma, and then a subject and its verb. */
export function splitClauses(tokens: readonly Token[], lexicon: Lexicon): ClausePiece[] {
  const pieces: ClausePiece[] = [];
  let start = 0;
  let whole = 0;
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
    pieces.push({ joint, comma, tokens: tokens.slice(start, at), from: whole, to: at });
    joint = conjunction ? word : "";
    comma = isComma || word === "men" || word === "så";
    start = from;
    whole = wordAt;
    at = from;
  }
  pieces.push({ joint, comma, tokens: tokens.slice(start), from: whole, to: tokens.length });
  return pieces.filter(({ tokens: words }) => words.some(({ isWord }) => isWord));
}

function opensClause(tokens: readonly Token[], at: number, { lists, verbs }: Lexicon): boolean {
  const word = (offset: number): string => tokens[at + offset]?.lower ?? "";
  const finite = (candidate: string): boolean => verbs.finite.has(candidate);
  if (nominative.has(word(0)))
    return finite(word(1)) || (lists.adverbs.has(word(1)) && finite(word(2))) || /.{2}(?:ade|ar)$/u.test(word(1));
  if (tokens[at - 1]?.lower === "och" && finite(word(0)) && /^(?:du|ni)$/u.test(word(1))) return true;
  return lists.adverbFronts.has(word(0)) && finite(word(1)) && nominative.has(word(2));
}

/** The same as sentences of their own, where each has its subject and verb; nothing is cut after "om" or "när". */
export function cutClauses(tokens: readonly Token[], lexicon: Lexicon): Token[][] {
  if (lexicon.language !== "sv") return [[...tokens]];
  const cut: Token[][] = [];
  let from = 0;
  const told = toldSpeechAt(tokens, lexicon.language);
  for (const piece of splitClauses(tokens, lexicon)) {
    // What somebody else said belongs to the words that say so.
    if (told >= 0 && piece.from > told) continue;
    const before = tokens.slice(from, piece.from);
    const own = tokens.slice(piece.from, piece.to);
    const words = before.filter(({ isWord }) => isWord);
    const stands =
      words.length >= 3 &&
      before.some(({ lower }) => lexicon.verbs.finite.has(lower)) &&
      !/^(?:om|när|ifall|eftersom|innan|medan)$/u.test(words[0]?.lower ?? "");
    const enough = own.filter(({ isWord }) => isWord).length >= 3;
    if (stands && enough && /^(?:|och|men)$/u.test(piece.joint)) {
      cut.push(before);
      from = piece.from;
    }
  }
  cut.push(tokens.slice(from));
  return cut.filter((part) => part.some(({ isWord }) => isWord));
}
