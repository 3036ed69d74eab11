// A short answer together with the question that gives it its meaning. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import { coverage } from "../language/stem.ts";
import { stemsOf } from "../sentences/sentence-stems.ts";
import { capitalise, writeTokens } from "../language/tokens.ts";
import type { Understood } from "../understand/understand.ts";
import type { Unit } from "../understand/units.ts";
import { askedAs, strip } from "./reported-speech.ts";
import { wording } from "./wording.ts";
import { lowerTitle, writeStatements } from "./write-statements.ts";

/** A short answer with the question that gives it its meaning. */
export function writeAnswer(unit: Unit, question: Understood, lexicon: Lexicon): string {
  const words = wording[lexicon.language];
  const [first, ...others] = unit.sentences;
  const { person } = unit;
  if (first === undefined || person === null) return writeStatements(unit.sentences, person, lexicon);
  const asked = strip(question.sentence.tokens, lexicon);
  const asker = question.sentence.person;
  if (first.answer !== null && question.isPolar) {
    const own = stemsOf(first.sentence, lexicon);
    const bare = own.length === 0 || (!first.hasVerb && own.length <= 1 && first.figures === 0) || isEllipsis(first);
    const told = bare ? others : unit.sentences;
    // What the answer says again in full needs no question.
    if (!bare && coverage(stemsOf(question.sentence, lexicon), new Set(own)) >= 0.6)
      return writeStatements(unit.sentences, person, lexicon);
    const indirect = asker === null ? null : askedAs(asked, asker, person, lexicon);
    const yes = first.answer === "yes";
    // "Så du har inte märkt något?" "Nej.": a no to what was denied says that it is so.
    const asDenied = !yes && question.negated;
    const opening =
      indirect === null
        ? words.answersPlainly(person, capitalise(writeTokens(asked)), yes ? words.yes : words.no)
        : asDenied
          ? words.confirms(person, indirect)
          : yes
            ? /\b(?:någon|något|några|nån|nåt|any|anything|anyone)\b/u.test(indirect)
              ? words.saysYesTo(person, indirect)
              : words.confirms(person, indirect)
            : words.deniesThat(person, indirect);
    const [next, ...more] = told;
    if (next === undefined) return opening;
    if (!next.hasVerb && next !== first) {
      const fragment = `${opening}, ${writeTokens(strip(next.sentence.tokens, lexicon))}`;
      return more.length === 0 ? fragment : `${fragment}. ${writeStatements(more, person, lexicon)}`;
    }
    return `${opening}. ${writeStatements(told, person, lexicon)}`;
  }
  // Word for word from where the answer begins, so that it may stand as a quotation.
  const said = unit.sentences
    .map(({ sentence }, at) =>
      writeTokens(at === 0 ? strip(sentence.tokens, lexicon) : sentence.tokens).replace(/[.,;!?…]+$/u, ""),
    )
    .join(", ");
  // "Närvaron i gruppen?" names the matter; the answer is a fragment.
  if (!question.hasVerb && !/\b(?:jag|du|vi|ni|mig|dig|min|din|i|you|we|my)\b/iu.test(said)) {
    const matter = capitalise(
      writeTokens(/^(?:då|then)$/u.test(asked.at(-1)?.lower ?? "") ? asked.slice(0, -1) : asked),
    );
    return first.hasVerb
      ? `${matter}: ${lowerTitle(writeStatements(unit.sentences, person, lexicon), person)}`
      : `${matter}: ${lowerStart(said, unit)} (${person.label})`;
  }
  if (first.hasVerb)
    return `${words.onMatter(capitalise(writeTokens(asked)))} ${lowerTitle(writeStatements(unit.sentences, person, lexicon), person)}`;
  return words.answersInWords(person, capitalise(writeTokens(asked)), capitalise(said));
}

/** "Ja det har jag", "nej, inte ännu": the words only point back at the question. */
const isEllipsis = ({ core, figures }: Understood): boolean => core.length <= 4 && figures === 0;

const lowerStart = (text: string, unit: Unit): string => {
  const [word = ""] = text.split(/[ ,]/u);
  const isName = unit.sentences.some(({ sentence }) =>
    sentence.tokens.some((token, at) => at > 0 && token.text === word),
  );
  return isName ? text : text.slice(0, 1).toLowerCase() + text.slice(1);
};
