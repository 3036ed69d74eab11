// How far two pronunciations are from each other. Pure; runs anywhere.
import { changeCosts, dropCosts } from "./phones.ts";

const size = 128;
let above = new Float64Array(64);
let row = new Float64Array(64);

/**
 * The least cost of turning one row of sounds into another by changing, dropping and adding sounds, each weighed by
 * what the ear confuses (phones.ts): an edit distance with weights (Wagner & Fischer 1974), by dynamic programming.
 * @param limit gives up above it and answers Infinity
 */
export function soundDistance(one: Uint8Array, other: Uint8Array, limit = Number.POSITIVE_INFINITY): number {
  if (above.length <= other.length) {
    above = new Float64Array(other.length * 2 + 2);
    row = new Float64Array(other.length * 2 + 2);
  }
  above[0] = 0;
  for (let at = 0; at < other.length; at += 1) above[at + 1] = (above[at] ?? 0) + (dropCosts[other[at] ?? 0] ?? 0);
  for (const sound of one) {
    const dropped = dropCosts[sound] ?? 0;
    let least = (row[0] = (above[0] ?? 0) + dropped);
    for (let at = 0; at < other.length; at += 1) {
      const heard = other[at] ?? 0;
      const changed = (above[at] ?? 0) + (changeCosts[sound * size + heard] ?? 0);
      const fewer = (above[at + 1] ?? 0) + dropped;
      const more = (row[at] ?? 0) + (dropCosts[heard] ?? 0);
      const best = Math.min(changed, fewer, more);
      row[at + 1] = best;
      if (best < least) least = best;
    }
    if (least > limit) return Number.POSITIVE_INFINITY;
    [above, row] = [row, above];
  }
  const distance = above[other.length] ?? 0;
  return distance > limit ? Number.POSITIVE_INFINITY : distance;
}

/** The distance as a share of the longer one's length: 0 sounds the same, 1 has nothing in common. */
export const shareOf = (distance: number, one: Uint8Array, other: Uint8Array): number =>
  distance / Math.max(one.length, other.length, 1);
