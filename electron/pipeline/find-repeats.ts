// Runs of the same thing, or the same few things, over and over in a list. Pure.

export interface Repeat {
  /** Where in the list the run begins. */
  readonly from: number;
  /** How many items are repeated. */
  readonly unit: number;
  readonly times: number;
  /** Items after the run that begin the unit once more, and do not end it. */
  readonly rest: number;
}

/**
 * Runs in order, none in another: at each place the one that covers most, with the shortest unit.
 * @param keys null is like nothing else, and so breaks a run
 * @param bounds `longest` unit looked for, and how many `times` at `least` make a run
 */
export function findRepeats(
  keys: readonly (string | null)[],
  { longest, least }: { readonly longest: number; readonly least: number },
): Repeat[] {
  const repeats: Repeat[] = [];
  for (let from = 0; from < keys.length;) {
    let best: Repeat | null = null;
    for (let unit = 1; unit <= longest && from + unit * least <= keys.length; unit++) {
      const length = lengthFrom(keys, from, unit);
      const times = Math.floor(length / unit);
      const covered = best === null ? 0 : best.times * best.unit;
      if (times >= least && times * unit > covered) best = { from, unit, times, rest: length % unit };
    }
    if (best !== null) repeats.push(best);
    from += best === null ? 1 : best.times * best.unit;
  }
  return repeats;
}

/** How many items from `from` on repeat its first `unit` items. */
function lengthFrom(keys: readonly (string | null)[], from: number, unit: number): number {
  if (keys.slice(from, from + unit).includes(null)) return 0;
  let at = from + unit;
  while (at < keys.length && keys[at] === keys[at - unit]) at++;
  return at - from;
}
