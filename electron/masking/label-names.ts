// Which words of a passage are names, and of what. Where capitals are written they are the first witness; at the start of a
// sentence, and where a recogniser wrote none, lists and the words beside decide. Runs anywhere.
import { endsWithPhrase, type ReadPassage } from "./document.ts";
import type { Lexicon } from "./lexicon.ts";
import { endsLikePlace, endsLikeSurname, type Evidence, isClipped } from "./name-evidence.ts";
import type { Token } from "./words.ts";

export type NameLabel = "given" | "surname" | "name" | "place" | "organisation";
export const isPerson = (label: NameLabel | null | undefined): boolean =>
  label === "given" || label === "surname" || label === "name";

/** Names that the meeting has already given away, by their base. */
export interface KnownNames {
  readonly labels: ReadonlyMap<string, NameLabel>;
  /** Known names without their last letter, as a recogniser may leave it out. */
  readonly clipped: ReadonlyMap<string, NameLabel>;
}

export interface Labelling {
  readonly passage: ReadPassage;
  readonly lexicon: Lexicon;
  readonly evidence: (token: Token) => Evidence;
  readonly known: KnownNames | null;
}

/** Words that may stand between "heter" and the name. */
const fillers = new Set(["eh", "ehm", "alltså", "ju", "liksom", "ja", "öh", "um", "uh", "er", "på", "också"]);
const called: ReadonlySet<string> = new Set(["heter", "hette", "kallas", "kallad", "named", "called"]);
/** What only people do. */
const personal =
  /^(?:säger|sa|sade|ringer|ringde|vill|ville|mår|tycker|tyckte|bor|bodde|jobbar|jobbade|berättar|berättade|frågar|frågade|undrar|undrade|lovade|mejlar|mejlade|hämtar|hämtade|said|says|rang|rings|called|lives|lived|thinks|told|asked|asks)$/u;
const roleEnding =
  /(?:are|ör|ist|chef|sköterska|pedagog|terapeut|person|förälder|havare|sekreterare|ledare|worker|er)$/u;

/** One label, or null, for each word of the passage. */
export function labelNames(labelling: Labelling): (NameLabel | null)[] {
  const { passage, lexicon } = labelling;
  const labels: (NameLabel | null)[] = [];
  const skipped = phrasesIn(passage.tokens, lexicon.notNamePhrases);
  const longPlaces = phrasesIn(passage.tokens, lexicon.longPlaces);
  passage.tokens.forEach((token, at) => {
    if (longPlaces.has(at) && (token.isCapital || !passage.isCased)) labels.push("place");
    else if (token.isDigits || skipped.has(at)) labels.push(null);
    else labels.push(passage.isCased ? casedLabel(labelling, at, labels) : caselessLabel(labelling, at, labels));
  });
  return labels;
}

/** Whether a label stands directly before, with nothing but a space between. */
function follows({ text, tokens }: ReadPassage, at: number): boolean {
  const before = tokens[at - 1];
  const token = tokens[at];
  return before !== undefined && token !== undefined && /^[  ]$/u.test(text.slice(before.end, token.start));
}

function casedLabel(
  { passage, lexicon, evidence, known }: Labelling,
  at: number,
  labels: readonly (NameLabel | null)[],
): NameLabel | null {
  const token = passage.tokens[at] as Token;
  const own = evidence(token);
  const learned = known?.labels.get(own.base);
  const afterName = follows(passage, at) && isPerson(labels[at - 1]);
  if (!token.isCapital) {
    const isSafe = !own.isOrdinary && !own.isAlsoWord && !own.isFunction && !own.isNotName;
    return learned !== undefined && isSafe && token.text.length > 2 ? learned : null;
  }
  if (token.text.length === 1) return afterName && labels[at - 1] === "given" ? "surname" : null;
  if (afterName && !token.isFirst && !own.isFunction && !own.isAcronym)
    return own.isGiven && !own.isSurname ? "given" : "surname";
  if (own.isNotName) return null;
  if (own.isAcronym && !(own.isGiven && !own.isAlsoWord)) return null;
  if (passage.isName === true) return nameLabel(own, token, lexicon);
  if (token.isFirst) return firstLabel({ passage, lexicon, evidence, known }, at, own);
  const isDirected = lexicon.cues.placeFirsts.has(passage.tokens[at - 1]?.lower ?? "");
  const where = endsWithPhrase(passage.tokens, isDirected ? at - 2 : at - 1, lexicon.cues.where);
  if (own.isPlace && (where || !own.isGiven)) return "place";
  if (own.isGiven) return "given";
  if (own.isSurname) return "surname";
  if (
    lexicon.cues.placeFirsts.has(token.lower) &&
    passage.tokens[at + 1]?.isCapital === true &&
    follows(passage, at + 1)
  )
    return "place";
  if (own.isFunction || lexicon.cues.kin.has(token.lower) || lexicon.cues.titles.has(token.lower)) return null;
  if (isSchool(token.lower, lexicon)) return "organisation";
  if (endsWithPhrase(passage.tokens, at - 1, called)) return "name";
  // English writes titles and languages with capitals, Swedish only names.
  if (own.isOrdinary) return lexicon.language === "sv" ? "organisation" : null;
  return where ? "place" : "name";
}

