// The words that carry the meaning must have been said, by stem. Runs anywhere.
import { contentStems, stem } from "../language/stem.ts";
import { tokenise } from "../language/tokens.ts";
import { stemsOf } from "../sentences/sentence-stems.ts";
import type { Split } from "../sentences/split.ts";
import type { Finding, Ground } from "./claim.ts";
import { evidenceLexicon } from "./evidence-lexicon.ts";
import { isPointedAt } from "./names.ts";
import { isSaid } from "./match-clauses.ts";

export function checkWords(ground: Ground): Finding[] {
  const { claims, sentences, lexicon, split } = ground;
  const own = evidenceLexicon(lexicon.language);
  const said = new Set(
    sentences.flatMap((sentence) => [...stemsOf(sentence, lexicon), ...contentStems(sentence.spoken, lexicon)]),
  );
  const saysWho = sentences.some(({ words }) => words.some((word) => own.lists.pronouns.has(word)));
  const people = new Set(
    split.meetings.flatMap(({ people: all }) =>
      all.flatMap(({ label, names }) => contentStems([label, ...names].join(" "), lexicon)),
    ),
  );
  const framing = new Set(
    [
      ...own.lists.framing,
      ...own.lists.uncertain,
      ...own.lists.lacking,
      ...own.lists.not,
      ...own.lists.approximate,
    ].map((word) => stem(word, lexicon.language)),
  );
  const standIns = new Set(saysWho ? [...own.lists.standIns].map((word) => stem(word, lexicon.language)) : []);
  // Numbers and names are judged by checks of their own.
  const named = new Set(
    claims.flatMap(({ text }) =>
      tokenise(text)
        .filter(({ text: word, lower }, at) => /^\p{Lu}/u.test(word) && (at > 0 || isPointedAt(lower, ground)))
        .flatMap(({ lower }) => contentStems(lower, lexicon)),
    ),
  );
  const meant = pointedAt(ground);
  const judged = claims.map((claim) => {
    const stems = [...new Set(claim.stems)].filter(
      (known) =>
        !framing.has(known) &&
        !people.has(known) &&
        !isSaid(known, people, own.same) &&
        !standIns.has(known) &&
        !/\p{N}/u.test(known),
    );
    const missing = stems.filter(
      (known) => !isSaid(known, said, own.same) && !named.has(known) && !isSaid(known, meant, own.same),
    );
    return { stems, missing };
  });
  const stems = judged.flatMap((claim) => claim.stems);
  const missing = judged.flatMap((claim) => claim.missing);
  if (stems.length === 0 || missing.length === 0) return [];
  const share = missing.length / stems.length;
  const shown = (wanted: readonly string[]): string =>
    wordsOf(wanted, claims.map(({ text }) => text).join(" "), lexicon);
  const against = opposites(missing, said, own.opposites);
  if (against !== null) return [{ code: "opposite", weight: "against", detail: shown([against]) }];
  const detail = shown(missing);
  if (share > 0.4 || (stems.length <= 3 && share > 0.34)) return [{ code: "words", weight: "against", detail }];
  // Who retells puts in a verb of their own more often than a thing.
  const isVerb = tokenise(detail).some(({ lower }) => isVerbForm(lower, lexicon));
  if (missing.length === 1 && share <= (isVerb ? 0.34 : 0.17)) return [];
  return share > 0.12 || missing.length >= 3 ? [{ code: "words", weight: "doubt", detail }] : [];
}

const isVerbForm = (word: string, { verbs }: Ground["lexicon"]): boolean =>
  verbs.finite.has(word) || verbs.infinitives.has(word) || verbs.supines.has(word);

/** The missing stem whose opposite was said, or null: "ökat" where "minskat" was said. */
const opposites = (
  missing: readonly string[],
  said: ReadonlySet<string>,
  pairs: ReadonlyMap<string, ReadonlySet<string>>,
): string | null => missing.find((known) => [...(pairs.get(known) ?? [])].some((other) => said.has(other))) ?? null;

/**
 * What "den" or "hon" in the cited talk may point back to: words said just before, and, of a person, what kin was spoken
 * of anywhere in the talk.
 */
function pointedAt({ sentences, split, lexicon }: Ground): ReadonlySet<string> {
  const { lists } = evidenceLexicon(lexicon.language);
  const stems = new Set<string>();
  for (const { words, index } of sentences) {
    if (words.some((word) => lists.things.has(word)))
      for (const sentence of split.sentences.slice(Math.max(0, index - 3), index))
        for (const known of stemsOf(sentence, lexicon)) stems.add(known);
    if (words.some((word) => lists.third.has(word))) for (const known of kinIn(split, lexicon)) stems.add(known);
  }
  return stems;
}

/** The words for kin that were said anywhere in the talk. */
const kinSaid = new WeakMap<Split, ReadonlySet<string>>();
function kinIn(split: Split, lexicon: Ground["lexicon"]): ReadonlySet<string> {
  const known = kinSaid.get(split);
  if (known !== undefined) return known;
  const kin = new Set([...evidenceLexicon(lexicon.language).lists.kin].map((word) => stem(word, lexicon.language)));
  const found = new Set(
    split.sentences.flatMap((sentence) => stemsOf(sentence, lexicon).filter((word) => isSaid(word, kin, new Map()))),
  );
  kinSaid.set(split, found);
  return found;
}

function wordsOf(stems: readonly string[], text: string, lexicon: Ground["lexicon"]): string {
  const words = tokenise(text).filter(
    ({ isWord, text: word }) => isWord && contentStems(word, lexicon).some((known) => stems.includes(known)),
  );
  return [...new Set(words.map(({ lower }) => lower))].slice(0, 3).join(", ");
}
