// The lines of live text: added as they are heard, taken away when a passage is struck. Pure.
import type { LiveLine } from "../live-text.ts";
import type { Span } from "./packed-time.ts";

/** Half an hour of talk or so. What is older is in the full pass. */
export const mostLines = 400;
/** A shorter rest of a struck line is not worth a mark. */
const shortestMarkMs = 500;

export const later = ({ startMs, endMs }: Span): LiveLine => ({ startMs, endMs, text: "", state: "later" });

/** In order; what is to come later, and has no line between, is one mark. */
export function addLines(lines: readonly LiveLine[], fresh: readonly LiveLine[]): readonly LiveLine[] {
  if (fresh.length === 0) return lines;
  const joined: LiveLine[] = [];
  for (const line of [...lines, ...fresh].toSorted((one, other) => one.startMs - other.startMs)) {
    const last = joined.at(-1);
    if (last?.state === "later" && line.state === "later") {
      joined[joined.length - 1] = later({ startMs: last.startMs, endMs: Math.max(last.endMs, line.endMs) });
    } else joined.push(line);
  }
  return joined;
}

/** A line that reaches into the struck passage goes whole: where in it a word lies is only about known. */
export function strikeLines(lines: readonly LiveLine[], struck: Span): readonly LiveLine[] {
  if (!lines.some((line) => overlap(line, struck))) return lines;
  const stay = lines.filter((line) => !overlap(line, struck));
  const rests = lines
    .filter((line) => overlap(line, struck))
    .flatMap(({ startMs, endMs }) => [
      { startMs, endMs: Math.min(endMs, struck.startMs) },
      { startMs: Math.max(startMs, struck.endMs), endMs },
    ])
    .filter(({ startMs, endMs }) => endMs - startMs >= shortestMarkMs);
  return addLines(stay, rests.map(later));
}

export const overlap = (one: Span, other: Span): boolean => one.startMs < other.endMs && other.startMs < one.endMs;
