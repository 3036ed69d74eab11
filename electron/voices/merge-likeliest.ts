// Agglomerative clustering by average similarity, each item weighing what it weighs (Lance and Williams 1967). Pure.

/** Two groups become one. Groups are known by the smallest item in them. */
export interface Merge {
  readonly into: number;
  readonly from: number;
  /** The average similarity of an item of the one to an item of the other. Never rises from merge to merge. */
  readonly similarity: number;
}

/**
 * All merges until one group is left, likeliest first. `similarities` is [count, count], symmetrical, and is written over.
 * Takes time in proportion to the square of the count.
 */
export function mergeLikeliest(similarities: Float32Array, masses: Float64Array): readonly Merge[] {
  const count = masses.length;
  const mass = masses.slice();
  const isLeft = new Uint8Array(count).fill(1);
  const nearest = new Int32Array(count);
  const nearness = new Float32Array(count);
  const look = (item: number): void => {
    let best = -1;
    let most = -Infinity;
    const row = item * count;
    for (let other = 0; other < count; other++) {
      const similarity = similarities[row + other] ?? 0;
      if (isLeft[other] === 1 && other !== item && similarity > most) [best, most] = [other, similarity];
    }
    nearest[item] = best;
    nearness[item] = most;
  };
  for (let item = 0; item < count; item++) look(item);
  const merges: Merge[] = [];
  for (let left = count; left > 1; left--) {
    let one = -1;
    let most = -Infinity;
    for (let item = 0; item < count; item++) {
      if (isLeft[item] === 1 && (one < 0 || (nearness[item] ?? 0) > most)) [one, most] = [item, nearness[item] ?? 0];
    }
    const other = nearest[one] ?? 0;
    const [into, from] = one < other ? [one, other] : [other, one];
    merges.push({ into, from, similarity: most });
    const [massInto, massFrom] = [mass[into] ?? 0, mass[from] ?? 0];
    mass[into] = massInto + massFrom;
    isLeft[from] = 0;
    for (let item = 0; item < count; item++) {
      if (isLeft[item] === 0 || item === into) continue;
      const joined =
        (massInto * (similarities[into * count + item] ?? 0) + massFrom * (similarities[from * count + item] ?? 0)) /
        (massInto + massFrom);
      similarities[into * count + item] = joined;
      similarities[item * count + into] = joined;
      const was = nearest[item];
      if (was === into || was === from) look(item);
      else if (joined > (nearness[item] ?? 0)) [nearest[item], nearness[item]] = [into, joined];
    }
    look(into);
  }
  return merges;
}
