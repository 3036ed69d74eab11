// One action as a line: who, what, when, with the date where the words could be resolved. Runs anywhere.
import type { SummaryItem } from "../../formats.ts";
import { readClause } from "../sentences/clause.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Person } from "../understand/people.ts";
import { stemsOf } from "../sentences/sentence-stems.ts";
import { lowerFirst, mainOrder, reportTokens, strip } from "./reported-speech.ts";
import { capitalise, newToken, type Token, writeTokens } from "../language/tokens.ts";
import type { Understood } from "../understand/understand.ts";
import type { Unit } from "../understand/units.ts";
import { subjectOf, toThirdPerson } from "./voice.ts";
import { wording } from "./wording.ts";

export function writeAction(unit: Unit, lexicon: Lexicon): SummaryItem {
  const words = wording[lexicon.language];
  const { action } = unit;
  if (action === null) return { text: "", segments: [], origin: "engine" };
  const who = action.named === null ? namesOf(action.who, unit, lexicon) : capitalise(action.named);
  const what = action.kind === "meeting" ? meetingText(unit, lexicon) : taskText(unit, who, lexicon);
  const exact = action.due !== null && action.when !== null && isExact(action.when);
  const missing = (action.when ?? "")
    .split(", ")
    .filter((part) => part !== "" && !what.toLowerCase().includes(part.toLowerCase()));
  const when = missing.length === 0 ? "" : `${action.kind === "meeting" ? ":" : ","} ${missing.join(", ")}`;
  const date = exact ? ` (${action.due ?? ""})` : "";
  const changed =
    action.kind !== "meeting" && unit.against.length > 0
      ? `. ${words.changed}: ”${capitalise(writeTokens(strip(unit.against[0]?.sentence.tokens ?? [], lexicon)))}”`
      : "";
  const about =
    unit.context.length === 0
      ? ""
      : `. ${words.concerns}: ${unit.context.map((one) => `”${capitalise(writeTokens(strip(one.sentence.tokens, lexicon)))}”`).join(", ")}`;
  return {
    text: `${capitalise(what)}${when}${date}${changed}${about}`.replace(/[.]?$/u, "."),
    segments: [...unit.segments],
    origin: "engine",
    ...(who === "" ? {} : { who }),
    what: `${what.replace(new RegExp(`^${escape(who)}:? `, "u"), "")}${changed}${about}`,
    ...(action.when === null ? {} : { when: action.when }),
    ...(action.due === null ? {} : { due: action.due }),
  };
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&");

/** A single day, not "i juni" or "den här veckan". */
const isExact = (when: string): boolean =>
  /\d|dag|morgon|today|tomorrow/u.test(when) &&
  !/vecka|week|månad|month/u.test(when.replace(/nästa vecka|next week/u, ""));

function namesOf(people: readonly Person[], unit: Unit, lexicon: Lexicon): string {
  if (people.length === 0) return "";
  if (people.length > 2) return wording[lexicon.language].all;
  const [first, second] = people;
  if (first === undefined) return "";
  return second === undefined || unit.action === null
    ? first.title
    : `${first.title} ${wording[lexicon.language].and} ${second.label}`;
}

/** "Nästa möte", and where, if it was said. */
function meetingText(unit: Unit, lexicon: Lexicon): string {
  const words = wording[lexicon.language];
  const spoken = unit.sentences[0]?.sentence.words ?? [];
  const at = spoken.findIndex(
    (word, place) => lexicon.lists.meetingNouns.has(word) && /^(?:nästa|ny|next)$/u.test(spoken[place - 1] ?? ""),
  );
  // As it was written: "nästa APT".
  const noun = unit.sentences[0]?.sentence.tokens.filter(({ isWord }) => isWord)[at];
  return noun === undefined ? words.meets : words.next(/^\p{Lu}{2,}$/u.test(noun.text) ? noun.text : noun.lower);
}

/** What is to be done, the doer as its subject: the request first, then what was promised. */
function taskText(unit: Unit, who: string, lexicon: Lexicon): string {
  const texts: string[] = [];
  const [lead] = unit.sentences;
  // "Skulle du kunna mejla intyget?" – "Det kan jag göra": the answer adds nothing to what is to be done.
  const telling = unit.sentences.filter(
    (one) => one === lead || stemsOf(one.sentence, lexicon).length > 0 || one.sentence.times.length > 0,
  );
  const saying = telling.some(({ hasVerb }) => hasVerb) ? telling.filter(({ hasVerb }) => hasVerb) : telling;
  // "Onsdag klockan nio.": nothing is said but when. What it is about stands in the talk before.
  if (!saying.some(({ hasVerb }) => hasVerb) && unit.context.length > 0) return wording[lexicon.language].agreedTime;
  for (const one of saying) {
    const tokens = withoutName(strip(one.sentence.tokens, lexicon), one.addressee);
    if (tokens.length === 0) continue;
    const speaker = one.sentence.person;
    const doer = unit.action?.who.length === 1 ? (unit.action.who[0] ?? null) : null;
    const addressee = speaker?.id === doer?.id ? one.addressee : (doer ?? one.addressee);
    texts.push(taskSentence(one, tokens, speaker, addressee, who, unit, lexicon));
  }
  const [first = "", ...rest] = texts;
  if (!first.startsWith(who)) return texts.join("; ");
  return [
    first,
    ...rest
      .map((text) => text.replace(new RegExp(`^${escape(who)} `, "u"), ""))
      .map((text) => text.slice(0, 1).toLowerCase() + text.slice(1)),
  ].join("; ");
}

/** ", Sam," calls the one who is spoken to and is no part of the task. */
function withoutName(tokens: readonly Token[], addressee: Person | null): Token[] {
  const names = addressee?.names ?? [];
  return tokens.filter(({ text, lower }, at) => {
    const called = names.includes(lower) && tokens[at - 1]?.text === ",";
    const fence = text === "," && names.includes(tokens[at + 1]?.lower ?? "");
    return !called && !fence;
  });
}

function taskSentence(
  one: Understood,
  tokens: readonly Token[],
  speaker: Person | null,
  addressee: Person | null,
  who: string,
  unit: Unit,
  lexicon: Lexicon,
): string {
  const words = wording[lexicon.language];
  const quoted = (): string =>
    speaker === null ? capitalise(writeTokens(tokens)) : `${speaker.title}: ”${capitalise(writeTokens(tokens))}”`;
  if (speaker === null) return quoted();
  const voice = { speaker, addressee, by: "label" } as const;
  const turn = (part: readonly Token[]): Token[] | null =>
    toThirdPerson(
      part,
      voice,
      subjectOf(
        part.map(({ lower }) => lower),
        lexicon.language,
      ),
      lexicon.language,
    );
  // "Skicka den till mig": the doer is to send it.
  const [first, ...rest] = tokens;
  const imperative = first === undefined ? undefined : lexicon.verbs.imperatives.get(first.lower);
  if (imperative !== undefined && one.requests && who !== "") {
    const accepted = (unit.action?.confirmed.length ?? 0) > 0 || unit.sentences.length > 1;
    const turned = turn(rest.filter(({ lower }) => lower !== "gärna"));
    if (turned !== null)
      return `${who} ${accepted ? words.shall : words.isAsked} ${imperative.infinitive} ${writeTokens(turned)}`.trim();
  }
  // "Kan du göra det före nästa möte?", and it was accepted.
  const second = tokens[1]?.lower;
  if (
    one.isQuestion &&
    /^(?:kan|vill|can|could|will)$/u.test(first?.lower ?? "") &&
    /^(?:du|you)$/u.test(second ?? "") &&
    tokens[2]?.lower !== "att" &&
    who !== ""
  ) {
    const turned = turn(tokens.slice(2));
    if (turned !== null) return `${who} ${words.shall} ${writeTokens(turned)}`;
  }
  const opening = writeTokens(tokens.slice(0, 4)).toLowerCase();
  // "Skulle du kunna mejla intyget?", "Ska jag ringa dem?", "Vill du att jag ringer?", each with a yes.
  const asked =
    /^(?:skulle (?:du|ni) (?:kunna|vilja)|(?:ska|kan) jag(?! få)|vill (?:du|ni) att|(?:är|vore) det (?:okej|ok|bra) (?:att|om)|(?:shall|should|can) i)\b/u.exec(
      opening,
    )?.[0];
  if (one.isQuestion && asked !== undefined && who !== "") {
    const task = tokens.slice(asked.split(" ").length);
    // "… att jag träffar honom på torsdag": a clause of its own.
    const clause = /^(?:jag|vi)$/u.test(task[0]?.lower ?? "") ? readClause(task, lexicon) : null;
    const own = clause === null ? null : mainOrder(clause, voice, lexicon);
    if (own !== null) return capitalise(writeTokens(own));
    const turned = turn(task);
    if (turned !== null) return `${who} ${words.shall} ${writeTokens(turned)}`;
  }
  if (one.isQuestion) return quoted();
  if (lexicon.language === "en") {
    const turned = turn(tokens);
    return turned === null ? quoted() : writeTokens(turned);
  }
  // "Annars byter vi lås på fredag": on a condition; word for word, so that it stays.
  if (/^(?:annars|om|ifall|eventuellt)$/u.test(first?.lower ?? "")) return quoted();
  const clause = readClause(tokens, lexicon) ?? objectFirst(tokens, lexicon);
  const main = clause === null ? null : mainOrder(clause, voice, lexicon);
  if (main !== null) return capitalise(writeTokens(main));
  const { form, text } = reportTokens(tokens, speaker, addressee, lexicon);
  return form === "main" ? `${words.according(speaker)} ${text}` : quoted();
}

/** "Rapporten skriver du": the object first, then verb and pronoun. */
function objectFirst(tokens: readonly Token[], lexicon: Lexicon): ReturnType<typeof readClause> {
  const verbAt = tokens.findIndex(({ lower }, at) => at > 0 && at < 5 && lexicon.verbs.finite.has(lower));
  const subject = tokens[verbAt + 1];
  if (verbAt < 1 || subject === undefined || !/^(?:jag|du|vi)$/u.test(subject.lower)) return null;
  const front = lowerFirst(tokens.slice(0, verbAt), lexicon).map((token) => ({ ...token, spaced: true }));
  const rest = tokens.slice(verbAt + 2);
  return {
    subject: [subject],
    front: [],
    frontKind: "none",
    verb: tokens[verbAt] ?? newToken(""),
    adverbs: [],
    rest: [...front, ...rest],
  };
}
