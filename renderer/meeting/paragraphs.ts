// The transcript as paragraphs to be read: segments that one person said without a longer pause. Pure.
import type { Segment } from "../../electron/formats.ts";

export interface Paragraph {
  /** The id of its first segment. */
  readonly id: string;
  readonly speaker: string | null;
  /** Whether someone else spoke before: then the name is written out. */
  readonly newSpeaker: boolean;
  readonly startMs: number;
  readonly segments: readonly Segment[];
}

/** A silence as long as this starts a new paragraph. */
const pauseMs = 4000;
/** A paragraph with this many characters ends with the segment that passed it. */
const fullLength = 320;

/** Every segment once, in order; no paragraph holds two speakers. */
export function toParagraphs(segments: readonly Segment[]): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let current: Segment[] = [];
  let length = 0;
  let before: string | null | undefined;

  const close = () => {
    const [first] = current;
    if (first === undefined) return;
    const speaker = first.speaker ?? null;
    paragraphs.push({
      id: first.id,
      speaker,
      newSpeaker: speaker !== before,
      startMs: first.startMs,
      segments: current,
    });
    before = speaker;
    current = [];
    length = 0;
  };

  for (const segment of segments) {
    const last = current.at(-1);
    const other = last !== undefined && (last.speaker ?? null) !== (segment.speaker ?? null);
    // Where a line begins is the person's to say; where nobody has, pauses and length do.
    const apart =
      last !== undefined &&
      (other || (segment.newLine ?? (segment.startMs - last.endMs >= pauseMs || length >= fullLength)));
    if (apart) close();
    current.push(segment);
    length += segment.text.length;
  }
  close();
  return paragraphs;
}

/** In which paragraph each segment stands. */
export function paragraphIndex(paragraphs: readonly Paragraph[]): ReadonlyMap<string, number> {
  return new Map(paragraphs.flatMap(({ segments }, index) => segments.map((segment) => [segment.id, index] as const)));
}

/** The segment that is spoken at a time: the last that has begun, until the next begins. Segments are in order of time. */
export function segmentAt(segments: readonly Segment[], atMs: number): Segment | null {
  let low = 0;
  let high = segments.length - 1;
  let found: Segment | null = null;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const segment = segments[middle];
    if (segment === undefined) break;
    if (segment.startMs <= atMs) {
      found = segment;
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}
