// Live text as paragraphs: what was said without a longer pause stands together, so that the last one grows. Pure.
import type { LiveLine } from "../../electron/live-text.ts";

export interface LiveParagraph {
  /** Of its first line: stays while it grows. */
  readonly startMs: number;
  readonly lines: readonly LiveLine[];
}

const pauseMs = 2500;
/** A paragraph with this many characters ends with the line that passed it. */
const fullLength = 280;

/** Every line once, in order. */
export function toLiveParagraphs(lines: readonly LiveLine[]): readonly LiveParagraph[] {
  const paragraphs: { startMs: number; lines: LiveLine[] }[] = [];
  let endMs = -Infinity;
  let length = 0;
  for (const line of lines) {
    const last = paragraphs.at(-1);
    if (last === undefined || line.startMs - endMs >= pauseMs || length >= fullLength) {
      paragraphs.push({ startMs: line.startMs, lines: [line] });
      length = 0;
    } else last.lines.push(line);
    length += line.text.length;
    endMs = line.endMs;
  }
  return paragraphs;
}
