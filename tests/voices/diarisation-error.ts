// The diarisation error rate by the standard definition (NIST RT, md-eval.pl): missed speech, false alarm and the wrong
// person, in speaker time, over all speaker time of the truth; people matched one to one in the best way. Tests and bench.

export interface SpokenTurn {
  readonly startMs: number;
  readonly endMs: number;
  readonly who: string | number;
}

export interface DiarisationError {
  /** Milliseconds of speaker time. */
  readonly spoken: number;
  readonly missed: number;
  readonly falseAlarm: number;
  readonly confused: number;
  /** All three over what was spoken. */
  readonly rate: number;
}

/** @param collarMs on either side of every boundary of the truth, that is not scored */
export function diarisationError(
  truth: readonly SpokenTurn[],
  found: readonly SpokenTurn[],
  collarMs: number,
): DiarisationError {
  const edges = truth.flatMap(({ startMs, endMs }) => [startMs, endMs]);
  const cuts = new Set<number>();
  for (const { startMs, endMs } of [...truth, ...found]) cuts.add(startMs).add(endMs);
  for (const edge of edges) cuts.add(edge - collarMs).add(edge + collarMs);
  const times = [...cuts].toSorted((a, b) => a - b);
  const sortedEdges = edges.toSorted((a, b) => a - b);
  const spans: { readonly ms: number; readonly truly: Set<string>; readonly said: Set<string> }[] = [];
  const activeIn = (turns: readonly SpokenTurn[]) => {
    const sorted = turns.toSorted((a, b) => a.startMs - b.startMs);
    let next = 0;
    let open: SpokenTurn[] = [];
    return (startMs: number, endMs: number): Set<string> => {
      while (next < sorted.length && (sorted[next]?.startMs ?? Infinity) < endMs) {
        const turn = sorted[next++];
        if (turn !== undefined) open.push(turn);
      }
      open = open.filter((turn) => turn.endMs > startMs);
      return new Set(open.map(({ who }) => String(who)));
    };
  };
  const trulyIn = activeIn(truth);
  const saidIn = activeIn(found);
  let edge = 0;
  for (const [at, startMs] of times.entries()) {
    const endMs = times[at + 1];
    if (endMs === undefined) break;
    const truly = trulyIn(startMs, endMs);
    const said = saidIn(startMs, endMs);
    const middle = (startMs + endMs) / 2;
    while (edge < sortedEdges.length && (sortedEdges[edge] ?? 0) + collarMs <= middle) edge++;
    const isNearEdge =
      collarMs > 0 && edge < sortedEdges.length && Math.abs((sortedEdges[edge] ?? 0) - middle) < collarMs;
    if (!isNearEdge && truly.size + said.size > 0) spans.push({ ms: endMs - startMs, truly, said });
  }
  const pairs = matchPeople(spans);
  let [spoken, missed, falseAlarm, confused] = [0, 0, 0, 0];
  for (const { ms, truly, said } of spans) {
    const right = [...truly].filter((who) => said.has(pairs.get(who) ?? "\0")).length;
    spoken += ms * truly.size;
    missed += ms * Math.max(0, truly.size - said.size);
    falseAlarm += ms * Math.max(0, said.size - truly.size);
    confused += ms * (Math.min(truly.size, said.size) - right);
  }
  const wrong = missed + falseAlarm + confused;
  return { spoken, missed, falseAlarm, confused, rate: spoken === 0 ? (wrong === 0 ? 0 : 1) : wrong / spoken };
}

/** Who of the truth is whom of what was found, so that they speak together as long as can be. */
function matchPeople(
  spans: readonly { readonly ms: number; readonly truly: Set<string>; readonly said: Set<string> }[],
): ReadonlyMap<string, string> {
  const people = [...new Set(spans.flatMap(({ truly }) => [...truly]))];
  const names = [...new Set(spans.flatMap(({ said }) => [...said]))];
  const size = Math.max(people.length, names.length);
  const together = Array.from({ length: size }, () => new Float64Array(size));
  for (const { ms, truly, said } of spans)
    for (const who of truly)
      for (const name of said) {
        const row = together[people.indexOf(who)];
        const column = names.indexOf(name);
        if (row !== undefined) row[column] = (row[column] ?? 0) + ms;
      }
  const chosen = assignBest(together);
  return new Map(
    people.flatMap((who, row) => {
      const name = names[chosen[row] ?? -1];
      return name === undefined ? [] : [[who, name] as const];
    }),
  );
}

/** The Hungarian method (Kuhn 1955) in its form with potentials: for each row a column, so that the sum is greatest. */
export function assignBest(gains: readonly Float64Array[]): readonly number[] {
  const size = gains.length;
  const rowPotential = new Float64Array(size + 1);
  const columnPotential = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1);
  for (let row = 1; row <= size; row++) {
    const least = new Float64Array(size + 1).fill(Infinity);
    const isUsed = new Uint8Array(size + 1);
    const way = new Int32Array(size + 1);
    rowOf[0] = row;
    let column = 0;
    do {
      isUsed[column] = 1;
      const from = rowOf[column] ?? 0;
      let delta = Infinity;
      let next = 0;
      for (let other = 1; other <= size; other++) {
        if (isUsed[other] === 1) continue;
        const cost = -(gains[from - 1]?.[other - 1] ?? 0) - (rowPotential[from] ?? 0) - (columnPotential[other] ?? 0);
        if (cost < (least[other] ?? 0)) [least[other], way[other]] = [cost, column];
        if ((least[other] ?? 0) < delta) [delta, next] = [least[other] ?? 0, other];
      }
      for (let other = 0; other <= size; other++) {
        if (isUsed[other] === 1) {
          rowPotential[rowOf[other] ?? 0] = (rowPotential[rowOf[other] ?? 0] ?? 0) + delta;
          columnPotential[other] = (columnPotential[other] ?? 0) - delta;
        } else least[other] = (least[other] ?? 0) - delta;
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const back = way[column] ?? 0;
      rowOf[column] = rowOf[back] ?? 0;
      column = back;
    }
  }
  const chosen = Array.from({ length: size }, () => -1);
  for (let column = 1; column <= size; column++) chosen[(rowOf[column] ?? 0) - 1] = column - 1;
  return chosen;
}
