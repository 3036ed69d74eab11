// One sentence as a fact that can be compared with another: what it is about, and the one value it gives. Null where
// that is not certain: a sentence with doubt, a condition, two values or an unnamed "han" is compared with nothing.
// Runs in a worker thread or under plain Node.
import type { ConflictWords } from "./conflict-words.ts";
import { writeFigures } from "../language/figures.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Person } from "../understand/people.ts";
import { stem } from "../language/stem.ts";
import { lowerWords, type Token } from "../language/tokens.ts";
import type { Understood } from "../understand/understand.ts";

export type FactValue =
  | {
      readonly kind: "number";
      readonly value: number;
      /** Empty when it was not said. */
      readonly unit: string;
      readonly period: string;
    }
  | { readonly kind: "day"; readonly due: string | null; readonly weekday: number | null }
  | { readonly kind: "clock"; readonly hour: number; readonly minute: number }
  | { readonly kind: "place"; readonly name: string; readonly street: boolean }
  | { readonly kind: "truth"; readonly holds: boolean }
  | { readonly kind: "who"; readonly name: string; readonly class: "person" | "name" | "party" };

export interface Fact {
  readonly said: Understood;
  /** The question that a bare number answers. */
  readonly asked?: Understood;
  /** What it is about: stems in alphabetical order. Facts with the same frame speak of the same thing. */
  readonly frame: string;
  /** The same as it was said. */
  readonly about: string;
  /** Whose it is ("jag", "min", "du", "din"), the same in every meeting where the role or name is; "" when nobody's. */
  readonly owner: string;
  readonly value: FactValue;
  readonly verb: string;
  readonly past: boolean;
  /** Day or period that the statement is about, beside its value. */
  readonly time: string;
  readonly words: readonly string[];
}

const longest = 14;
/** The speaker, and the one spoken to. */
const first = { sv: /^(?:jag|mig|mej|min|mitt|mina)$/u, en: /^(?:i|me|my)$/u } as const;
const second = { sv: /^(?:du|dig|dej|din|ditt|dina)$/u, en: /^(?:you|your)$/u } as const;

/** The fact in a sentence, or null. `people` are those of the meeting, by whose names others may be meant. */
export function readFact(
  said: Understood,
  people: readonly Person[],
  words: ConflictWords,
  lexicon: Lexicon,
): Fact | null {
  const { core } = said;
  if (said.isQuestion || said.hedged || said.hearsay || said.joke || said.smalltalk || said.wishes || said.requests)
    return null;
  if (said.deflates || said.retracts || core.length > longest || core.length < 3) return null;
  if (core.some((word) => words.blockers.has(word))) return null;
  const named = whoFact(said, people, words, lexicon);
  if (named !== null) return named;
  const { rest, times } = withoutTimes(said);
  const left = rest.map(({ lower }) => lower);
  if (left.some((word) => words.pronouns.has(word))) return null;
  const verb = onlyVerb(left, words, lexicon);
  const owner = ownerOf(left, said, lexicon);
  if (verb === null || owner === null) return null;
  const figured = writeFigures(rest, lexicon.language);
  const numbers = figured.filter(({ lower }) => /\p{N}/u.test(lower));
  const value = valueOf({ said, left, numbers, figured, times, verb, words });
  if (value === null) return null;
  const about = figured.filter(
    ({ lower }) =>
      !/\p{N}/u.test(lower) &&
      !lexicon.lists.stop.has(lower) &&
      !lexicon.lists.openers.has(lower) &&
      !words.light.has(lower) &&
      !words.not.has(lower) &&
      !words.units.has(lower) &&
      !(value.kind === "number" && words.periods.has(lower)) &&
      !(value.kind === "place" && lower === value.name),
  );
  // A thing must be named, and not by the verb alone: unless it is told whose place it is.
  const things = about.filter(({ lower }) => lower !== verb);
  if (things.length === 0 && !(value.kind === "place" && owner !== "")) return null;
  if (value.kind === "truth" && about.length < 2) return null;
  return {
    said,
    frame: frameOf(about, lexicon),
    about: (things.length === 0 ? about : things).map(({ text }) => text).join(" "),
    owner,
    value,
    verb,
    past: lexicon.verbs.past.has(verb),
    time: value.kind === "day" || value.kind === "clock" ? "" : times.map(({ key }) => key).join(" "),
    words: left,
  };
}

