// Most of an item must be words that were said where it points, that name somebody at the table, or that retell. What is
// no language at all has nothing that the other checks could find wrong. Runs anywhere.
import { contentStems } from "../language/stem.ts";
import { tokenise } from "../language/tokens.ts";
import { stemsOf } from "../sentences/sentence-stems.ts";
import type { Finding, Ground } from "./claim.ts";
import { evidenceLexicon } from "./evidence-lexicon.ts";
import { isSaid } from "./match-clauses.ts";

export function checkReadable({ item, sentences, split, lexicon }: Ground): Finding[] {
  const own = evidenceLexicon(lexicon.language);
  const runs = item.text.split(/\s+/u).filter((run) => /[^\p{P}]/u.test(run));
  const people = split.meetings.flatMap(({ people: all }) =>
    all.flatMap(({ label, names }) => [...label.toLowerCase().split(/\s+/u), ...names]),
  );
  const words = new Set([
    ...people,
    ...sentences.flatMap(({ words: said, spoken }) => [...said, ...tokenise(spoken).map(({ lower }) => lower)]),
  ]);
  const stems = new Set(sentences.flatMap((one) => [...stemsOf(one, lexicon), ...contentStems(one.spoken, lexicon)]));
  const isKnown = (word: string): boolean =>
    words.has(word) ||
    words.has(word.replace(/s$/u, "")) ||
    Object.values(lexicon.lists).some((list) => list.has(word)) ||
    Object.values(own.lists).some((list) => list.has(word)) ||
    lexicon.verbs.finite.has(word) ||
    contentStems(word, lexicon).some((stem) => isSaid(stem, stems, own.same));
  const isReadable = (run: string): boolean => {
    if (/^[\p{N}\p{P}\p{Sc}%°+×–-]+$/u.test(run)) return /\p{N}/u.test(run);
    const parts = tokenise(run).filter(({ isWord }) => isWord);
    // A letter alone is a word in few places, and then it was said or is in the lists.
    return parts.length > 0 && parts.every(({ lower }) => /\p{L}/u.test(lower) && isKnown(lower));
  };
  const unknown = runs.filter((run) => !isReadable(run));
  const carries = runs.some((run) => /\p{L}{2}|\p{N}/u.test(run) && isReadable(run));
  if (carries && unknown.length * 2 <= runs.length) return [];
  return [
    { code: "words", weight: "against", detail: unknown.slice(0, 3).join(" ").slice(0, 40) || item.text.slice(0, 40) },
  ];
}
