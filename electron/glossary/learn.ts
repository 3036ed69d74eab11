// What an edit may teach the glossary: words that were replaced by others that sound like them. Pure; runs anywhere
// under Node. Nothing is learned here: the window asks the person first.
import type { Term } from "../formats.ts";
import { shareOf, soundDistance } from "./distance.ts";
import { endingsIn } from "./endings.ts";
import { toCodes } from "./phones.ts";
import { soundsOf, wordsIn } from "./pronounce.ts";
import { withoutDoubles } from "./spelling-rules.ts";
import { fold } from "./tokens.ts";
import type { Lesson } from "./types.ts";

/** What a person puts for another word is its correction when they sound this much alike. */
const alikeShare = 0.34;
const mostWords = 4;

/**
 * Compares a passage before and after a person edited it.
 * @param language of what was said, for how the words sound
 * @returns at most one lesson for each stretch of words that was replaced; none that the glossary knows already
 */
export function learnFromEdit(
  before: string,
  after: string,
  terms: readonly Term[],
  language: string,
): readonly Lesson[] {
  const lessons: Lesson[] = [];
  for (const { removed, added } of replacedStretches(before, after)) {
    if (removed.length === 0 || added.length === 0 || removed.length > mostWords || added.length > mostWords) continue;
    const known = termOf(added, terms);
    const heard = withoutEnding(removed.join(" "), known?.ending ?? "");
    const text = known?.term.text ?? added.join(" ");
    if (fold(heard) === fold(text)) continue;
    if ((known?.term.soundsLike ?? []).some((other) => fold(other) === fold(heard))) continue;
    // Without a term only words with a capital may become one: a name, not the mending of a slip.
    if (known === null && !/\p{Lu}/u.test(text)) continue;
    if (known?.term.kind !== "abbreviation" && !soundAlike(heard, text, language)) continue;
    lessons.push({ termId: known?.term.id ?? null, text, heard: fold(heard) });
  }
  return lessons;
}

function soundAlike(heard: string, text: string, language: string): boolean {
  const codesOf = (words: readonly string[]) =>
    toCodes(withoutDoubles(words.map((word) => soundsOf(word, language)).join("")));
  const [one, other] = [codesOf(wordsIn(heard)), codesOf(wordsIn(text))];
  return shareOf(soundDistance(one, other), one, other) <= alikeShare;
}

interface Written {
  readonly term: Term;
  readonly ending: string;
}

function termOf(words: readonly string[], terms: readonly Term[]): Written | null {
  const folded = fold(words.join(" "));
  for (const term of terms) {
    const ending = endingsIn(folded, term).find((each) => folded === fold(term.text) + each);
    if (ending !== undefined) return { term, ending };
  }
  return null;
}

/** The ending belongs to the sentence, not to the mishearing. */
const withoutEnding = (heard: string, ending: string): string =>
  ending !== "" && fold(heard).endsWith(ending) ? heard.slice(0, heard.length - ending.length) : heard;

interface Stretch {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

const wordsOf = (text: string): readonly string[] => text.normalize("NFC").match(/\p{L}[\p{L}\p{M}\p{N}]*/gu) ?? [];

/** Where the words differ, by their longest common subsequence. */
function replacedStretches(before: string, after: string): readonly Stretch[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const width = fresh.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  for (let at = old.length - 1; at >= 0; at -= 1) {
    for (let to = fresh.length - 1; to >= 0; to -= 1) {
      common[at * width + to] =
        old[at] === fresh[to]
          ? (common[(at + 1) * width + to + 1] ?? 0) + 1
          : Math.max(common[(at + 1) * width + to] ?? 0, common[at * width + to + 1] ?? 0);
    }
  }
  const stretches: Stretch[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const close = () => {
    if (removed.length + added.length > 0) stretches.push({ removed, added });
    removed = [];
    added = [];
  };
  let [at, to] = [0, 0];
  while (at < old.length || to < fresh.length) {
    const [one, other] = [old[at], fresh[to]];
    if (one !== undefined && one === other) {
      close();
      at += 1;
      to += 1;
    } else if (
      other === undefined ||
      (one !== undefined && (common[(at + 1) * width + to] ?? 0) >= (common[at * width + to + 1] ?? 0))
    ) {
      removed.push(one ?? "");
      at += 1;
    } else {
      added.push(other);
      to += 1;
    }
  }
  close();
  return stretches;
}
