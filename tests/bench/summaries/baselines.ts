// What a summary is measured against: methods that only pick out sentences, and the best that picking out can reach.
// TextRank: Mihalcea and Tarau, 2004. Maximal marginal relevance: Carbonell and Goldstein, 1998. Bench only.
import type { Summary } from "../../../electron/formats.ts";
import { contentStems } from "../../../electron/summary/language/stem.ts";
import { lexiconFor } from "../../../electron/summary/lexicon.ts";
import { seeded } from "../../seeded.ts";
import type { GoldMeeting } from "./gold-meeting.ts";
import { overlap } from "./score-summary.ts";

export type Extract = Pick<Summary, "sections">;

interface Line {
  readonly at: number;
  readonly id: string;
  readonly text: string;
  readonly words: number;
  readonly stems: readonly string[];
}

/** Share of the talk's words that an extract may take. */
const extractShare = 0.25;

export const baselines: Readonly<Record<string, (meeting: GoldMeeting) => Extract>> = {
  lead: (meeting) => pick(meeting, linesOf(meeting)),
  random: (meeting) => {
    const random = seeded(meeting.segments.length);
    return pick(
      meeting,
      linesOf(meeting)
        .map((line) => ({ line, rank: random() }))
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ line }) => line),
    );
  },
  textrank: (meeting) => pick(meeting, byTextRank(linesOf(meeting).filter(({ stems }) => stems.length >= 3))),
  "centroid-mmr": (meeting) => pick(meeting, byRelevance(linesOf(meeting).filter(({ stems }) => stems.length >= 3))),
  oracle: bestExtract,
};

function linesOf({ segments, lang }: GoldMeeting): Line[] {
  const lexicon = lexiconFor(lang);
  return segments.map(({ id, text }, at) => ({
    at,
    id,
    text,
    words: text.split(/\s+/u).length,
    stems: contentStems(text, lexicon),
  }));
}

const roomFor = (meeting: GoldMeeting): number =>
  extractShare * linesOf(meeting).reduce((sum, { words }) => sum + words, 0);

/** The first of the ranked lines for which there is room, in the order of the talk. */
function pick(meeting: GoldMeeting, ranked: readonly Line[]): Extract {
  const room = roomFor(meeting);
  const chosen: Line[] = [];
  let words = 0;
  for (const line of ranked) {
    if (words >= room) break;
    if (words + line.words > room * 1.15 && chosen.length > 0) continue;
    chosen.push(line);
    words += line.words;
  }
  return asExtract(chosen);
}

const asExtract = (lines: readonly Line[], actions: ReadonlySet<string> = new Set()): Extract => {
  const ordered = lines.toSorted((a, b) => a.at - b.at);
  const section = (id: string, heading: string, own: readonly Line[]): Summary["sections"][number] => ({
    id,
    heading,
    state: "filled",
    items: own.map((line) => ({ text: line.text, segments: [line.id] })),
  });
  return {
    sections: [
      section(
        "a",
        "Sammanfattning",
        ordered.filter(({ id }) => !actions.has(id)),
      ),
      section(
        "b",
        "Att göra",
        ordered.filter(({ id }) => actions.has(id)),
      ),
    ],
  };
};

type Vector = ReadonlyMap<string, number>;

/** Unit vectors of log term frequency times inverse document frequency. */
function vectorsOf(lines: readonly Line[]): Vector[] {
  const seenIn = new Map<string, number>();
  for (const { stems } of lines) for (const stem of new Set(stems)) seenIn.set(stem, (seenIn.get(stem) ?? 0) + 1);
  return lines.map(({ stems }) => {
    const counts = new Map<string, number>();
    for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
    return unit(
      new Map(
        [...counts].map(([stem, count]) => [
          stem,
          (1 + Math.log(count)) * Math.log(1 + lines.length / (seenIn.get(stem) ?? 1)),
        ]),
      ),
    );
  });
}

function unit(vector: Vector): Vector {
  const length = Math.hypot(...vector.values()) || 1;
  return new Map([...vector].map(([stem, weight]) => [stem, weight / length]));
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (const [stem, weight] of a) sum += weight * (b.get(stem) ?? 0);
  return sum;
}

const damping = 0.85;
const rounds = 30;
const leastSimilar = 0.05;

function byTextRank(lines: readonly Line[]): Line[] {
  const vectors = vectorsOf(lines);
  const links = vectors.map((one, at) =>
    vectors.map((other, to) => {
      const similar = at === to ? 0 : dot(one, other);
      return similar < leastSimilar ? 0 : similar;
    }),
  );
  const out = links.map((row) => row.reduce((sum, weight) => sum + weight, 0) || 1);
  let ranks = lines.map(() => 1 / lines.length);
  for (let round = 0; round < rounds; round += 1)
    ranks = lines.map(
      (_, to) =>
        (1 - damping) / lines.length +
        damping * links.reduce((sum, row, from) => sum + ((ranks[from] ?? 0) * (row[to] ?? 0)) / (out[from] ?? 1), 0),
    );
  return lines.toSorted((a, b) => (ranks[lines.indexOf(b)] ?? 0) - (ranks[lines.indexOf(a)] ?? 0));
}

const relevanceShare = 0.7;

function byRelevance(lines: readonly Line[]): Line[] {
  const vectors = vectorsOf(lines);
  const sum = new Map<string, number>();
  for (const vector of vectors) for (const [stem, weight] of vector) sum.set(stem, (sum.get(stem) ?? 0) + weight);
  const centre = unit(sum);
  const left = new Set(lines.keys());
  const ranked: number[] = [];
  while (left.size > 0) {
    const worth = (at: number): number => {
      const own = vectors[at] ?? new Map<string, number>();
      const told = Math.max(0, ...ranked.map((other) => dot(own, vectors[other] ?? new Map())));
      return relevanceShare * dot(own, centre) - (1 - relevanceShare) * told;
    };
    const [best = 0] = [...left].toSorted((a, b) => worth(b) - worth(a));
    ranked.push(best);
    left.delete(best);
  }
  return ranked.flatMap((at) => lines[at] ?? []);
}

/** What somebody who knows the answers would pick out: the lines with most gold for their length, one after the other. */
function bestExtract(meeting: GoldMeeting): Extract {
  const { gold } = meeting;
  const lexicon = lexiconFor(meeting.lang);
  const actions = gold.actions.map(({ what, segments }) => ({ text: what, segments }));
  const points = [...gold.facts, ...gold.decisions, ...gold.concerns, ...gold.voice, ...actions].map(
    ({ text, segments }) => ({ segments, stems: contentStems(text, lexicon), held: 0 }),
  );
  const holds = (line: Line, point: (typeof points)[number]): number =>
    point.segments.includes(line.id) ? Math.min(1, 0.25 + overlap(line.stems, point.stems).recall) : 0;
  const room = roomFor(meeting);
  const left = new Set(linesOf(meeting));
  const chosen: Line[] = [];
  let words = 0;
  while (words < room) {
    const gain = (line: Line): number =>
      points.reduce((sum, point) => sum + Math.max(0, holds(line, point) - point.held), 0) / (line.words + 4);
    const [best] = [...left].filter((line) => words + line.words <= room * 1.15).toSorted((a, b) => gain(b) - gain(a));
    if (best === undefined || gain(best) === 0) break;
    chosen.push(best);
    left.delete(best);
    words += best.words;
    for (const point of points) point.held = Math.max(point.held, holds(best, point));
  }
  return asExtract(chosen, new Set(gold.actions.flatMap(({ segments }) => segments)));
}
