// Where a line begins and who speaks in it: split, merged, given to a speaker. Pure; runs anywhere.
import type { Segment } from "../formats.ts";
import { tokensOf } from "./retell.ts";

/**
 * A paragraph's segments with a new line from a word on, counted over the whole paragraph. The segment that holds the
 * place becomes two; the second one's id is new in `taken`. Null where the place is at an edge, where nothing splits.
 */
export function splitLine(
  segments: readonly Segment[],
  wordAt: number,
  taken: ReadonlySet<string>,
): readonly Segment[] | null {
  let before = 0;
  for (const [index, segment] of segments.entries()) {
    const tokens = tokensOf(segment.text);
    if (wordAt === before && index > 0) return segments.with(index, { ...segment, newLine: true });
    if (wordAt > before && wordAt < before + tokens.length)
      return segments.toSpliced(index, 1, ...halves(segment, wordAt - before, taken));
    before += tokens.length;
  }
  return null;
}

/**
 * The words before a place in a line go to the end of the line before it. Answers the line's segments as they then stand;
 * null where the place is at an edge: then there is nothing to move, or all of it.
 */
export function moveWordsUp(
  before: readonly Segment[],
  line: readonly Segment[],
  wordAt: number,
  taken: ReadonlySet<string>,
): readonly Segment[] | null {
  const parts = partsAt(line, wordAt, taken);
  return parts === null ? null : [...goingOn(parts.head, before.at(-1)?.speaker), ...beginning(parts.tail)];
}

/** The words from a place in a line on go to the beginning of the line after it. Answers the segments of both. */
export function moveWordsDown(
  line: readonly Segment[],
  after: readonly Segment[],
  wordAt: number,
  taken: ReadonlySet<string>,
): readonly Segment[] | null {
  const parts = partsAt(line, wordAt, taken);
  const speaker = after[0]?.speaker;
  if (parts === null || after.length === 0) return null;
  const moved = beginning(parts.tail.map((segment) => withSpeaker(segment, speaker)));
  return [...parts.head, ...moved, ...goingOn(after, speaker)];
}

const beginning = (segments: readonly Segment[]): readonly Segment[] =>
  segments.map((segment, at) => (at === 0 ? { ...segment, newLine: true } : segment));

/** In the same line as what is before them. */
const goingOn = (segments: readonly Segment[], speaker: string | undefined): readonly Segment[] =>
  segments.map((segment, at) => ({ ...withSpeaker(segment, speaker), ...(at === 0 ? { newLine: false } : {}) }));

function partsAt(
  line: readonly Segment[],
  wordAt: number,
  taken: ReadonlySet<string>,
): { readonly head: readonly Segment[]; readonly tail: readonly Segment[] } | null {
  const split = splitLine(line, wordAt, taken);
  if (split === null) return null;
  let words = 0;
  const at = split.findIndex((segment) => {
    if (words === wordAt) return true;
    words += tokensOf(segment.text).length;
    return false;
  });
  return at <= 0 ? null : { head: split.slice(0, at), tail: split.slice(at) };
}

function halves(segment: Segment, at: number, taken: ReadonlySet<string>): readonly [Segment, Segment] {
  const tokens = tokensOf(segment.text);
  const { words, ...rest } = segment;
  const timed = words?.length === tokens.length ? words : null;
  const share = tokens.slice(0, at).join(" ").length / Math.max(1, tokens.join(" ").length);
  const spread = Math.round(segment.startMs + share * (segment.endMs - segment.startMs));
  const middle = Math.min(Math.max(timed?.[at]?.startMs ?? spread, segment.startMs), segment.endMs);
  const original = segment.original ?? segment.text;
  return [
    {
      ...rest,
      endMs: middle,
      text: tokens.slice(0, at).join(" "),
      original,
      ...(timed === null ? {} : { words: timed.slice(0, at) }),
    },
    {
      ...rest,
      id: freeId(segment.id, taken),
      startMs: middle,
      text: tokens.slice(at).join(" "),
      original: "",
      newLine: true,
      ...(timed === null ? {} : { words: timed.slice(at) }),
    },
  ];
}

/** "s12" becomes "s12.2", "s12.3" …: what came of it can be seen. */
function freeId(id: string, taken: ReadonlySet<string>): string {
  const stem = id.replace(/\.\d+$/u, "");
  for (let number = 2; ; number++) {
    const candidate = `${stem}.${String(number)}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** A line that goes on from the one before it, in the same speaker's mouth. */
export const mergeLines = (before: readonly Segment[], segments: readonly Segment[]): readonly Segment[] => {
  return goingOn(segments, before.at(-1)?.speaker);
};

/** The same words, said by somebody else; undefined is nobody that is known. */
export function withSpeaker(segment: Segment, speaker: string | undefined): Segment {
  const { speaker: _before, speakerCertainty: _certainty, speakerTold: _told, ...rest } = segment;
  return speaker === undefined ? rest : { ...rest, speaker, speakerTold: true };
}
