// From units to the sentences of a summary: who says what, in the third person, every item with its segments. Runs anywhere.
import type { SummaryItem } from "../../formats.ts";
import type { Lexicon } from "../lexicon.ts";
import { capitalise, writeTokens } from "../language/tokens.ts";
import type { Understood } from "../understand/understand.ts";
import type { Unit } from "../understand/units.ts";
import { strip } from "./reported-speech.ts";
import { wording } from "./wording.ts";
import { writeAction } from "./write-action.ts";
import { writeAnswer } from "./write-answer.ts";
import { writeStatements } from "./write-statements.ts";

const longestItem = 34;

/** The items of a section, at most `most`. Neighbours in the talk share an item where they must, or go on in one breath. */
export function writeItems(units: readonly Unit[], kind: string, most: number, lexicon: Lexicon): SummaryItem[] {
  if (kind === "quotes") return units.slice(0, most).map((unit) => writeQuote(unit, lexicon));
  const groups: Unit[][] = [];
  for (const unit of units) {
    const last = groups.at(-1);
    if (
      last !== undefined &&
      (goesWith(last, unit) || (kind === "paragraph" && fitsBeside(last, unit, longestParagraph)))
    )
      last.push(unit);
    else groups.push([unit]);
  }
  return pack(groups, most).map((group) => {
    const [only] = group;
    if (group.length === 1 && only?.kind === "action") return writeAction(only, lexicon);
    return toItem(
      group.map((unit) =>
        unit.kind === "action" ? writeAction(unit, lexicon).text.replace(/\.$/u, "") : writeUnit(unit, lexicon),
      ),
      group,
      lexicon,
    );
  });
}

/** Joins the shortest neighbours until there is room for all. */
function pack(groups: readonly Unit[][], most: number): Unit[][] {
  const packed = groups.map((group) => [...group]);
  while (packed.length > most) {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at + 1 < packed.length; at += 1) {
      const words = wordCount(packed[at] ?? []) + wordCount(packed[at + 1] ?? []);
      if (words < least && fitsBeside(packed[at] ?? [], (packed[at + 1] ?? [])[0] as Unit, Number.POSITIVE_INFINITY)) {
        best = at;
        least = words;
      }
    }
    if (best < 0) return packed.slice(0, most);
    packed.splice(best, 2, [...(packed[best] ?? []), ...(packed[best + 1] ?? [])]);
  }
  return packed;
}

const wordCount = (units: readonly Unit[]): number => units.reduce((sum, { length }) => sum + length, 0);
const longestParagraph = 55;
const mostSegments = 8;

function fitsBeside(group: readonly Unit[], next: Unit, words: number): boolean {
  const segments = new Set([...group, next].flatMap((unit) => unit.segments));
  const alone = (unit: Unit): boolean => unit.kind === "action" || unit.kind === "open-question";
  // What two meetings hold is never one statement.
  if (group.some(({ meeting }) => meeting !== next.meeting)) return false;
  return !group.some(alone) && !alone(next) && segments.size <= mostSegments && wordCount(group) + next.length <= words;
}

function goesWith(group: readonly Unit[], next: Unit): boolean {
  const last = group.at(-1) as Unit;
  const plain = (unit: Unit): boolean => unit.kind === "statement" && unit.against.length === 0;
  const sameTurn = last.sentences.at(-1)?.sentence.turn === next.sentences[0]?.sentence.turn;
  return (
    plain(last) &&
    plain(next) &&
    last.person?.id === next.person?.id &&
    sameTurn &&
    fitsBeside(group, next, longestItem) &&
    group.length < 3
  );
}

const toItem = (texts: readonly string[], units: readonly Unit[], lexicon: Lexicon): SummaryItem => ({
  text: finish(byPronoun(texts.join(". "), units, lexicon)),
  segments: [...new Set(units.flatMap(({ segments }) => segments))].slice(0, 8),
  origin: "engine",
});

