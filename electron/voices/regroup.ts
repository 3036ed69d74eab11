// Tells voices apart anew by what a person said of some lines: the groups begin as the lines stand, the lines that were told
// hold fast and weigh most. Pure.
import { dot, type Grouped, type VoiceItem } from "./group-voices.ts";

/** A line, and whose it is taken to be. */
export interface LineVoice {
  readonly startMs: number;
  readonly endMs: number;
  readonly person: number;
  /** A person said so. */
  readonly told: boolean;
}

/** An item with the moments in which the voice is heard in its window. */
export interface TimedItem extends VoiceItem {
  readonly spans: readonly { readonly startMs: number; readonly endMs: number }[];
}

/** What a person said outweighs so much that was guessed. */
const toldWeight = 8;
/** An item is told where so much of it lies in lines that were. */
const mostly = 0.6;
const rounds = 10;

/** Groups are the people by number; also those who have nothing. */
export function regroup(items: readonly TimedItem[], lines: readonly LineVoice[], people: number): Grouped {
  const begun = items.map((item) => personOf(item, lines));
  let groups = begun.map(({ person }) => person);
  let scores: number[][] = [];
  for (let round = 0; round < rounds; round++) {
    const centres = Array.from({ length: people }, (_, person) => centreOf(items, begun, groups, person));
    scores = items.map(({ embedding }) => centres.map((centre) => (centre === null ? -1 : dot(embedding, centre))));
    const next = items.map((_, at) => {
      const { person, told } = begun[at] ?? { person: -1, told: false };
      if (told) return person;
      const row = scores[at] ?? [];
      return row.indexOf(Math.max(...row));
    });
    if (next.every((group, at) => group === groups[at])) break;
    groups = next;
  }
  const certainties = items.map((_, at) => {
    if (begun[at]?.told === true) return 1;
    const row = scores[at] ?? [];
    const own = row[groups[at] ?? 0] ?? 0;
    const other = Math.max(-1, ...row.filter((_score, group) => group !== groups[at]));
    return Math.max(0, Math.min(1, 0.5 + (own - other) * 1.25));
  });
  return { groups, certainties, count: people };
}

/** Whose lines an item lies in most; -1 for nobody's. */
export function personOf({ spans }: TimedItem, lines: readonly LineVoice[]): { person: number; told: boolean } {
  const ms = new Map<number, number>();
  const toldMs = new Map<number, number>();
  let total = 0;
  for (const span of spans) total += span.endMs - span.startMs;
  for (const line of lines)
    for (const span of spans) {
      const both = Math.min(line.endMs, span.endMs) - Math.max(line.startMs, span.startMs);
      if (both <= 0) continue;
      ms.set(line.person, (ms.get(line.person) ?? 0) + both);
      if (line.told) toldMs.set(line.person, (toldMs.get(line.person) ?? 0) + both);
    }
  const [told] = [...toldMs].toSorted((a, b) => b[1] - a[1]);
  if (told !== undefined && told[1] >= mostly * total) return { person: told[0], told: true };
  const [most] = [...ms].toSorted((a, b) => b[1] - a[1]);
  return { person: most?.[0] ?? -1, told: false };
}

function centreOf(
  items: readonly TimedItem[],
  begun: readonly { readonly told: boolean }[],
  groups: readonly number[],
  person: number,
): Float32Array | null {
  const sum = new Float32Array(items[0]?.embedding.length ?? 0);
  for (const [at, { embedding, cleanMs }] of items.entries()) {
    if (groups[at] !== person) continue;
    const weight = cleanMs * (begun[at]?.told === true ? toldWeight : 1);
    for (let n = 0; n < sum.length; n++) sum[n] = (sum[n] ?? 0) + weight * (embedding[n] ?? 0);
  }
  const length = Math.sqrt(dot(sum, sum));
  return length > 0 ? sum.map((value) => value / length) : null;
}
