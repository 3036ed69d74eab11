// Which voices of all windows are the same person. Pure; hours of it take seconds: never on main's thread.
import { type Merge, mergeLikeliest } from "./merge-likeliest.ts";

/** A voice as one window heard it. */
export interface VoiceItem {
  /** Of length 1. */
  readonly embedding: Float32Array;
  /** Of it alone: what it weighs. */
  readonly cleanMs: number;
  /** Items that a window told apart: they are hardly the same person. */
  readonly apart: readonly number[];
  /** The same voice in the window before, by what both heard; null where there is none. */
  readonly before: number | null;
}

export interface GroupOptions {
  /** How many people there are; null where nobody knows. The strongest hint there is. */
  readonly people: number | null;
}

export interface Grouped {
  /** The group of each item, from 0; groups are in the order in which they are first heard. */
  readonly groups: readonly number[];
  /** How much nearer each item is to its group than to the next one, 0 to 1. */
  readonly certainties: readonly number[];
  readonly count: number;
}

/** Shorter items blur what they touch: they are given to a group when the groups are found. */
const leastMs = 800;
/** Somebody who says less altogether is hardly told from noise: his words go to whom they resemble. */
const leastPersonMs = 3000;
const leastPersonShare = 0.01;
const mostLeastMs = 8000;
/** A half that says less is not split off. */
const leastSplitMs = 1500;
/**
 * Items beyond this many, the shortest, are given to groups when these are found: the square of it is computed and held
 * in memory (25 MB). An hour has about a thousand.
 */
const mostItems = 2500;

/**
 * What WeSpeaker's ResNet34 gives for clips of a few seconds, so far as nothing is known of this recording: the same
 * person, and two. The recording itself soon knows better.
 */
const usuallySame = 0.65;
const usuallyApart = 0.1;
/** Pairs that weigh as much as what is usual. */
const usualWeight = 12;
/** Where between the two the line is drawn, where the smaller of two groups says little and where it says much. */
const lineShort = 0.45;
const lineLong = 0.7;
const shortMs = 3000;
const longMs = 40_000;
/** Steps in which the line is moved, all the way, until the people are as many as were counted. */
const lineSteps = 50;
/** By so much less do two voices resemble each other that one window told apart. */
const apartBy = 0.5;

const rounds = 8;

/** What similarity means in one recording: how alike one person is from window to window, and how alike two are. */
export interface SimilarityScale {
  readonly same: number;
  readonly apart: number;
}

/** Sets the scale by the recording: by pairs that are surely the same and pairs that are surely not. */
export function similarityScale(items: readonly VoiceItem[]): SimilarityScale {
  let same = usuallySame * usualWeight;
  let sames = usualWeight;
  let apart = usuallyApart * usualWeight;
  let aparts = usualWeight;
  for (const [at, item] of items.entries()) {
    if (item.cleanMs < leastMs) continue;
    const before = item.before === null ? undefined : items[item.before];
    if (before !== undefined && before.cleanMs >= leastMs) {
      same += dot(item.embedding, before.embedding);
      sames++;
    }
    for (const other of item.apart) {
      const beside = items[other];
      if (other <= at || beside === undefined || beside.cleanMs < leastMs) continue;
      apart += dot(item.embedding, beside.embedding);
      aparts++;
    }
  }
  const apartMean = apart / aparts;
  return { same: Math.max(same / sames, apartMean + 0.1), apart: apartMean };
}

/** The line between one person and two, where the smaller group says so much: chance blurs the short. */
function lineFor(ms: number, { same, apart }: SimilarityScale): number {
  const share = Math.max(0, Math.min(1, Math.log(ms / shortMs) / Math.log(longMs / shortMs)));
  return apart + (lineShort + (lineLong - lineShort) * share) * (same - apart);
}

/** Every item gets a group. With nothing to hear there are none. */
export function groupVoices(items: readonly VoiceItem[], { people }: GroupOptions): Grouped {
  if (items.length === 0) return { groups: [], certainties: [], count: 0 };
  const sure = chooseSure(items);
  const scale = similarityScale(items);
  const merges = mergeLikeliest(
    similaritiesOf(items, sure),
    Float64Array.from(sure, (at) => items[at]?.cleanMs ?? 1),
  );
  const masses = sure.map((at) => items[at]?.cleanMs ?? 0);
  const total = masses.reduce((sum, ms) => sum + ms, 0);
  const leastMass = Math.min(total / 2, Math.max(leastPersonMs, Math.min(mostLeastMs, total * leastPersonShare)));
  const cut = { scale, leastMass };
  const kept = people === null ? mergesByLine(merges, masses, cut) : mergesByCount(merges, masses, people, cut);
  const roots = rootsAfter(kept, sure.length);
  const weights = new Map<number, number>();
  for (const [at, root] of roots.entries()) weights.set(root, (weights.get(root) ?? 0) + (masses[at] ?? 0));
  const heaviest = [...weights].toSorted((a, b) => b[1] - a[1]);
  const ofWeight = heaviest.filter(([, mass]) => mass >= leastMass);
  const chosen = (ofWeight.length > 0 ? ofWeight : heaviest.slice(0, 1)).slice(0, people ?? Infinity);
  const members = chosen.map(([root]) => sure.filter((_, at) => roots[at] === root));
  return inOrder(refine(items, members));
}

