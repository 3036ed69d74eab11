// A correction put into a transcript, as the store does it: what is shown at once is what is kept. Pure; runs anywhere.
import type { Segment, Speaker, Transcript } from "../formats.ts";

interface Change {
  readonly hunks: readonly { readonly before: readonly Segment[]; readonly after: readonly Segment[] }[];
  readonly speakers?: { readonly after: readonly Speaker[] } | undefined;
}

/**
 * @param at ISO 8601, when it is made
 * @param isNew false for one that is taken back or done again: its segments say already when they were changed
 */
export function applyCorrection(
  transcript: Transcript,
  { hunks, speakers }: Change,
  at: string,
  isNew: boolean,
): Transcript {
  const starts = new Map(hunks.flatMap((hunk) => (hunk.before[0] === undefined ? [] : [[hunk.before[0].id, hunk]])));
  const segments: Segment[] = [];
  let skip = 0;
  for (const segment of transcript.segments) {
    if (skip > 0) {
      skip -= 1;
      continue;
    }
    const hunk = starts.get(segment.id);
    if (hunk === undefined) segments.push(segment);
    else {
      segments.push(...(isNew ? hunk.after.map((one) => dated(one, hunk.before, at)) : hunk.after));
      skip = hunk.before.length - 1;
    }
  }
  return {
    ...transcript,
    segments,
    ...(speakers === undefined ? {} : { speakers: [...speakers.after] }),
    ...(hunks.length > 0 ? { editedAt: at } : {}),
  };
}

/** Words that changed say when, so that a sentence of a summary that rests on them is known to be older. */
export function dated(segment: Segment, before: readonly Segment[], at: string): Segment {
  const earlier = before.find(({ id }) => id === segment.id);
  const isNew = earlier === undefined || earlier.text !== segment.text || earlier.speaker !== segment.speaker;
  return isNew ? { ...segment, changedAt: at } : segment;
}
