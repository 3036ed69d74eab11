// Pronouns turned from the speaker's to the record's: "jag" → "hen" or "klienten", "din" → "klientens". Runs anywhere.
// Null where it cannot be told who is meant.
import type { LexiconLanguage } from "../lexicon.ts";
import type { Person } from "../understand/people.ts";
import { newToken, type Token } from "../language/tokens.ts";

export interface Voice {
  readonly speaker: Person;
  /** Whom "du" means; null when it cannot be told. */
  readonly addressee: Person | null;
  /** How the speaker is called: by pronoun after "uppger att", by label in a clause of its own. */
  readonly by: "pronoun" | "label";
}

type Subject = "speaker" | "group" | "addressee" | "other";

const swedishObject: Readonly<Record<string, string>> = { hen: "hen", hon: "henne", han: "honom" };
const swedishOwn: Readonly<Record<string, string>> = {
  min: "sin",
  mitt: "sitt",
  mina: "sina",
  din: "sin",
  ditt: "sitt",
  dina: "sina",
  vår: "sin",
  vårt: "sitt",
  våra: "sina",
};

/** Who the subject of these words is, by its first pronoun. */
export function subjectOf(words: readonly string[], language: LexiconLanguage): Subject {
  const first = words.find((word) =>
    (language === "sv"
      ? /^(?:jag|du|vi|ni|han|hon|hen|den|det|de|dom|man)$/u
      : /^(?:i|you|we|he|she|it|they|i'm|i'll|i've|i'd)$/u
    ).test(word),
  );
  if (first === "jag" || (first?.startsWith("i") === true && first !== "it")) return "speaker";
  if (first === "vi" || first === "we") return "group";
  return first === "du" || first === "you" ? "addressee" : "other";
}

/** The tokens in the third person. `subject` decides between "sin" and "hens". */
export function toThirdPerson(
  tokens: readonly Token[],
  voice: Voice,
  subject: Subject,
  language: LexiconLanguage,
): Token[] | null {
  const turned: Token[] = [];
  let current = subject;
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1]?.lower ?? "";
    if (opensSubordinate.test(token.lower) && !(token.lower === "att" && infinitive.test(next)))
      current = /^(?:jag|vi|du|i|we|you)$/u.test(next) ? subjectOf([next], language) : "other";
    else if (/^(?:jag|vi|du|han|hon|de|man)$/u.test(token.lower)) current = subjectOf([token.lower], language);
    const spring =
      token.lower === "vår" &&
      tokens[at - 1]?.lower === "i" &&
      (!/^\p{L}{4,}/u.test(tokens[at + 1]?.lower ?? "") ||
        /^(?:första|andra|tredje|sista|eller|efter|innan|igen|också|därför)$/u.test(tokens[at + 1]?.lower ?? ""));
    const word =
      language === "sv"
        ? spring
          ? undefined
          : swedishWord(token.lower, voice, current)
        : englishWord(token.lower, voice, current, next);
    if (word === null) return null;
    if (word === undefined) turned.push(token);
    else
      for (const [place, part] of word.split(" ").entries())
        turned.push({ ...newToken(part), spaced: place > 0 || token.spaced || at > 0 });
  }
  return turned;
}

/** Words after which another subject may stand than in the main clause. */
const opensSubordinate =
  /^(?:att|som|om|när|eftersom|innan|medan|tills|fast|ifall|vad|hur|varför|that|which|who|if|when|because|before|while|until|although|whether)$/u;
const infinitive = /^(?:\p{L}{2,}a|få|gå|se|ta|ge|bli|ha|stå|må|bo|dö|nå|inte|bara)$/u;

const genitive = (label: string): string => (/[sxz]$/u.test(label) ? label : `${label}s`);

/** Undefined: the word stays. Null: it cannot be told who is meant. */
function swedishWord(word: string, { speaker, addressee, by }: Voice, subject: Subject): string | null | undefined {
  switch (word) {
    case "jag":
      return by === "pronoun" ? speaker.pronoun : speaker.label;
    case "mig":
    case "mej":
      return subject === "speaker"
        ? "sig"
        : by === "pronoun"
          ? (swedishObject[speaker.pronoun] ?? speaker.pronoun)
          : speaker.label;
    case "min":
    case "mitt":
    case "mina":
      if (subject === "speaker") return swedishOwn[word];
      return by === "pronoun"
        ? speaker.pronoun === "hon"
          ? "hennes"
          : `${speaker.pronoun}s`
        : genitive(speaker.label);
    case "vi":
    case "dom":
      return "de";
    case "oss":
      return subject === "group" ? "sig" : "dem";
    case "vår":
    case "vårt":
    case "våra":
      return subject === "group" ? swedishOwn[word] : "deras";
    case "du":
      return addressee === null ? null : addressee.label;
    case "dig":
    case "dej":
      return addressee === null ? null : subject === "addressee" ? "sig" : addressee.label;
    case "din":
    case "ditt":
    case "dina":
      return addressee === null ? null : subject === "addressee" ? swedishOwn[word] : genitive(addressee.label);
    case "ni":
    case "er":
    case "ert":
    case "era":
      return null;
    case "sej":
      return "sig";
    case "nåt":
      return "något";
    case "nån":
      return "någon";
    case "dan":
      return "dagen";
    case "sen":
      return "sedan";
    default:
      return undefined;
  }
}

function englishWord(
  word: string,
  { speaker, addressee, by }: Voice,
  subject: Subject,
  next: string,
): string | null | undefined {
  const own = by === "pronoun" ? speaker.pronoun : speaker.label;
  const plural = own === "they";
  const possessive = own === "they" ? "their" : own === "she" ? "her" : own === "he" ? "his" : `${own}'s`;
  const object = own === "they" ? "them" : own === "she" ? "her" : own === "he" ? "him" : own;
  switch (word) {
    case "i":
      return own;
    case "i'm":
    case "i’m":
      return `${own} ${plural ? "are" : "is"}`;
    case "i've":
    case "i’ve":
      return `${own} ${plural ? "have" : "has"}`;
    case "i'll":
    case "i’ll":
      return `${own} will`;
    case "i'd":
    case "i’d":
      return `${own} would`;
    case "am":
      return plural ? "are" : "is";
    case "was":
      return subject === "speaker" && plural && next !== "" ? "were" : undefined;
    case "me":
      return object;
    case "my":
      return possessive;
    case "mine":
      return plural ? "theirs" : `${own}'s`;
    case "myself":
      return plural ? "themselves" : own === "she" ? "herself" : own === "he" ? "himself" : own;
    case "we":
      return "they";
    case "we're":
    case "we’re":
      return "they are";
    case "we'll":
    case "we’ll":
      return "they will";
    case "we've":
    case "we’ve":
      return "they have";
    case "us":
      return "them";
    case "our":
      return "their";
    case "you":
      return addressee === null ? null : addressee.label;
    case "your":
      return addressee === null ? null : `${addressee.label}'s`;
    case "you're":
    case "you’re":
      return addressee === null ? null : `${addressee.label} is`;
    case "you'll":
    case "you’ll":
      return addressee === null ? null : `${addressee.label} will`;
    case "yourself":
    case "yours":
      return null;
    default:
      return undefined;
  }
}
