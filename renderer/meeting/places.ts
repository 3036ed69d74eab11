// Places in a meeting that one goes to: what the recogniser doubted, what was marked, where somebody else begins, the word
// that was clicked. Pure.
import type { Mark } from "../../electron/contract.ts";
import type { Segment } from "../../electron/formats.ts";
import { isUnsure } from "../speakers/samples.ts";

/** Below this the recogniser itself was unsure. */
const doubtfulBelow = 0.5;

export const isDoubtful = ({ confidence, state }: Segment): boolean =>
  state !== "struck" && confidence !== undefined && confidence < doubtfulBelow;

/** What was said, or who said it. */
const isInDoubt = (segment: Segment): boolean => isDoubtful(segment) || isUnsure(segment);

/** The first that begins after a time, and around to the first of all. */
function nextOf<Place extends { readonly startMs: number }>(places: readonly Place[], afterMs: number): Place | null {
  return places.find(({ startMs }) => startMs > afterMs) ?? places[0] ?? null;
}

/** The beginning of the next stretch that was heard unsurely. Neighbours are one stretch. */
export const nextDoubtful = (segments: readonly Segment[], afterMs: number): Segment | null =>
  nextOf(
    segments.filter((segment, at) => {
      const before = segments[at - 1];
      return isInDoubt(segment) && (before === undefined || !isInDoubt(before));
    }),
    afterMs,
  );

/** Where the next one begins to speak. */
export const nextTurn = (segments: readonly Segment[], afterMs: number): Segment | null =>
  nextOf(
    segments.filter((segment, at) => at > 0 && (segments[at - 1]?.speaker ?? null) !== (segment.speaker ?? null)),
    afterMs,
  );

/** The passage in which the next mark was made. */
export function nextMarked(segments: readonly Segment[], marks: readonly Mark[], afterMs: number): Segment | null {
  const marked = segments.filter((segment, at) => {
    const end = segments[at + 1]?.startMs ?? Number.POSITIVE_INFINITY;
    return marks.some(({ atMs }) => atMs >= segment.startMs && atMs < end);
  });
  return nextOf(marked, afterMs);
}

/** When the word at a character of a segment's text is said; the segment's beginning where words have no times. */
export function wordTime({ startMs, text, words }: Segment, character: number): number {
  const shown = text.trimStart();
  const at = (shown.slice(0, character + 1).match(/\s+\S/gu) ?? []).length;
  const tokens = shown.split(/\s+/u).filter(Boolean).length;
  return words?.length === tokens ? (words[at]?.startMs ?? startMs) : startMs;
}
