// What an item claims, sentence by sentence, and the stretch of talk that comes nearest to each claim. Runs anywhere.
import type { SummaryItem } from "../../formats.ts";
import type { Lexicon } from "../lexicon.ts";
import { contentStems } from "../language/stem.ts";
import { type Clause, clausesOf } from "./clauses.ts";
import type { GraveTopic } from "./evidence-lexicon.ts";
import { stemsOf } from "../sentences/sentence-stems.ts";
import type { Sentence, Split } from "../sentences/split.ts";
import { flatten, lowerWords, tokenise } from "../language/tokens.ts";

export type FindingCode =
  | GraveTopic
  | "noSegments"
  | "unknownSegment"
  | "number"
  | "sum"
  | "clock"
  | "numberElsewhere"
  | "date"
  | "day"
  | "name"
  | "negationAdded"
  | "negationDropped"
  | "hedgeDropped"
  | "approximate"
  | "wishDropped"
  | "modality"
  | "speaker"
  | "words"
  | "opposite"
  | "quote";

export interface Finding {
  readonly code: FindingCode;
  /** "against": the item is unsupported. "doubt": its support is weak. */
  readonly weight: "against" | "doubt";
  readonly detail?: string;
}

export interface Claim {
  readonly text: string;
  readonly flat: string;
  readonly stems: readonly string[];
  readonly clauses: readonly Clause[];
  /** Stems of what the people at the table are called. */
  readonly labels: ReadonlySet<string>;
  /** Whether what it rests on came without commas. */
  readonly runsOn: boolean;
  /** The one to three neighbouring sentences of the cited talk that fit it best. */
  readonly nearest: readonly Sentence[];
  /** How well they fit: F1 of content stems. */
  readonly fit: number;
}

export interface Ground {
  readonly item: SummaryItem;
  readonly claims: readonly Claim[];
  /** All sentences of the cited segments. */
  readonly sentences: readonly Sentence[];
  readonly split: Split;
  readonly lexicon: Lexicon;
}

export function claimsOf(text: string, sentences: readonly Sentence[], split: Split, lexicon: Lexicon): Claim[] {
  const labels = new Set(
    split.meetings.flatMap(({ people }) => people.flatMap(({ label }) => contentStems(label, lexicon))),
  );
  const runsOn = sentences.some(({ meeting }) => split.meetings[meeting]?.punctuated === false);
  const sourceStems = sentences.map((sentence) => stemsOf(sentence, lexicon));
  return sentencesOf(text).map((part) => {
    const stems = contentStems(part, lexicon).filter((stem) => !labels.has(stem));
    const { nearest, fit } = nearestTo(stems, sentences, sourceStems);
    const clauses = clausesOf(part, lexicon, labels, runsOn);
    return { text: part, flat: flatten(lowerWords(tokenise(part))), stems, clauses, labels, runsOn, nearest, fit };
  });
}

const sentencesOf = (text: string): string[] =>
  text.split(/(?<=[.!?…;]”?|”;)\s+(?=[”"]?\p{Lu})/u).filter((part) => /[\p{L}\p{N}]/u.test(part));

/** The best-fitting stretch of at most four of these sentences. */
function nearestTo(
  stems: readonly string[],
  sentences: readonly Sentence[],
  sourceStems: readonly (readonly string[])[],
): { nearest: Sentence[]; fit: number } {
  const wanted = new Set(stems);
  let best = { from: 0, to: sentences.length, fit: -1 };
  for (let from = 0; from < sentences.length; from += 1) {
    const found = new Set<string>();
    for (let to = from + 1; to <= Math.min(sentences.length, from + 4); to += 1) {
      for (const stem of sourceStems[to - 1] ?? []) found.add(stem);
      const shared = [...wanted].filter((stem) => found.has(stem)).length;
      const fit = shared === 0 ? 0 : (2 * shared) / (wanted.size + found.size);
      if (fit > best.fit + 1e-9) best = { from, to, fit };
    }
  }
  return { nearest: sentences.slice(best.from, best.to), fit: Math.max(0, best.fit) };
}
