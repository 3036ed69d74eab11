// Puts accepted terms into a segment: its text, and its timed words where it has them. Pure; runs anywhere.
import type { Segment, Word } from "../formats.ts";
import { wordPlaces } from "./tokens.ts";
import type { Suggestion } from "./types.ts";

export type Change = Pick<Suggestion, "start" | "end" | "heard" | "replacement">;

/**
 * The segment with the changes made; what the recogniser wrote is kept as `original`. A change whose words no longer
 * stand in their place, or that meets another, is left out.
 * @returns the same object where nothing was changed
 */
export function applyToSegment(segment: Segment, changes: readonly Change[]): Segment {
  const fitting = changes
    .toSorted((one, other) => one.start - other.start)
    .filter(({ start, end, heard }) => segment.text.slice(start, end) === heard)
    .filter(({ start }, at, all) => at === 0 || start >= (all[at - 1]?.end ?? 0));
  if (fitting.length === 0) return segment;
  let text = "";
  let from = 0;
  for (const { start, end, replacement } of fitting) {
    text += segment.text.slice(from, start) + replacement;
    from = end;
  }
  text += segment.text.slice(from);
  const { words } = segment;
  return {
    ...segment,
    text,
    original: segment.original ?? segment.text,
    ...(words === undefined ? {} : { words: applyToWords(segment, words, fitting) }),
  };
}

/** Words that a change covers become one word with their whole time and their lowest confidence. */
function applyToWords(segment: Segment, words: readonly Word[], changes: readonly Change[]): Word[] {
  const places = wordPlaces(segment);
  const changed: Word[] = [];
  let merging: Change | null = null;
  for (const [at, word] of words.entries()) {
    const { start, end } = places[at] ?? { start: -1, end: -1 };
    const change = changes.find((each) => start < each.end && end > each.start);
    const last = changed.at(-1);
    if (change === undefined) changed.push(word);
    else if (change === merging && last !== undefined) changed[changed.length - 1] = joined(last, word, change, end);
    else {
      const before = segment.text.slice(start, Math.max(start, change.start));
      const after = segment.text.slice(change.end, Math.max(end, change.end));
      const space = /^\s/u.test(word.text) ? " " : "";
      changed.push({ ...word, text: space + before + change.replacement + after });
    }
    merging = change ?? null;
  }
  return changed;

  function joined(first: Word, second: Word, change: Change, end: number): Word {
    const confidences = [first.confidence, second.confidence].filter((value) => value !== undefined);
    return {
      ...first,
      text: first.text + segment.text.slice(change.end, Math.max(end, change.end)),
      endMs: Math.max(first.endMs, second.endMs),
      ...(confidences.length === 0 ? {} : { confidence: Math.min(...confidences) }),
    };
  }
}

/** The segments that the suggestions change, changed; the others are not in the answer. */
export function applySuggestions(
  segments: readonly Segment[],
  suggestions: readonly (Change & Pick<Suggestion, "segmentId">)[],
): readonly Segment[] {
  const bySegment = Map.groupBy(suggestions, ({ segmentId }) => segmentId);
  return segments.flatMap((segment) => {
    const changed = applyToSegment(segment, bySegment.get(segment.id) ?? []);
    return changed === segment ? [] : [changed];
  });
}
