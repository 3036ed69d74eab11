// Before anything is chosen: what a speaker says again in a later meeting is one matter, kept as it was first said, with
// the later passages to go with it. Runs in a worker thread or under plain Node.
import type { SummaryItem } from "../../formats.ts";
import { personKey } from "../conflicts/facts.ts";
import type { Lexicon } from "../lexicon.ts";
import { contentStems, coverage } from "../language/stem.ts";
import type { Unit } from "../understand/units.ts";

export interface Once {
  readonly units: readonly Unit[];
  /** The passages of later meetings that say the same as a unit that was kept. */
  readonly also: ReadonlyMap<Unit, readonly string[]>;
}

/** Fewer content words than this say too little to be one matter. */
const leastStems = 2;

/** The units without those that only repeat, word for word but for small words, what the same person said in an earlier meeting. */
export function onceSaid(units: readonly Unit[]): Once {
  const first = new Map<string, Unit>();
  const also = new Map<Unit, string[]>();
  const kept: Unit[] = [];
  for (const unit of units) {
    const key = matterOf(unit);
    const earlier = key === null ? undefined : first.get(key);
    if (earlier !== undefined && earlier.meeting !== unit.meeting) {
      also.set(earlier, [...(also.get(earlier) ?? []), ...unit.segments]);
      continue;
    }
    kept.push(unit);
    if (key !== null && earlier === undefined) first.set(key, unit);
  }
  return { units: kept, also };
}

/** Null for what is another thing each time: actions, what was contested or moved, and what speaks of a day. */
function matterOf({ kind, sentences, stems, against, moved, person, question }: Unit): string | null {
  if ((kind !== "statement" && kind !== "answer") || against.length > 0 || moved || person === null) return null;
  const said = question === null ? sentences : [question, ...sentences];
  if (stems.size < leastStems || said.some(({ sentence }) => sentence.times.some((time) => time.kind === "day"))) {
    return null;
  }
  const negations = sentences.map(({ negated, answer }) => `${negated ? "not" : ""}${answer ?? ""}`).join(",");
  return [personKey(person), kind, negations, [...stems].toSorted().join(" ")].join("/");
}

/** Share of a unit's words that an item must hold to be the one it is told in. */
const tells = 0.8;

/** The items with the later passages of what they tell. */
export function withLaterPassages(
  items: readonly SummaryItem[],
  also: Once["also"],
  lexicon: Lexicon,
): readonly SummaryItem[] {
  if (also.size === 0) return items;
  return items.map((item) => {
    const stems = new Set(contentStems(item.text, lexicon));
    const more = [...also].flatMap(([unit, segments]) =>
      unit.segments.every((id) => item.segments.includes(id)) && coverage([...unit.stems], stems) >= tells
        ? segments
        : [],
    );
    return more.length === 0 ? item : { ...item, segments: [...new Set([...item.segments, ...more])] };
  });
}
