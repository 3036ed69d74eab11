// From units to the sentences of a summary: who says what, in the third person, every item with its segments. Runs anywhere.
import type { SummaryItem } from "../formats.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Person } from "./people.ts";
import { writeAction } from "./write-action.ts";
import { askedAs, reportTokens, strip } from "./report.ts";
import { capitalise, writeTokens } from "./tokens.ts";
import type { Understood } from "./understand.ts";
import type { Unit } from "./units.ts";
import { wording } from "./wording.ts";

const longestItem = 34;

/** The items of a section. Neighbours in the talk by the same speaker share an item. */
export function writeItems(units: readonly Unit[], kind: string, lexicon: Lexicon): SummaryItem[] {
  const items: SummaryItem[] = [];
  for (let at = 0; at < units.length; at += 1) {
    const unit = units[at] as Unit;
    if (kind === "quotes") {
      items.push(writeQuote(unit));
      continue;
    }
    if (unit.kind === "action") {
      items.push(writeAction(unit, lexicon));
      continue;
    }
    const group = [unit];
    while (at + 1 < units.length && goesWith(group, units[at + 1] as Unit)) {
      group.push(units[at + 1] as Unit);
      at += 1;
    }
    items.push(
      toItem(
        group.map((one) => writeUnit(one, lexicon)),
        group,
        lexicon,
      ),
    );
  }
  return items;
}

function goesWith(group: readonly Unit[], next: Unit): boolean {
  const last = group.at(-1) as Unit;
  const words = group.reduce((sum, { length }) => sum + length, 0) + next.length;
  const plain = (unit: Unit): boolean => unit.kind === "statement" && unit.against.length === 0;
  const sameTurn = last.sentences.at(-1)?.sentence.turn === next.sentences[0]?.sentence.turn;
  return (
    plain(last) &&
    plain(next) &&
    last.person?.id === next.person?.id &&
    sameTurn &&
    words <= longestItem &&
    group.length < 3
  );
}

const toItem = (texts: readonly string[], units: readonly Unit[], lexicon: Lexicon): SummaryItem => ({
  text: finish(texts.join(". "), lexicon),
  segments: [...new Set(units.flatMap(({ segments }) => segments))].slice(0, 8),
  origin: "engine",
});

const finish = (text: string, _: Lexicon): string => {
  const trimmed = text.trim();
  return capitalise(/[.!?”]$/u.test(trimmed) ? trimmed : `${trimmed}.`);
};

/** The person's own words, and whose they are. */
function writeQuote(unit: Unit): SummaryItem {
  const words = unit.sentences.map(({ sentence }) => capitalise(sentence.spoken.replaceAll(/["“”]/gu, "’"))).join(" ");
  const text = /[.!?…]$/u.test(words) ? words : `${words}.`;
  return {
    text: unit.person === null ? `”${text}”` : `${unit.person.title}: ”${text}”`,
    segments: [...new Set(unit.sentences.flatMap(({ sentence }) => sentence.segments))],
    origin: "engine",
    ...(unit.person === null ? {} : { who: unit.person.title }),
  };
}

function writeUnit(unit: Unit, lexicon: Lexicon): string {
  const words = wording[lexicon.language];
  if (unit.kind === "open-question")
    return `${words.asks(unit.person)}: ”${capitalise(unit.sentences[0]?.sentence.spoken ?? "")}”`;
  const own =
    unit.kind === "answer" && unit.question !== null
      ? writeAnswer(unit, unit.question, lexicon)
      : writeStatements(unit.sentences, unit.person, unit.addressee, lexicon);
  const against = unit.against.map((one) => {
    if (unit.moved) return `${words.changed}: ${changedTo(one, lexicon)}`;
    return writeStatements([one], one.sentence.person, null, lexicon, one.sentence.person?.id !== unit.person?.id);
  });
  return [own, ...against].join(". ");
}

/** What was settled instead, word for word where it speaks of "vi" or "du". */
function changedTo(one: Understood, lexicon: Lexicon): string {
  const tokens = strip(one.sentence.tokens, lexicon);
  const text = writeTokens(tokens);
  return tokens.some(({ lower }) => /^(?:jag|vi|du|ni|oss|i|we|you)$/u.test(lower))
    ? `”${capitalise(text)}”`
    : text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** Statements by one speaker as "X uppger att …", joined where they are short. */
export function writeStatements(
  sentences: readonly Understood[],
  person: Person | null,
  addressee: Person | null,
  lexicon: Lexicon,
  differs = false,
): string {
  const words = wording[lexicon.language];
  if (person === null)
    return sentences
      .map(({ sentence }) => writeTokens(strip(sentence.tokens, lexicon)))
      .map(capitalise)
      .join(". ");
  let text = "";
  let joined = 0;
  for (const { sentence, hasVerb } of sentences) {
    const tokens = strip(sentence.tokens, lexicon);
    if (tokens.length === 0) continue;
    const { form, text: said } = reportTokens(tokens, person, addressee, lexicon);
    if (text === "") {
      text =
        form === "reported"
          ? `${differs ? words.differs(person) : words.states(person)} ${said}`
          : form === "main"
            ? `${words.according(person)} ${said}`
            : `${person.title}: ”${capitalise(said)}”`;
    } else if (!hasVerb && form !== "quoted") text += `, ${said}`;
    else if (form === "reported" && joined < 2) {
      text += ` ${words.and} ${said}`;
      joined += 1;
    } else if (form === "reported") {
      text += `. ${words.states(person)} ${said}`;
      joined = 0;
    } else text += form === "main" ? `; ${said}` : `. ${person.title}: ”${capitalise(said)}”`;
  }
  return text;
}

/** A short answer with the question that gives it its meaning. */
function writeAnswer(unit: Unit, question: Understood, lexicon: Lexicon): string {
  const words = wording[lexicon.language];
  const [first] = unit.sentences;
  const { person } = unit;
  if (first === undefined || person === null) return writeStatements(unit.sentences, person, unit.addressee, lexicon);
  const asked = strip(question.sentence.tokens, lexicon);
  const asker = question.sentence.person;
  const indirect = asker === null || !question.isPolar ? null : askedAs(asked, asker, person, lexicon);
  const short = first.core.length === 0 || strip(first.sentence.tokens, lexicon).length <= 5;
  if (first.answer !== null && short && !/\p{N}/u.test(first.sentence.flat)) {
    const reply = first.answer === "yes" ? words.yes : words.no;
    if (indirect !== null)
      return first.answer === "yes" ? words.confirms(person, indirect) : words.deniesThat(person, indirect);
    return words.answersPlainly(person, capitalise(writeTokens(asked)), reply);
  }
  const said = writeTokens(unit.sentences.flatMap(({ sentence }) => strip(sentence.tokens, lexicon)));
  // "Närvaron i gruppen?" names the matter; the answer is a fragment.
  if (!question.hasVerb && !first.hasVerb && !/\b(?:jag|du|vi|ni)\b/u.test(said))
    return `${capitalise(writeTokens(asked))}: ${said} (${person.label})`;
  if (first.hasVerb && !question.isPolar)
    return `${words.onMatter(capitalise(writeTokens(asked)))}${writeStatements(unit.sentences, person, unit.addressee, lexicon)}`;
  return words.answersInWords(person, capitalise(writeTokens(asked)), capitalise(said));
}
