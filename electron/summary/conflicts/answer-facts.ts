// "Hur hög är hyran?" "7 400 kronor.": a bare number as a fact, on what was asked about. Runs in a worker thread or
// under plain Node.
import type { ConflictWords } from "./conflict-words.ts";
import { type Fact, frameOf, ownerOf } from "./facts.ts";
import { writeFigures } from "../language/figures.ts";
import type { Lexicon } from "../lexicon.ts";
import { lowerWords, type Token } from "../language/tokens.ts";
import type { Understood } from "../understand/understand.ts";

const asks = /^(?:hur|vad|how|what)$/u;
const measures =
  /^(?:hög|högt|höga|stor|stort|stora|gammal|gammalt|gamla|mycket|många|lång|långt|high|big|large|old|much|many|long)$/u;
const ages = /^(?:gammal|gammalt|old)$/u;
const longestAnswer = 5;
const longestQuestion = 8;

/** The fact in an answer that holds nothing but a number, or null. */
export function readAnswer(
  said: Understood,
  question: Understood | undefined,
  words: ConflictWords,
  lexicon: Lexicon,
): Fact | null {
  if (question === undefined || !question.isQuestion || said.isQuestion || said.hasVerb || said.hedged) return null;
  const { person, meeting } = said.sentence;
  if (question.sentence.meeting !== meeting || question.sentence.person?.id === person?.id || person === null)
    return null;
  const answer = writeFigures(wordsOf(said), lexicon.language);
  const asked = wordsOf(question);
  const left = lowerWords(asked);
  if (answer.length > longestAnswer || asked.length > longestQuestion || !asks.test(left[0] ?? "")) return null;
  if ([...left, ...lowerWords(answer)].some((word) => words.blockers.has(word) && !measures.test(word))) return null;
  if (left.some((word) => words.pronouns.has(word) && !asks.test(word))) return null;
  const numbers = answer.filter(({ lower }) => /\p{N}/u.test(lower));
  const bare = answer.every(
    ({ lower }) =>
      /\p{N}/u.test(lower) || words.units.has(lower) || words.periods.has(lower) || lexicon.lists.stop.has(lower),
  );
  const value = Number(numbers[0]?.lower.replace(",", "."));
  const verb = left.find((word) => words.light.has(word));
  if (numbers.length !== 1 || !bare || Number.isNaN(value) || verb === undefined || said.negated) return null;
  if (said.sentence.times.length > 0 || question.sentence.times.length > 0) return null;
  const about = asked.filter(
    ({ lower }) =>
      !asks.test(lower) &&
      !measures.test(lower) &&
      !words.light.has(lower) &&
      !words.units.has(lower) &&
      !lexicon.lists.stop.has(lower),
  );
  if (about.length === 0 || about.some(({ lower }) => lexicon.verbs.finite.has(lower))) return null;
  const owner = ownerOf(left, { ...question, addressee: person }, lexicon);
  if (owner === null) return null;
  const unit = answer.map(({ lower }) => words.units.get(lower)).find((found) => found !== undefined);
  const period = answer.map(({ lower }) => words.periods.get(lower)).find((found) => found !== undefined);
  return {
    said,
    asked: question,
    frame: frameOf(about, lexicon),
    about: about.map(({ text }) => text).join(" "),
    owner,
    value: {
      kind: "number",
      value,
      unit: unit ?? (left.some((word) => ages.test(word)) ? "år" : ""),
      period: period ?? "",
    },
    verb,
    past: lexicon.verbs.past.has(verb),
    time: "",
    words: [...left, ...lowerWords(answer)],
  };
}

/** The words after "ja, alltså". */
function wordsOf({ sentence, skipped }: Understood): Token[] {
  return sentence.tokens.filter(({ isWord }) => isWord).slice(skipped);
}