/** In a speaker's name a word of the language is a role, unless it is a name as well. */
function nameLabel(own: Evidence, token: Token, { cues }: Lexicon): NameLabel | null {
  if (own.isGiven) return "given";
  if (own.isSurname) return "surname";
  if (own.isOrdinary || own.isFunction || cues.kin.has(token.lower) || cues.titles.has(token.lower)) return null;
  return roleEnding.test(token.lower) || !(own.isUnknown || own.isProper) ? null : "name";
}

/** A capital at the start of a sentence tells nothing by itself. */
function firstLabel({ passage, lexicon, evidence, known }: Labelling, at: number, own: Evidence): NameLabel | null {
  const { tokens } = passage;
  const token = tokens[at] as Token;
  const next = tokens[at + 1];
  const isBeside = next !== undefined && follows(passage, at + 1);
  const nextOwn = next === undefined ? null : evidence(next);
  const nextIsName =
    isBeside &&
    next !== undefined &&
    next.isCapital &&
    nextOwn !== null &&
    !nextOwn.isNotName &&
    !nextOwn.isFunction &&
    !nextOwn.isAcronym &&
    next.text.length > 1;
  const doesSomething = isBeside && lexicon.cues.speech.has(next?.lower ?? "");
  const isVerb = lexicon.cues.verbNames.has(own.base);
  const learned = known?.labels.get(own.base);
  if (own.isFunction && !(own.isGiven && nextIsName && nextOwn?.isSurname && !nextOwn.isGiven)) return null;
  if (own.isGiven && !own.isAlsoWord) return "given";
  if (own.isGiven && (nextIsName || (doesSomething && !isVerb))) return "given";
  if (learned !== undefined && !own.isFunction && (!own.isAlsoWord || doesSomething || isAlone(passage, at)))
    return learned;
  if (own.isPlace && !own.isOrdinary) return "place";
  if (own.isSurname && !own.isOrdinary) return "surname";
  if (own.isSurname && nextIsName && nextOwn?.isSurname) return "surname";
  if (isSchool(token.lower, lexicon) && !own.isOrdinary) return "organisation";
  if (own.isFunction || own.isOrdinary || own.isGiven || lexicon.cues.titles.has(token.lower)) return null;
  if (own.isProper) return endsLikePlace(own.base, lexicon) ? "place" : "name";
  if (!own.isUnknown || token.text.length < 3 || token.text.length > 13) return null;
  return nextIsName || doesSomething ? "name" : null;
}

/** "Björn, har du …?", "Stig." */
function isAlone({ text, tokens }: ReadPassage, at: number): boolean {
  const token = tokens[at] as Token;
  return /^[,.?!]/u.test(text.slice(token.end, token.end + 1));
}

