// From units to the sentences of a summary: who says what, in the third person, every item with its segments. Runs anywhere.
import type { SummaryItem } from "../../formats.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Person } from "../understand/people.ts";
import { writeAction } from "./write-action.ts";
import { askedAs, reportTokens, strip } from "./reported-speech.ts";
import { contentStems, coverage } from "../language/stem.ts";
import { capitalise, type Token, writeTokens } from "../language/tokens.ts";
import type { Understood } from "../understand/understand.ts";
import type { Unit } from "../understand/units.ts";
import { wording } from "./wording.ts";

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

/** Clauses of one sentence as they were said; a new sentence after a full stop. */
function joinSpoken(parts: readonly string[]): string {
  let text = "";
  for (const part of parts)
    text += text === "" ? capitalise(part) : /[.?!…]$/u.test(text) ? ` ${capitalise(part)}` : ` ${part}`;
  return /[.?!…]$/u.test(text) ? text : `${text.replace(/[,;:]$/u, "")}.`;
}

/** The person's own words, and whose they are. */
function writeQuote(unit: Unit, lexicon: Lexicon): SummaryItem {
  const asked =
    unit.question === null || unit.person === null
      ? ""
      : `${wording[lexicon.language].onMatter(capitalise(writeTokens(strip(unit.question.sentence.tokens, lexicon))))} `;
  const text = joinSpoken(unit.sentences.map(({ sentence }) => sentence.spoken.replaceAll(/["“”]/gu, "’")));
  return {
    text:
      unit.person === null ? `”${text}”` : `${asked}${asked === "" ? unit.person.title : unit.person.label}: ”${text}”`,
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

/** Statements by one speaker as "X uppger att …", joined where they are short. */
export function writeStatements(
  sentences: readonly Understood[],
  person: Person | null,
  lexicon: Lexicon,
  differs = false,
): string {
  const words = wording[lexicon.language];
  const spoken = sentences
    .map((one) => ({ one, tokens: strip(one.sentence.tokens, lexicon) }))
    .filter(({ tokens }) => tokens.length > 0);
  if (person === null) return spoken.map(({ tokens }) => capitalise(writeTokens(tokens))).join(". ");
  const [topic, ...rest] = spoken;
  // "Skolnärvaron då. Den är …": the fragment names the matter.
  if (topic !== undefined && rest.length > 0 && isTopic(topic.one, topic.tokens))
    return `${capitalise(writeTokens(withoutThen(topic.tokens)))}: ${lowerTitle(
      writeStatements(
        rest.map(({ one }) => one),
        person,
        lexicon,
      ),
      person,
    )}`;
  let text = "";
  let chained = 0;
  let last: "reported" | "main" | "quoted" | "fact" | null = null;
  for (const { one, tokens } of spoken) {
    const { form, text: said } = reportTokens(tokens, person, one.addressee, lexicon);
    if (last !== null && last !== "quoted" && !one.hasVerb && form !== "quoted") {
      const [opening = ""] = one.sentence.words;
      const tail = /^(?:eller|och|men|or|and|but)$/u.test(opening) ? ` ${opening} ${said}` : `, ${said}`;
      text = last === "fact" ? `${text.slice(0, -suffix(person).length)}${tail}${suffix(person)}` : `${text}${tail}`;
      continue;
    }
    if (form === "reported" && last === "reported" && chained < 2) {
      text += /^(?:men|but)$/u.test(one.sentence.words[0] ?? "")
        ? `, ${one.sentence.words[0] ?? ""} ${said}`
        : ` ${words.and} ${said}`;
      chained += 1;
      continue;
    }
    // A professional's plain statement of fact: the words as they were, and whose they are.
    if (!differs && isPlainFact(person, one, tokens)) {
      const fact = capitalise(writeTokens(tokens));
      if (last === "fact") text = `${text.slice(0, -suffix(person).length)}. ${fact}${suffix(person)}`;
      else text += `${text === "" ? "" : ". "}${fact}${suffix(person)}`;
      last = "fact";
      continue;
    }
    const opening = differs && text === "" ? words.differs(person) : words.states(person);
    const own =
      form === "reported"
        ? `${opening} ${said}`
        : form === "main"
          ? `${words.according(person)} ${said}`
          : `${person.title}: ”${capitalise(said)}”`;
    if (last === "main" && form === "main") text += `; ${said}`;
    else text += text === "" ? own : `. ${own}`;
    chained = 0;
    last = form;
  }
  return text;
}

const suffix = ({ label }: Person): string => ` (${label})`;

/** Said by a professional (or nobody's client), without "jag", "du" or "vi" and without doubt or hearsay. */
function isPlainFact({ side }: Person, one: Understood, tokens: readonly Token[]): boolean {
  const personal = tokens.some(({ lower }) =>
    /^(?:jag|du|vi|ni|mig|mej|dig|dej|oss|er|min|mitt|mina|din|ditt|dina|vår|vårt|våra|i|you|we|me|us|my|your|our|i'm|we're)$/u.test(
      lower,
    ),
  );
  return side === "professional" && !personal && !one.hearsay && !one.hedged;
}

const isTopic = ({ hasVerb }: Understood, tokens: readonly Token[]): boolean =>
  !hasVerb && tokens.length <= 5 && /^(?:då|then)$/u.test(tokens.at(-1)?.lower ?? "");
const withoutThen = (tokens: readonly Token[]): readonly Token[] =>
  tokens.slice(0, -1).filter(({ text }, at, all) => at < all.length - 1 || text !== ",");
const lowerTitle = (text: string, person: Person): string =>
  text.startsWith(person.title) ? person.label + text.slice(person.title.length) : text;

/** A short answer with the question that gives it its meaning. */
function writeAnswer(unit: Unit, question: Understood, lexicon: Lexicon): string {
  const words = wording[lexicon.language];
  const [first, ...others] = unit.sentences;
  const { person } = unit;
  if (first === undefined || person === null) return writeStatements(unit.sentences, person, lexicon);
  const asked = strip(question.sentence.tokens, lexicon);
  const asker = question.sentence.person;
  if (first.answer !== null && question.isPolar) {
    const own = contentStems(first.sentence.flat, lexicon);
    const bare = own.length === 0 || (!first.hasVerb && own.length <= 1 && first.figures === 0) || isEllipsis(first);
    const told = bare ? others : unit.sentences;
    // What the answer says again in full needs no question.
    if (!bare && coverage(contentStems(question.sentence.flat, lexicon), new Set(own)) >= 0.6)
      return writeStatements(unit.sentences, person, lexicon);
    const indirect = asker === null ? null : askedAs(asked, asker, person, lexicon);
    const yes = first.answer === "yes";
    const opening =
      indirect === null
        ? words.answersPlainly(person, capitalise(writeTokens(asked)), yes ? words.yes : words.no)
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