/**
 * One person's items as two people: where they come apart most, with some weight on either side. Answers 0 or 1 for each
 * item, or null where all of it is one.
 */
export function splitGroup(items: readonly VoiceItem[]): readonly number[] | null {
  const sure = chooseSure(items);
  const masses = sure.map((at) => items[at]?.cleanMs ?? 0);
  const merges = mergeLikeliest(similaritiesOf(items, sure), Float64Array.from(masses));
  const weight = new Map(masses.map((mass, at) => [at, mass]));
  let last = -1;
  for (const [at, { into, from }] of merges.entries()) {
    const [one, other] = [weight.get(into) ?? 0, weight.get(from) ?? 0];
    if (Math.min(one, other) >= leastSplitMs) last = at;
    weight.set(into, one + other);
  }
  const parting = merges[last];
  if (parting === undefined) return null;
  const roots = rootsAfter(merges.slice(0, last), sure.length);
  const members = [parting.into, parting.from].map((root) => sure.filter((_, at) => roots[at] === root));
  return inOrder(refine(items, members)).groups;
}

/** The longest items, in order of time. */
function chooseSure(items: readonly VoiceItem[]): readonly number[] {
  const all = items.map((_, at) => at);
  const long = all.filter((at) => (items[at]?.cleanMs ?? 0) >= leastMs);
  const some = long.length > 0 ? long : all;
  if (some.length <= mostItems) return some;
  return some
    .toSorted((a, b) => (items[b]?.cleanMs ?? 0) - (items[a]?.cleanMs ?? 0))
    .slice(0, mostItems)
    .toSorted((a, b) => a - b);
}

function similaritiesOf(items: readonly VoiceItem[], sure: readonly number[]): Float32Array {
  const count = sure.length;
  const width = items[0]?.embedding.length ?? 0;
  const vectors = new Float32Array(count * width);
  for (const [row, at] of sure.entries()) vectors.set(items[at]?.embedding ?? [], row * width);
  const similarities = new Float32Array(count * count);
  for (let one = 0; one < count; one++) {
    for (let other = one + 1; other < count; other++) {
      let sum = 0;
      const [a, b] = [one * width, other * width];
      for (let n = 0; n < width; n++) sum += (vectors[a + n] ?? 0) * (vectors[b + n] ?? 0);
      similarities[one * count + other] = sum;
      similarities[other * count + one] = sum;
    }
  }
  const rowOf = new Map(sure.map((at, row) => [at, row]));
  const lower = (one: number, other: number, by: number) => {
    for (const place of [one * count + other, other * count + one])
      similarities[place] = (similarities[place] ?? 0) - by;
  };
  for (const [row, at] of sure.entries())
    for (const other of items[at]?.apart ?? []) {
      const otherRow = rowOf.get(other);
      if (otherRow !== undefined && row < otherRow) lower(row, otherRow, apartBy);
    }
  return similarities;
}

interface Cut {
  readonly scale: SimilarityScale;
  readonly leastMass: number;
}

/**
 * The merges that stay above the line, which is higher the more the smaller group says.
 * @param moved by how much of the way between two people and one the line is moved
 */
function mergesByLine(
  merges: readonly Merge[],
  masses: readonly number[],
  { scale }: Cut,
  moved = 0,
): readonly Merge[] {
  const by = moved * (scale.same - scale.apart);
  const weight = new Map(masses.map((mass, at) => [at, mass]));
  const isClosed = new Set<number>();
  return merges.filter(({ into, from, similarity }) => {
    const [one, other] = [weight.get(into) ?? 0, weight.get(from) ?? 0];
    weight.set(into, one + other);
    const joins =
      !isClosed.has(into) &&
      !isClosed.has(from) &&
      similarity >= Math.min(scale.same, lineFor(Math.min(one, other), scale) + by);
    // What was not joined here is not joined by a later merge of the two together.
    if (!joins) isClosed.add(into);
    return joins;
  });
}

/**
 * With a count: the line is moved, and as little as can be, until so many groups of some weight are left. Nobody is cut in
 * two whose halves resemble each other as one person does, and what no line gives is less than was counted.
 */