/** The finite verb, where there is one and no more. In English "was sent" is one. */
function onlyVerb(left: readonly string[], words: ConflictWords, { verbs, language }: Lexicon): string | null {
  const [verb, ...more] = left.filter((word) => verbs.finite.has(word) && !words.units.has(word));
  if (verb === undefined) return null;
  const whole =
    language === "en" && words.light.has(verb) && more.every((word) => verbs.past.has(word) || verbs.supines.has(word));
  return more.length === 0 || whole ? verb : null;
}

const definite = { sv: /^(.{3,})an$/u, en: /^(.+)$/u } as const;

/** Snowball leaves one definite ending: "hyra" and "hyran" are one thing. */
export const frameOf = (tokens: readonly Token[], { language }: Lexicon): string =>
  [...new Set(tokens.map(({ lower }) => stem(lower, language).replace(definite[language], "$1")))].toSorted().join(" ");

interface Time {
  readonly key: string;
  readonly kind: "day" | "clock" | "repeated";
  readonly due: string | null;
  readonly weekday: number | null;
  readonly words: readonly string[];
}

/** The words of the sentence that are no expression of time, opening words passed over, and the times. */
function withoutTimes({ sentence, skipped }: Understood): { rest: Token[]; times: Time[] } {
  const { tokens } = sentence;
  let passed = 0;
  const rest = tokens.filter((token, at) => {
    if (!token.isWord) return false;
    passed += 1;
    return passed > skipped && !sentence.times.some(({ from, to }) => at >= from && at < to);
  });
  const times = sentence.times.map(({ from, to, kind, due, weekday }) => {
    const spoken = tokens.slice(from, to).filter(({ isWord }) => isWord);
    const words = spoken.map(({ lower }) => lower);
    return { key: due ?? words.join(" "), kind, due, weekday, words };
  });
  return { rest, times };
}

/** Whose a statement is: "" when nobody's, null when it cannot be told. */
export function ownerOf(
  words: readonly string[],
  { sentence, addressee }: Understood,
  { language }: Lexicon,
): string | null {
  const own = words.some((word) => first[language].test(word));
  const yours = words.some((word) => second[language].test(word));
  if (own && yours) return null;
  if (own) return sentence.person === null ? null : personKey(sentence.person);
  if (yours) return addressee === null ? null : personKey(addressee);
  return "";
}

/** The same for one person in several meetings, as far as the role or the name tells. */
export const personKey = ({ id, label }: Person): string =>
  /\d/u.test(label) || /^(?:talare|speaker)\b/iu.test(label) ? id : label.toLowerCase();

interface Ground {
  readonly said: Understood;
  readonly left: readonly string[];
  readonly numbers: readonly Token[];
  readonly figured: readonly Token[];
  readonly times: readonly Time[];
  readonly verb: string;
  readonly words: ConflictWords;
}

function valueOf(ground: Ground): FactValue | null {
  const { said, left, numbers, times, words } = ground;
  if (numbers.length > 1) return null;
  if (numbers.length === 1) return said.negated ? null : numberOf(ground);
  const place = placeOf(ground);
  if (place !== null) return said.negated ? null : place;
  const moments = times.filter(({ kind }) => kind !== "repeated");
  if (moments.length === 1 && times.length === 1 && !said.negated) return momentOf(moments[0] as Time);
  if (times.length > 1) return null;
  const denials = left.filter((word) => words.not.has(word)).length;
  if (said.negated ? denials !== 1 : denials !== 0) return null;
  // What one feels or how one judges differs between people, and is no matter of fact.
  if (said.feels || said.praises || said.worries) return null;
  return { kind: "truth", holds: denials === 0 };
}

