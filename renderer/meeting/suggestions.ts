// Suggestions of the glossary while a person goes through them: which are left, where they stand now. Pure.
import type { Suggestion } from "../../electron/contract.ts";

export const keyOf = ({ segmentId, start, termId }: Suggestion): string => `${segmentId} ${start} ${termId}`;

const sameWords = (one: Suggestion, other: Suggestion): boolean =>
  one.termId === other.termId && one.heard.toLowerCase() === other.heard.toLowerCase();

/**
 * What is left to answer, each with its place in the text as it is now.
 * @param all as they came, for the text as it was then; no two overlap
 * @param accepted are in the text by now
 * @param rejected take with them the same words for the same term elsewhere
 */
export function remainingOf(
  all: readonly Suggestion[],
  accepted: readonly Suggestion[],
  rejected: readonly Suggestion[],
): readonly Suggestion[] {
  const done = new Set(accepted.map(keyOf));
  return all
    .filter((suggestion) => !done.has(keyOf(suggestion)) && !rejected.some((other) => sameWords(other, suggestion)))
    .map((suggestion) => moved(suggestion, accepted));
}

/** A suggestion of before, where its words stand now that others are in the text. */
export function moved(suggestion: Suggestion, accepted: readonly Suggestion[]): Suggestion {
  const by = accepted
    .filter(({ segmentId, start }) => segmentId === suggestion.segmentId && start < suggestion.start)
    .reduce((sum, { heard, replacement }) => sum + replacement.length - heard.length, 0);
  return { ...suggestion, start: suggestion.start + by, end: suggestion.end + by };
}

/** The changes that put the words back which stood there before. */
export function undoing(undone: readonly Suggestion[], accepted: readonly Suggestion[]): readonly Suggestion[] {
  return undone.map((suggestion) => {
    const { start } = moved(suggestion, accepted);
    const { heard, replacement } = suggestion;
    return { ...suggestion, start, end: start + replacement.length, heard: replacement, replacement: heard };
  });
}

const around = 70;

/** The words before and after, as much as one reads at a glance. */
export function contextOf(
  text: string,
  { start, end }: Suggestion,
): { readonly before: string; readonly after: string } {
  const before = text.slice(0, start).trimStart();
  const after = text.slice(end).trimEnd();
  return {
    before: before.length <= around ? before : `…${before.slice(-around).replace(/^\S*\s/u, "")}`,
    after: after.length <= around ? after : `${after.slice(0, around).replace(/\s\S*$/u, "")}…`,
  };
}