function mergesByCount(
  merges: readonly Merge[],
  masses: readonly number[],
  people: number,
  cut: Cut,
): readonly Merge[] {
  let best = mergesByLine(merges, masses, cut);
  let least = Math.abs(countOf(best, masses, cut) - people);
  for (let step = 1; step <= lineSteps && least > 0; step++)
    for (const moved of [step / lineSteps, -step / lineSteps]) {
      const some = mergesByLine(merges, masses, cut, moved);
      const off = Math.abs(countOf(some, masses, cut) - people);
      if (off < least) [best, least] = [some, off];
    }
  return best;
}

/** Groups of some weight that are left after these merges. */
function countOf(kept: readonly Merge[], masses: readonly number[], { leastMass }: Cut): number {
  const weight = new Map(masses.map((mass, at) => [at, mass]));
  for (const { into, from } of kept) {
    weight.set(into, (weight.get(into) ?? 0) + (weight.get(from) ?? 0));
    weight.delete(from);
  }
  return [...weight.values()].filter((mass) => mass >= leastMass).length;
}

/** The group of each item after these merges, by its smallest member. */
function rootsAfter(merges: readonly Merge[], count: number): readonly number[] {
  const parent = Int32Array.from({ length: count }, (_, at) => at);
  for (const { into, from } of merges) parent[from] = into;
  return Array.from(parent, (_, at) => {
    let root = at;
    while (parent[root] !== root) root = parent[root] ?? root;
    return root;
  });
}

/**
 * Every item goes to the group whose middle it resembles most, and the middles are found anew, until nothing moves: what
 * merged early in error comes right. Two voices that a window told apart do not go to the same group.
 */
function refine(items: readonly VoiceItem[], members: readonly (readonly number[])[]): Omit<Grouped, "count"> {
  let centres = members.map((own) => middleOf(items, own));
  let groups: number[] = [];
  let scores: number[][] = [];
  for (let round = 0; round < rounds; round++) {
    scores = items.map(({ embedding }) => centres.map((centre) => dot(embedding, centre)));
    const next = assign(items, scores);
    const isSettled = next.every((group, at) => group === groups[at]);
    groups = next;
    if (isSettled) break;
    centres = centres.map((centre, group) => {
      const own = items.flatMap((item, at) => (groups[at] === group && item.cleanMs >= leastMs ? [at] : []));
      return own.length === 0 ? centre : middleOf(items, own);
    });
  }
  const certainties = scores.map((row, at) => {
    const own = row[groups[at] ?? 0] ?? 0;
    const next = Math.max(-1, ...row.filter((_, group) => group !== groups[at]));
    return row.length === 1 ? 1 : Math.max(0, Math.min(1, 0.5 + (own - next) * 1.25));
  });
  return { groups, certainties };
}

/** The surest first; what stands beside it in its window takes another group, if there is one. */
function assign(items: readonly VoiceItem[], scores: readonly (readonly number[])[]): number[] {
  const groups = items.map(() => -1);
  const margins = scores.map((row) => {
    const [first = 0, second = -1] = row.toSorted((a, b) => b - a);
    return first - second;
  });
  const order = items.map((_, at) => at).toSorted((a, b) => (margins[b] ?? 0) - (margins[a] ?? 0));
  for (const at of order) {
    const taken = new Set((items[at]?.apart ?? []).map((other) => groups[other]));
    let best = -1;
    let most = -Infinity;
    for (const [group, score] of (scores[at] ?? []).entries())
      if (!taken.has(group) && score > most) [best, most] = [group, score];
    groups[at] = best >= 0 ? best : (scores[at] ?? []).indexOf(Math.max(...(scores[at] ?? [0])));
  }
  return groups;
}

function middleOf(items: readonly VoiceItem[], own: readonly number[]): Float32Array {
  const sum = new Float32Array(items[0]?.embedding.length ?? 0);
  for (const at of own) {
    const { embedding, cleanMs } = items[at] ?? { embedding: sum, cleanMs: 0 };
    for (let n = 0; n < sum.length; n++) sum[n] = (sum[n] ?? 0) + cleanMs * (embedding[n] ?? 0);
  }
  const length = Math.sqrt(dot(sum, sum));
  return length > 0 ? sum.map((value) => value / length) : sum;
}

function inOrder({ groups, certainties }: Omit<Grouped, "count">): Grouped {
  const places = new Map<number, number>();
  for (const group of groups) if (!places.has(group)) places.set(group, places.size);
  return { groups: groups.map((group) => places.get(group) ?? 0), certainties, count: places.size };
}

export function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let n = 0; n < one.length; n++) sum += (one[n] ?? 0) * (other[n] ?? 0);
  return sum;
}