/** "Klienten uppger …. Klienten uppger …" → "… Hen uppger …", as long as no other speaker comes between. */
function byPronoun(text: string, units: readonly Unit[], lexicon: Lexicon): string {
  if (lexicon.language !== "sv") return text;
  const people = [
    ...new Map(
      units
        .flatMap(({ person, against }) => [person, ...against.map(({ sentence }) => sentence.person)])
        .map((person) => [person?.id, person]),
    ).values(),
  ].filter((person) => person !== null);
  if (people.length !== 1 || people[0] === undefined) return text;
  const { title, pronoun } = people[0];
  let seen = false;
  return text
    .split(/(?<=[.”]) (?=\p{Lu})/u)
    .map((sentence) => {
      if (!sentence.startsWith(`${title} `)) return sentence;
      const later = seen;
      seen = true;
      return later ? capitalise(pronoun) + sentence.slice(title.length) : sentence;
    })
    .join(" ");
}

const finish = (text: string): string => {
  const trimmed = text.trim();
  return capitalise(/[.!?”]$/u.test(trimmed) ? trimmed : `${trimmed}.`);
};

/** Clauses of one sentence as they were said; a new sentence after a full stop; "[…]" where something is left out. */
function joinSpoken(sentences: readonly Understood[]): string {
  let text = "";
  for (const [at, { sentence }] of sentences.entries()) {
    const part = sentence.spoken.replaceAll(/["“”]/gu, "’");
    if (at > 0 && sentence.index !== (sentences[at - 1]?.sentence.index ?? 0) + 1) text += " […]";
    text += text === "" ? capitalise(part) : /[.?!…\]]$/u.test(text) ? ` ${capitalise(part)}` : ` ${part}`;
  }
  return /[.?!…]$/u.test(text) ? text : `${text.replace(/[,;:]$/u, "")}.`;
}

/** The person's own words, and whose they are. */
function writeQuote(unit: Unit, lexicon: Lexicon): SummaryItem {
  const text = joinSpoken(unit.sentences);
  const asked = unit.question === null ? null : capitalise(writeTokens(strip(unit.question.sentence.tokens, lexicon)));
  return {
    text:
      unit.person === null
        ? `”${text}”`
        : asked === null
          ? `${unit.person.title}: ”${text}”`
          : wording[lexicon.language].answersInWords(unit.person, asked, text),
    segments: [...unit.segments],
    origin: "engine",
    ...(unit.person === null ? {} : { who: unit.person.title }),
  };
}

/** A unit as running text without its last full stop. */
export function writeUnit(unit: Unit, lexicon: Lexicon): string {
  const words = wording[lexicon.language];
  if (unit.kind === "open-question")
    return `${words.asks(unit.person)}: ”${capitalise(unit.sentences[0]?.sentence.spoken ?? "")}”`;
  const own =
    unit.kind === "answer" && unit.question !== null
      ? writeAnswer(unit, unit.question, lexicon)
      : writeStatements(unit.sentences, unit.person, lexicon);
  const against = unit.moved
    ? unit.against.map((one) => `${words.changed}: ${changedTo(one, lexicon)}`)
    : bySpeaker(unit.against).map((group) => {
        const person = group[0]?.sentence.person ?? null;
        return writeStatements(group, person, lexicon, person?.id !== unit.person?.id);
      });
  return [own, ...against].filter((text) => text !== "").join(". ");
}

function bySpeaker(sentences: readonly Understood[]): Understood[][] {
  const groups: Understood[][] = [];
  for (const one of sentences) {
    const last = groups.at(-1);
    if (last?.[0]?.sentence.person?.id === one.sentence.person?.id) last?.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** What was settled instead, word for word where it speaks of "vi" or "du". */
function changedTo(one: Understood, lexicon: Lexicon): string {
  const tokens = strip(one.sentence.tokens, lexicon);
  const text = writeTokens(tokens);
  return tokens.some(({ lower }) => /^(?:jag|vi|du|ni|oss|i|we|you)$/u.test(lower))
    ? `”${capitalise(text)}”`
    : text.slice(0, 1).toLowerCase() + text.slice(1);
}