function numberOf({ numbers, figured, words }: Ground): FactValue | null {
  const [number] = numbers;
  const value = Number(number?.lower.replace(",", "."));
  if (number === undefined || Number.isNaN(value)) return null;
  const next = figured[figured.indexOf(number) + 1]?.lower ?? "";
  const unit = words.units.get(next) ?? "";
  const period = figured.map(({ lower }) => words.periods.get(lower)).find((found) => found !== undefined) ?? "";
  return { kind: "number", value, unit, period };
}

function momentOf({ kind, due, weekday, words }: Time): FactValue | null {
  if (kind === "day") return due === null && weekday === null ? null : { kind: "day", due, weekday };
  const clock = words.map((word) => /^(\d{1,2})(?:[.:](\d\d))?$/u.exec(word)).find((match) => match !== null);
  if (clock === undefined) return null;
  return { kind: "clock", hour: Number(clock[1]), minute: Number(clock[2] ?? 0) };
}

/** "bor i Sävsjö", "bor på Storgatan": a municipality or a street, of which one cannot hold the other. */
function placeOf({ left, verb, words }: Ground): FactValue | null {
  if (!words.place.has(verb)) return null;
  const at = left.findIndex((word) => /^(?:i|på|in|on)$/u.test(word));
  const name = left[at + 1] ?? "";
  if (at < 0) return null;
  if (words.places.has(name)) return { kind: "place", name, street: false };
  const street = [...words.streets].some((ending) => name.length > ending.length && name.endsWith(ending));
  return street ? { kind: "place", name, street: true } : null;
}

/** "Det var Anna som ringde", "Anna ansvarar för schemat": one does it, so that another does not. */
function whoFact(said: Understood, people: readonly Person[], words: ConflictWords, lexicon: Lexicon): Fact | null {
  if (said.negated) return null;
  const { rest, times } = withoutTimes(said);
  const flat = rest.map(({ lower }) => lower).join(" ");
  const cleft = /^(?:det|it) (är|var|is|was) (.+?) (?:som|who|that) (.+)$/u.exec(flat);
  const charge = /^(.+?) (?:(ansvarar) för|är (ansvarig) för|is (responsible) for) (.+)$/u.exec(flat);
  const name = cleft?.[2] ?? charge?.[1] ?? "";
  const matter = cleft?.[3] ?? charge?.[5] ?? "";
  const found = whoIs(name, said, people, words);
  if (found === null || matter === "") return null;
  const from = rest.length - matter.split(" ").length;
  const tail = rest.slice(from);
  if (tail.some(({ lower }) => words.pronouns.has(lower)) || ownerOf(lowerWords(tail), said, lexicon) !== "")
    return null;
  const about = tail.filter(({ lower }) => !lexicon.lists.stop.has(lower) && !words.light.has(lower));
  if (about.length === 0) return null;
  return {
    said,
    frame: `${cleft === null ? "ansvar" : "som"}: ${frameOf(about, lexicon)}`,
    about: about.map(({ text }) => text).join(" "),
    owner: "",
    value: { kind: "who", ...found },
    verb: cleft?.[1] ?? charge?.[2] ?? "",
    past: cleft?.[1] === "var" || cleft?.[1] === "was",
    time: times.map(({ key }) => key).join(" "),
    words: rest.map(({ lower }) => lower),
  };
}

function whoIs(
  name: string,
  { sentence, addressee }: Understood,
  people: readonly Person[],
  words: ConflictWords,
): { readonly name: string; readonly class: "person" | "name" | "party" } | null {
  if (name === "" || name.includes(" ")) return null;
  const person = /^(?:jag|i|me)$/u.test(name)
    ? sentence.person
    : /^(?:du|you)$/u.test(name)
      ? addressee
      : (people.find(({ label, names }) => label.toLowerCase() === name || names.includes(name)) ?? null);
  if (person !== null) return { name: personKey(person), class: "person" };
  if (words.parties.has(name)) return { name, class: "party" };
  const written = sentence.tokens.some(({ lower, text }, at) => at > 0 && lower === name && /^\p{Lu}/u.test(text));
  return written ? { name, class: "name" } : null;
}
