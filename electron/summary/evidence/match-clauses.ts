// Which clauses of the talk say what a clause of a summary says, by the words they share. Runs anywhere.
import type { Lexicon } from "../lexicon.ts";
import type { Clause } from "./clauses.ts";
import { evidenceLexicon } from "./evidence-lexicon.ts";

/**
 * The clauses that share most with it; none where nothing is shared. `within` is how close to the best the others must
 * come, as a share of its score.
 */
export function bestMatches<Said extends Clause>(
  clause: Clause,
  said: readonly Said[],
  lexicon: Lexicon,
  within: number,
): Said[] {
  const { same, lists } = evidenceLexicon(lexicon.language);
  const wanted = [...new Set(clause.stems)];
  if (wanted.length === 0) {
    // "Kan inte gå" has no word that carries much: then its verbs must do.
    const { finite, infinitives, supines } = lexicon.verbs;
    const words = clause.flat
      .trim()
      .split(" ")
      .filter((word) => finite.has(word) || infinitives.has(word) || supines.has(word))
      .filter((word) => !lists.framing.has(word));
    const sharing = said.map((candidate) => ({
      candidate,
      shared: words.filter((word) => candidate.flat.includes(` ${word} `)).length,
    }));
    const most = Math.max(1, ...sharing.map(({ shared }) => shared));
    return sharing.filter(({ shared }) => shared === most).map(({ candidate }) => candidate);
  }
  const scored = said
    .map((candidate) => {
      const own = new Set(candidate.stems);
      const shared = wanted.filter((stem) => isSaid(stem, own, same)).length;
      return {
        candidate,
        score: shared === 0 ? 0 : (2 * shared) / (wanted.length + own.size) + shared / wanted.length,
      };
    })
    .filter(({ score }) => score > 0.4);
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score >= best * within).map(({ candidate }) => candidate);
}

/** Whether a stem was said: itself, another form of it, or a word that may stand for it. */
export function isSaid(
  stem: string,
  said: ReadonlySet<string>,
  same: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  if (said.has(stem)) return true;
  for (const other of same.get(stem) ?? []) if (said.has(other)) return true;
  return isForm(stem, said) || isOfCompound(stem, said);
}

/** "Slangen" for "smalslang", and "sömnproblem" for what was said of "sömn" and "problem". */
function isOfCompound(known: string, said: ReadonlySet<string>): boolean {
  if (known.length < 4 || /\p{N}/u.test(known)) return false;
  const parts = [...said].filter((other) => other.length >= 3);
  if (parts.some((other) => other.length >= known.length + 3 && other.endsWith(known))) return true;
  return (
    known.length >= 7 &&
    parts.some(
      (first) =>
        known.startsWith(first) &&
        parts.some(
          (last) => last !== first && last.length >= 4 && known.slice(first.length).replace(/^s/u, "") === last,
        ),
    )
  );
}

/** Another form of the same word ("skickar" and "skicka" share six letters), which the stemmer keeps apart. */
function isForm(known: string, said: ReadonlySet<string>): boolean {
  if (/\p{N}/u.test(known)) return false;
  // "Dyra" and "dyrt"
  if (known.length === 3 || known.length === 4)
    for (const ending of ["a", "t", "n", "e", "r"]) if (said.has(known + ending)) return true;
  if (known.length === 4 && said.has(known.replace(/[aten]$/u, "t"))) return true;
  if (known.length < 4) return false;
  for (const other of said)
    if (
      other.length >= 4 &&
      (other.startsWith(known) || known.startsWith(other)) &&
      Math.abs(other.length - known.length) <= 3
    )
      return true;
  return false;
}
