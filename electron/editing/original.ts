// What the recogniser wrote, found again by turning back what people have changed. Pure; runs anywhere.
import type { Segment, Speaker, Transcript } from "../formats.ts";
import { applyCorrection } from "./apply.ts";

interface Made {
  readonly undone: boolean;
  readonly correction: {
    readonly hunks: readonly { readonly before: readonly Segment[]; readonly after: readonly Segment[] }[];
    readonly speakers?: { readonly before: readonly Speaker[]; readonly after: readonly Speaker[] };
  };
}

/** The transcript before the first correction; what was struck stays struck. @param made oldest first */
export function originalTranscript(transcript: Transcript, made: readonly Made[]): Transcript {
  let before = transcript;
  for (const { undone, correction } of made.toReversed()) {
    if (undone) continue;
    const { hunks, speakers } = correction;
    const turned = {
      hunks: hunks.map((hunk) => ({ before: hunk.after, after: hunk.before })).toReversed(),
      ...(speakers === undefined ? {} : { speakers: { after: speakers.before } }),
    };
    before = applyCorrection(before, turned, "", false);
  }
  return before;
}

/**
 * What was heard while a line was said, as segments that can take its place: the line's speaker stays, and where it
 * begins. Null where something of it was struck: that is not to be brought back.
 * @param line neighbouring segments of `now`
 */
export function heardInLine(
  original: readonly Segment[],
  now: readonly Segment[],
  line: readonly Segment[],
): readonly Segment[] | null {
  const [first] = line;
  if (first === undefined) return null;
  const at = now.findIndex(({ id }) => id === first.id);
  const next = now[at + line.length];
  const own = new Set(line.map(({ id }) => id));
  const elsewhere = new Set(now.flatMap(({ id }) => (own.has(id) ? [] : [id])));
  const fromMs = at <= 0 ? Number.NEGATIVE_INFINITY : first.startMs;
  const toMs = next?.startMs ?? Number.POSITIVE_INFINITY;
  const heard = original.filter(({ id, startMs, endMs }) => {
    const middle = (startMs + endMs) / 2;
    return own.has(id) || (!elsewhere.has(id) && middle >= fromMs && middle < toMs);
  });
  if ([...heard, ...line].some(({ state }) => state === "struck")) return null;
  return heard.map(({ speaker: _speaker, newLine: _newLine, ...segment }, index) => ({
    ...segment,
    ...(first.speaker === undefined ? {} : { speaker: first.speaker }),
    ...(index > 0 ? { newLine: false } : first.newLine === undefined ? {} : { newLine: first.newLine }),
  }));
}