function caselessLabel(
  { passage, lexicon, evidence, known }: Labelling,
  at: number,
  labels: readonly (NameLabel | null)[],
): NameLabel | null {
  const { tokens } = passage;
  const { cues } = lexicon;
  const token = tokens[at] as Token;
  const own = evidence(token);
  const before = follows(passage, at) ? labels[at - 1] : null;
  if (own.isFunction && !(own.isGiven && token.isCapital)) return null;
  // "svea l": the letter of a class list.
  if (before === "given" && /^[a-hj-z]$/u.test(token.lower)) return "surname";
  if (before === "given" || before === "name") {
    if (own.isSurname && !cues.verbNames.has(own.base)) return "surname";
    if (own.isGiven && !own.isAlsoWord) return "given";
    const isOpen = own.isUnknown || own.isProper;
    if (isOpen && (endsLikeSurname(own.base, lexicon) || lexicon.clippedSurnames.has(own.base))) return "surname";
    if (isOpen && token.text.length > 3 && endsWithPhrase(tokens, at - 2, cues.naming)) return "surname";
  }
  if (own.isNotName || token.text.length < 2) return null;
  const back = tokens[at - 1] !== undefined && fillers.has((tokens[at - 1] as Token).lower) ? at - 2 : at - 1;
  const named = endsWithPhrase(tokens, back, cues.naming) || endsWithPhrase(tokens, at - 1, cues.naming);
  const related = cues.kin.has(tokens[at - 1]?.lower ?? "") || cues.titles.has(tokens[at - 1]?.lower ?? "");
  // "i östra fallby"
  const beforePlace = cues.placeFirsts.has(tokens[at - 1]?.lower ?? "") ? at - 2 : at - 1;
  const where = endsWithPhrase(tokens, beforePlace, cues.where);
  const doesSomething = cues.speech.has(tokens[at + 1]?.lower ?? "");
  if (own.isPlace && !own.isOrdinary && (where || !own.isGiven)) return "place";
  if (own.isGiven && !own.isAlsoWord) return "given";
  if (own.isSurname && !own.isOrdinary) return "surname";
  const isVerb = cues.verbNames.has(own.base);
  const toward = endsWithPhrase(tokens, at - 1, cues.toward);
  const next = tokens[at + 1];
  const nextOwn = next === undefined || !follows(passage, at + 1) ? null : evidence(next);
  const beforeSurname =
    nextOwn !== null &&
    !nextOwn.isOrdinary &&
    !nextOwn.isGiven &&
    (nextOwn.isSurname || (nextOwn.isUnknown && endsLikeSurname(nextOwn.base, lexicon)));
  if (own.isGiven && (beforeSurname || (!isVerb && nextOwn?.isSurname === true && named))) return "given";
  const doesAsPerson = personal.test(next?.lower ?? "");
  if (own.isGiven && !isVerb && (named || related || doesAsPerson || isPaired(passage, at, evidence))) return "given";
  if (own.isGiven && !own.isFunction && /^(?:heter|hette|named|called)$/u.test(tokens[back]?.lower ?? ""))
    return "given";
  const learned = known?.labels.get(own.base) ?? (own.isUnknown ? known?.clipped.get(own.base) : undefined);
  if (
    learned !== undefined &&
    !isVerb &&
    ((!own.isOrdinary && !own.isAlsoWord) || named || related || toward || doesSomething)
  )
    return learned;
  if (isSchool(own.base, lexicon) && !own.isOrdinary) return "organisation";
  if (own.isOrdinary || !(own.isUnknown || own.isProper) || token.text.length < 3) return null;
  if (where && (own.isProper || endsLikePlace(own.base, lexicon))) return "place";
  const isCalled = /^(?:heter|hette|kallas|namn|named|called)$/u.test(tokens[back]?.lower ?? "");
  if (isCalled || (beforeSurname && nextOwn.isSurname)) return "name";
  if (own.isProper) return related || toward || doesSomething ? "name" : null;
  const isTold = related || doesAsPerson || /^(?:har|var|är|kommer|is|was|has)$/u.test(next?.lower ?? "");
  return isTold && token.text.length > 3 && token.text.length < 20 && !isClipped(own.base, lexicon) ? "name" : null;
}

/** "lisa och björn": beside a name that is beyond doubt. */
function isPaired({ tokens }: ReadPassage, at: number, evidence: (token: Token) => Evidence): boolean {
  const isAnd = (index: number): boolean => /^(?:och|and|eller|or)$/u.test(tokens[index]?.lower ?? "");
  const isSure = (index: number): boolean => {
    const token = tokens[index];
    if (token === undefined) return false;
    const own = evidence(token);
    return own.isGiven && !own.isAlsoWord;
  };
  return (isAnd(at - 1) && isSure(at - 2)) || (isAnd(at + 1) && isSure(at + 2));
}

function isSchool(lower: string, { cues }: Lexicon): boolean {
  if (cues.commonSchools.has(lower)) return false;
  return cues.schoolEndings.some((ending) => lower.length > ending.length + 2 && lower.endsWith(ending));
}

/** Indexes of the words of phrases like "Upplands Väsby" or "Lex Sarah". */
function phrasesIn(
  tokens: readonly Token[],
  phrases: ReadonlyMap<string, readonly (readonly string[])[]>,
): ReadonlySet<number> {
  const found = new Set<number>();
  tokens.forEach(({ lower }, at) => {
    for (const rest of phrases.get(lower) ?? []) {
      const isHere = rest.every((word, offset) => {
        const own = tokens[at + 1 + offset]?.lower;
        return own === word || own === `${word}s`;
      });
      if (isHere) for (let index = at; index <= at + rest.length; index += 1) found.add(index);
    }
  });
  return found;
}
