// What a single word could be: given name, surname, place, or a word of the language. Runs anywhere.
import { type Lexicon, soundOf } from "./lexicon.ts";
import { isAcronym, type Token, withoutGenitive } from "./words.ts";

export interface Evidence {
  /** The word without a genitive, where it is known so and not as it stands. */
  readonly base: string;
  readonly isGiven: boolean;
  /** A given name that is more often an ordinary word. */
  readonly isAlsoWord: boolean;
  readonly isSurname: boolean;
  readonly isPlace: boolean;
  readonly isNotName: boolean;
  readonly isFunction: boolean;
  readonly isOrdinary: boolean;
  /** Neither the dictionary nor a compound of its words. */
  readonly isUnknown: boolean;
  /** Known to the dictionary with a capital only. */
  readonly isProper: boolean;
  readonly isAcronym: boolean;
}

/** Endings that make an unknown word a surname wherever it stands. */
const strongEndings =
  /(?:sson|sdotter|qvist|kvist|ström|stroem|berg|lund|gren|dahl|stedt|blad|borg|nen|ović|ovic|evic|wicz|ewski|owski|enko|oglu|oğlu|zadeh)$/u;

/** Evidence for the words of one meeting, each looked up once. */
export function evidenceIn(lexicon: Lexicon): (token: Token) => Evidence {
  const known = new Map<string, Evidence>();
  return (token) => {
    const key = token.text;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = evidenceOf(token, lexicon);
    if (known.size < 50_000) known.set(key, found);
    return found;
  };
}

function evidenceOf(token: Token, lexicon: Lexicon): Evidence {
  const { lower } = token;
  const base = baseOf(lower, lexicon);
  const word = lexicon.classOf(base);
  const whole = lexicon.classOf(lower);
  const isOrdinary = word === "ordinary" || whole === "ordinary";
  const isUnknown = word === "unknown" && whole === "unknown";
  const isGiven =
    lexicon.given.has(base) ||
    isDoubleGiven(base, lexicon) ||
    (isUnknown && base.length > 3 && lexicon.givenSounds.has(soundOf(base)));
  const isListed = lexicon.surnames.has(base);
  return {
    base,
    isGiven,
    isAlsoWord: lexicon.alsoWords.has(base),
    isSurname: isListed || (isUnknown && base.length > 5 && strongEndings.test(base)),
    isPlace: lexicon.places.has(base),
    isNotName: lexicon.notNames.has(base) || lexicon.notNames.has(lower) || lexicon.shorthands.has(token.text),
    isFunction: lexicon.cues.functionWords.has(lower),
    isOrdinary,
    isUnknown,
    isProper: word === "name" || whole === "name",
    isAcronym: isAcronym(token),
  };
}

/** "annas" → "anna" where only the latter is known; "markus" stays. */
function baseOf(lower: string, lexicon: Lexicon): string {
  const isKnown = (word: string): boolean =>
    lexicon.given.has(word) || lexicon.surnames.has(word) || lexicon.places.has(word) || isDoubleGiven(word, lexicon);
  // "klass" is no genitive of Klas.
  if (isKnown(lower) || lexicon.classOf(lower) === "ordinary") return lower;
  const cut = withoutGenitive(lower);
  if (cut === lower) return lower;
  if (isKnown(cut) || /['’]/u.test(lower)) return cut;
  return lexicon.classOf(lower) === "unknown" && lexicon.classOf(cut) === "name" ? cut : lower;
}

/** "Anna-Lisa", also where the list has only its parts. */
function isDoubleGiven(word: string, { given, surnames, classOf }: Lexicon): boolean {
  const [first = "", second = "", ...more] = word.split(/[-‑]/u);
  if (more.length > 0 || first.length < 2 || second.length < 2) return false;
  const isName = (part: string): boolean => given.has(part) || surnames.has(part);
  return isName(first) && (isName(second) || classOf(second) === "unknown" || classOf(second) === "name");
}

const letters = "abcdefghijklmnopqrstuvwxyzåäö";

/** An unknown word that is a word of the language as soon as a letter is added: a recogniser's slip, no name. */
export function isClipped(base: string, { classOf }: Lexicon): boolean {
  for (const letter of letters) {
    const word = classOf(base + letter);
    if (word === "ordinary" || word === "compound") return true;
  }
  return false;
}

/** Whether an unknown word ends like a surname; used where a given name stands before it. */
export const endsLikeSurname = (base: string, { surnameEndings }: Lexicon): boolean =>
  surnameEndings.some((ending) => base.length >= ending.length + 2 && base.endsWith(ending));

export const endsLikePlace = (base: string, { placeEndings }: Lexicon): boolean =>
  placeEndings.some((ending) => base.length >= ending.length + 3 && base.endsWith(ending));
