// Names in an item must have been said in what it cites, be the name of somebody at the table, or be the one that a
// "han" or "hon" there points back to. Runs anywhere.
import { tokenise } from "../language/tokens.ts";
import type { Sentence } from "../sentences/split.ts";
import type { Finding, Ground } from "./claim.ts";
import { evidenceLexicon } from "./evidence-lexicon.ts";

/**
 * How many sentences back a pronoun may point; how often somebody is named, or how early, who is what the talk is about.
 */
const [reach, oftenNamed, opening] = [8, 3, 3];

export function checkNames(ground: Ground): Finding[] {
  const { item, sentences, split, lexicon } = ground;
  const said = new Set(sentences.flatMap(wordsIn));
  const people = new Set(
    split.meetings.flatMap(({ people: own }) =>
      own.flatMap(({ label, names }) => [...label.toLowerCase().split(/\s+/u), ...names]),
    ),
  );
  const tokens = tokenise(item.text);
  const findings: Finding[] = [];
  for (const [at, { text, lower, isWord }] of tokens.entries()) {
    if (!isWord || !/^\p{Lu}\p{L}/u.test(text)) continue;
    const before = tokens[at - 1]?.text ?? ".";
    const next = tokens[at + 1]?.text ?? "";
    // The first word of a sentence has its capital from there, unless another follows it: "Bengt Ekdahl", not "Kusinen Milo".
    const opensName = /^\p{Lu}\p{Ll}/u.test(next) && !(lower.length > 5 && /(?:[eo]n|rn|et|or)$/u.test(lower));
    if (
      /^[.!?:;”"“]$/u.test(before) &&
      (lexicon.lists.stop.has(lower) || (!isNameLike(lower, sentences, said) && !opensName))
    )
      continue;
    const forms = [lower, lower.replace(/s$/u, ""), `${lower}s`, lower.replace(/['’]s$/u, "")];
    if (forms.some((form) => said.has(form) || people.has(form)) || forms.some((form) => isPointedAt(form, ground)))
      continue;
    findings.push({ code: "name", weight: "against", detail: text });
  }
  return findings;
}

/** The sentences by their words, "Alvas" under "alva" too: a long meeting is asked about many names. */
const byWord = new WeakMap<Ground["split"], ReadonlyMap<string, readonly Sentence[]>>();
function namedIn(split: Ground["split"]): ReadonlyMap<string, readonly Sentence[]> {
  const known = byWord.get(split);
  if (known !== undefined) return known;
  const found = new Map<string, Sentence[]>();
  for (const sentence of split.sentences)
    for (const word of new Set(wordsIn(sentence).flatMap((own) => [own, own.replace(/['’]?s$/u, "")]))) {
      const list = found.get(word);
      if (list === undefined) found.set(word, [sentence]);
      else list.push(sentence);
    }
  byWord.set(split, found);
  return found;
}

/** Place of the meeting's first sentence. */
const startOf = ({ sentences }: Ground["split"], meeting: number): number | undefined =>
  sentences.find((sentence) => sentence.meeting === meeting)?.index;

/** A long meeting is asked about many names: its sentences are cut into words once. */
const cut = new WeakMap<Sentence, readonly string[]>();
function wordsIn(sentence: Sentence): readonly string[] {
  const known = cut.get(sentence) ?? [...sentence.words, ...tokenise(sentence.spoken).map(({ lower }) => lower)];
  cut.set(sentence, known);
  return known;
}

/** "Hon" in what is cited, and somebody of this name spoken of just before or again and again. */
export function isPointedAt(
  name: string,
  { sentences, split, lexicon }: Pick<Ground, "sentences" | "split" | "lexicon">,
): boolean {
  const { lists } = evidenceLexicon(lexicon.language);
  const pointing = sentences.filter((sentence) => wordsIn(sentence).some((word) => lists.third.has(word)));
  if (pointing.length === 0) return false;
  const naming = namedIn(split).get(name) ?? [];
  const isSubject = naming.some(({ index, meeting }) => index - (startOf(split, meeting) ?? 0) < opening);
  if (naming.length >= oftenNamed || isSubject) return true;
  // "Jag ringde Bengt. Han sa …" points to Bengt.
  const first = pointing.find(({ tokens, index }) => {
    const at = tokens.findIndex(({ lower }) => lists.third.has(lower));
    const earlier = sentences
      .filter((sentence) => sentence.index < index)
      .flatMap((sentence) => sentence.tokens.slice(1));
    return ![...earlier, ...tokens.slice(1, Math.max(1, at))].some(({ text }) => /^\p{Lu}\p{Ll}/u.test(text));
  });
  if (first === undefined) return false;
  return naming.some(({ index }) => index < first.index && index >= first.index - reach);
}

/** A word at the start of a sentence counts as a name only when it was said as one somewhere. */
const isNameLike = (lower: string, sentences: Ground["sentences"], said: ReadonlySet<string>): boolean =>
  !said.has(lower) &&
  sentences.some(({ tokens }) => tokens.some((token) => token.lower === lower && /^\p{Lu}/u.test(token.text)));
