// A figure that another put right, and that was accepted: "Sju skadade." – "Åtta var det." – "Åtta, ja." The statement is
// told with the figure that holds, and rests on all three. Runs anywhere.
import { wordToNumber } from "../language/number-words.ts";
import { stem } from "../language/stem.ts";
import { flatten, lowerWords, newToken, type Token } from "../language/tokens.ts";
import { stemsOf } from "../sentences/sentence-stems.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Sentence } from "../sentences/split.ts";
import type { Understood } from "./understand.ts";

export interface Amendment {
  /** Place of the statement, and the statement as it holds. */
  readonly at: number;
  readonly sentence: Sentence;
  /** Places of the correction and of the words that accept it: they say nothing more. */
  readonly spent: readonly number[];
}

const longestCorrection = 6;
const longestAcceptance = 7;

export function findAmendments(all: readonly Understood[], lexicon: Lexicon): Amendment[] {
  const found: Amendment[] = [];
  for (const at of all.keys()) {
    const claim = all[at] as Understood;
    if (claim.isQuestion && !claim.nextMeeting) continue;
    const values = numbersIn(claim.sentence.tokens, lexicon);
    if (values.length === 0) continue;
    const by = nextTurnOfAnother(all, at);
    const correction = by === null ? undefined : all[by];
    if (by === null || correction === undefined) continue;
    const said = correctedTo(correction, lexicon);
    if (said === null || saysMore(correction, claim, lexicon)) continue;
    const wrong = values.findLast((value) => sameUnit(value, said, lexicon) && value.value !== said.value);
    if (wrong === undefined || values.some(({ value }) => value === said.value)) continue;
    const accepted = acceptance(all, by, said, lexicon);
    if (accepted === null) continue;
    const sentence = withNumber(claim.sentence, wrong, said, [
      correction.sentence,
      (all[accepted] as Understood).sentence,
    ]);
    found.push({ at, sentence, spent: [by, accepted] });
  }
  return found;
}

interface Value {
  /** As compared: "8", "02.17". */
  readonly value: string;
  readonly token: Token;
  readonly at: number;
  /** The word after it. */
  readonly unit: string;
}

function numbersIn(tokens: readonly Token[], { language }: Lexicon): Value[] {
  return tokens.flatMap((token, at) => {
    const known = /^\p{N}/u.test(token.text) ? token.lower : wordToNumber(token.lower, language);
    const unit = tokens[at + 1]?.lower ?? "";
    // "en gång" is a number beside "två gånger"; "en" alone is an article.
    const article =
      /^(?:en|ett|one|a)$/u.test(token.lower) &&
      !/^(?:gång|procent|dag|vecka|månad|timme|minut|week|day|time)/u.test(unit);
    return known === null || article ? [] : [{ value: String(known), token, at, unit }];
  });
}

/** A clock time stands for a clock time, times for times. */
function sameUnit(a: Value, b: Value, { language }: Lexicon): boolean {
  const clock = ({ value }: Value): boolean => /^\d{1,2}[.:]\d\d$/u.test(value);
  if (clock(a) !== clock(b) && !/^(?:klockan|kl|at)$/u.test(a.unit) && clock(a)) return false;
  const noun = /^\p{L}{3,}/u;
  if (!noun.test(b.unit) || !noun.test(a.unit) || /^(?:var|är|blev|sa|då|alltså|was)$/u.test(b.unit)) return true;
  return stem(a.unit, language) === stem(b.unit, language);
}

/** "Åtta var det", "tio sa vi", "nej, en gång": the one figure of a short remark. */
function correctedTo(one: Understood, lexicon: Lexicon): Value | null {
  const { core, isQuestion, sentence } = one;
  const proposes = isQuestion && /^ (?:kan|ska|går|passar|can|shall) /u.test(flatten(core));
  if (core.length > longestCorrection || (isQuestion && !proposes) || one.accepts || one.answer === "yes") return null;
  const values = numbersIn(sentence.tokens, lexicon);
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** "Vi äter klockan fem" after "en gång": something else than the statement before. */
function saysMore(correction: Understood, claim: Understood, lexicon: Lexicon): boolean {
  const known = new Set(stemsOf(claim.sentence, lexicon));
  return stemsOf(correction.sentence, lexicon).some((own) => !/\p{N}/u.test(own) && !known.has(own));
}

function nextTurnOfAnother(all: readonly Understood[], at: number): number | null {
  const { sentence } = all[at] as Understood;
  // Only what stands last in its turn, or nearly so, is put right by what comes next.
  for (let next = at + 1; next < all.length && next <= at + 3; next += 1) {
    const other = (all[next] as Understood).sentence;
    if (other.meeting !== sentence.meeting || other.turn > sentence.turn + 1) return null;
    if (other.turn === sentence.turn + 1 && other.person?.id !== sentence.person?.id) return next;
  }
  return null;
}

/** The next turn says the figure once more, or a plain yes. */
function acceptance(all: readonly Understood[], by: number, { value }: Value, lexicon: Lexicon): number | null {
  const { turn, meeting } = (all[by] as Understood).sentence;
  for (let after = by + 1; after < all.length && after <= by + 4; after += 1) {
    const one = all[after] as Understood;
    if (one.sentence.meeting !== meeting || one.sentence.turn > turn + 1) return null;
    if (one.sentence.turn === turn || one.core.length > longestAcceptance) continue;
    const echoes = numbersIn(one.sentence.tokens, lexicon).some(
      (said) => said.value === value || value.endsWith(`.${said.value}`),
    );
    if (echoes || one.answer === "yes" || one.accepts) return one.negated ? null : after;
  }
  return null;
}

const stemsAlike = (a: string, b: string): boolean => /^\p{L}{3,}/u.test(a) && b.startsWith(a.slice(0, 3));

function withNumber(sentence: Sentence, wrong: Value, said: Value, others: readonly Sentence[]): Sentence {
  const written = /^\p{Lu}\p{Ll}/u.test(said.token.text) ? said.token.lower : said.token.text;
  // "En gång" for "två gånger": the word goes with its number.
  const noun = stemsAlike(wrong.unit, said.unit) ? said.unit : null;
  const tokens = sentence.tokens.map((token, at) => {
    if (at === wrong.at) return { ...newToken(written), lower: said.token.lower, spaced: token.spaced };
    return noun !== null && at === wrong.at + 1 ? { ...newToken(noun), spaced: token.spaced } : token;
  });
  const words = lowerWords(tokens);
  const segments = [...new Set([sentence, ...others].flatMap((one) => one.segments))];
  return { ...sentence, tokens, words, flat: flatten(words), segments };
}
