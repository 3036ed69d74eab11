// Who sat at the table: what each is called in a sentence, and on which side. Runs anywhere.
import type { Speaker } from "../../formats.ts";
import { type Lexicon, type Side, sides } from "../lexicon.ts";
import { capitalise } from "../language/tokens.ts";

export interface Person {
  readonly id: string;
  /** Inside a sentence: "klienten", "Anna", "talare 2". */
  readonly label: string;
  /** At the start of a sentence. */
  readonly title: string;
  /** Third person: "hen" unless the role itself tells ("mamma"). English: "they". */
  readonly pronoun: string;
  /** Null when the role does not tell and nothing was guessed. */
  readonly side: Side | null;
  /** Names by which the others may address this person, in lower case. */
  readonly names: readonly string[];
}

/** The people of one meeting by speaker id. `prefix` keeps people of several meetings apart. */
export function describePeople(
  speakers: readonly Speaker[],
  spoken: readonly (string | undefined)[],
  prefix: string,
  lexicon: Lexicon,
): Map<string, Person> {
  const known = new Map(speakers.map((speaker) => [speaker.id, speaker]));
  for (const id of spoken) if (id !== undefined && !known.has(id)) known.set(id, { id });
  const roles = [...known.values()].map(({ role }) => role?.trim().toLowerCase() ?? "");
  const people = new Map<string, Person>();
  let number = 0;
  for (const speaker of known.values()) {
    number += 1;
    const role = speaker.role?.trim() ?? "";
    const name = speaker.name?.trim() ?? "";
    const alone = role !== "" && roles.filter((other) => other === role.toLowerCase()).length === 1;
    const roleLabel = role === "" ? "" : definite(role, lexicon);
    const fallback = lexicon.language === "sv" ? `Talare ${String(number)}` : `Speaker ${String(number)}`;
    const named = name === "" || name.toLowerCase() === role.toLowerCase() ? "" : name;
    const label = alone
      ? roleLabel
      : roleLabel !== "" && named !== ""
        ? `${roleLabel} ${named}`
        : named !== ""
          ? named
          : roleLabel !== "" && roles.length === 1
            ? roleLabel
            : name === ""
              ? fallback
              : name;
    people.set(speaker.id, {
      id: prefix + speaker.id,
      label,
      title: capitalise(label),
      pronoun: pronounOf(role, lexicon),
      side: sideOf(`${role} ${name}`, lexicon),
      names: name
        .toLowerCase()
        .split(/\s+/u)
        .filter((part) => part.length > 1),
    });
  }
  return people;
}

/** Which side a role or heading word belongs to; the last word of a compound decides ("skolsköterska"). */
function sideOf(role: string, { headings }: Lexicon): Side | null {
  const text = role.toLowerCase();
  let best: { side: Side; length: number } | null = null;
  for (const side of sides)
    for (const word of headings.speakers[side])
      if (text.includes(word) && word.length > (best?.length ?? 0)) best = { side, length: word.length };
  return best?.side ?? null;
}

function pronounOf(role: string, { headings, language }: Lexicon): string {
  const word = role.toLowerCase();
  const has = (list: readonly string[]): boolean => list.includes(word);
  if (language === "en") return has(headings.feminine) ? "she" : has(headings.masculine) ? "he" : "they";
  return has(headings.feminine) ? "hon" : has(headings.masculine) ? "han" : "hen";
}

/** A role in the definite form: "klient" → "klienten", "Lärare" → "läraren"; what has a number or a name stays. */
export function definite(role: string, { language, headings }: Lexicon): string {
  const lower = role.toLowerCase();
  if (language === "en") return /^the\s/u.test(lower) ? lower : /\d/u.test(role) ? role : `the ${lower}`;
  const last = lower.split(/\s+/u).at(-1) ?? "";
  if (/\d/u.test(lower) || /^(?:ett|två|tre|fyra|fem|sex|a|b|c)$/u.test(last)) return capitalise(lower);
  if (/\s/u.test(lower)) return lower === "god man" ? "gode mannen" : lower;
  if (isDefinite(lower)) return lower;
  if (headings.neuter.some((word) => lower.endsWith(word))) return lower.endsWith("e") ? `${lower}t` : `${lower}et`;
  if (/(?:[aeo]|are|nde|er|el|or)$/u.test(lower)) return `${lower}n`;
  if (lower.endsWith("man")) return `${lower}nen`;
  return `${lower}en`;
}

/** "Räddningstjänsten", "Kommunen", "Elnätsbolaget", "Polisen": names of bodies stand in the definite form already. */
const isDefinite = (word: string): boolean =>
  /(?:tjänsten|kommunen|polisen|regionen|kassan|skolan|kyrkan|nämnden|förvaltningen|förmedlingen|verket|bolaget|företaget|teamet|hälsan|mottagningen|avdelningen|enheten|jouren|centralen|sjukhuset|förskolan|boendet|hemmet|gruppen|ledningen|rätten|myndigheten|styrelsen|föreningen)$/u.test(
    word,
  );

/** Where no role tells: the one who asks most is taken for the professional, for weight and order, never for a name. */
export function guessSides(people: readonly Person[], questions: ReadonlyMap<string, number>): Map<string, Side> {
  const guessed = new Map<string, Side>();
  if (people.length < 2 || people.some(({ side }) => side !== null)) return guessed;
  // Many at one table: colleagues more often than not.
  if (people.length > 4) return new Map(people.map(({ id }) => [id, "professional"]));
  const ranked = people.toSorted((a, b) => (questions.get(b.id) ?? 0) - (questions.get(a.id) ?? 0));
  const [first, second] = ranked.map(({ id }) => questions.get(id) ?? 0);
  if (first === undefined || first < 3 || first < 1.5 * (second ?? 0)) return guessed;
  for (const person of people) guessed.set(person.id, person === ranked[0] ? "professional" : "person");
  return guessed;
}
