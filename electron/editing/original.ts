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

export interface HeardLine {
  /** They can take the line's place: its speaker stays, and where it begins. */
  readonly segments: readonly Segment[];
  /** Part of it stands in another line now: put back here, it would be said twice. */
  readonly isShared: boolean;
}

/** "s12.2" was cut from "s12" (lines.ts). */
const stemOf = (id: string): string => id.replace(/\.\d+$/u, "");

/**
 * What was heard while a line was said. Null where something of it was struck: that is not to be brought back.
 * @param line neighbouring segments of `now`
 */
export function heardInLine(
  original: readonly Segment[],
  now: readonly Segment[],
  line: readonly Segment[],
): HeardLine | null {
  const [first] = line;
  if (first === undefined) return null;
  const at = now.findIndex(({ id }) => id === first.id);
  const next = now[at + line.length];
  const ids = new Set(line.map(({ id }) => id));
  const own = new Set([...ids].flatMap((id) => [id, stemOf(id)]));
  const elsewhere = new Set(now.flatMap(({ id }) => (ids.has(id) ? [] : [id, stemOf(id)])));
  const fromMs = at <= 0 ? Number.NEGATIVE_INFINITY : first.startMs;
  const toMs = next?.startMs ?? Number.POSITIVE_INFINITY;
  const heard = original.filter(({ id, startMs, endMs }) => {
    const middle = (startMs + endMs) / 2;
    return own.has(id) || (!elsewhere.has(id) && middle >= fromMs && middle < toMs);
  });
  if ([...heard, ...line].some(({ state }) => state === "struck")) return null;
  const segments = heard.map(({ speaker: _speaker, newLine: _newLine, ...segment }, index) => ({
    ...segment,
    ...(first.speaker === undefined ? {} : { speaker: first.speaker }),
    ...(index > 0 ? { newLine: false } : first.newLine === undefined ? {} : { newLine: first.newLine }),
  }));
  return { segments, isShared: heard.some(({ id }) => elsewhere.has(id)) };
}
