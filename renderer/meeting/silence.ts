// Pauses in which nobody speaks, to pass over while one listens. Pure.
import type { Segment } from "../../electron/formats.ts";

/** A shorter pause is part of how people talk. */
const longestMs = 1200;
/** So much of a pause stays at both ends: one hears that there was one, and no word is cut. */
const keptMs = 300;

/**
 * Where listening goes on from `atMs`: the same time where somebody speaks or soon will, else just before the next
 * word. Segments are in order of their beginnings and may overlap.
 */
export function speechAfter(segments: readonly Segment[]): (atMs: number) => number {
  const ends: number[] = [];
  let last = 0;
  for (const { endMs } of segments) ends.push((last = Math.max(last, endMs)));
  return (atMs) => {
    let low = 0;
    let high = segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((segments[middle]?.startMs ?? 0) <= atMs) low = middle + 1;
      else high = middle;
    }
    const next = segments[low];
    const endMs = ends[low - 1] ?? 0;
    if (next === undefined || next.startMs - endMs <= longestMs) return atMs;
    return atMs >= endMs + keptMs ? Math.max(atMs, next.startMs - keptMs) : atMs;
  };
}
