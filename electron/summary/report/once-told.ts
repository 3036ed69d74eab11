// The same thing said in two meetings is told once, with the passages of both. Runs in a worker thread or under plain Node.
import type { SectionKind, SummaryItem, SupportLevel } from "../../formats.ts";
import type { Lexicon } from "../lexicon.ts";
import { contentStems, coverage } from "../language/stem.ts";
import { flatten, hasPhrase, lowerWords, tokenise } from "../language/tokens.ts";

/** Share of each one's words that the other must hold. */
const same = 0.85;

/**
 * The items without repetitions: the first telling stays, with the later one's segments after its own. A quotation is
 * nobody else's words, and an action with another day is another action: those stay.
 */
export function onceTold(
  items: readonly SummaryItem[],
  kind: SectionKind | undefined,
  lexicon: Lexicon,
): SummaryItem[] {
  if (kind === "quotes") return [...items];
  const told: Told[] = [];
  for (const item of items) {
    const here = toTold(item, lexicon);
    const at = told.findIndex((earlier) => saysTheSame(earlier, here));
    const earlier = told[at];
    if (earlier === undefined) told.push(here);
    else told[at] = { ...earlier, item: together(earlier.item, item) };
  }
  return told.map(({ item }) => item);
}

interface Told {
  readonly item: SummaryItem;
  readonly stems: ReadonlySet<string>;
  readonly numbers: string;
  readonly negations: number;
}

function toTold(item: SummaryItem, lexicon: Lexicon): Told {
  const stems = contentStems(item.text, lexicon);
  const { negations } = lexicon.lists;
  return {
    item,
    stems: new Set(stems),
    numbers: stems
      .filter((stem) => /\p{N}/u.test(stem))
      .toSorted()
      .join(" "),
    negations: lowerWords(tokenise(item.text)).filter((word) => hasPhrase(flatten([word]), negations)).length,
  };
}

const meetingsOf = ({ segments }: SummaryItem): ReadonlySet<string> =>
  new Set(segments.map((id) => id.split(":")[0] ?? ""));

function saysTheSame(a: Told, b: Told): boolean {
  const shared = meetingsOf(a.item);
  if (a.stems.size === 0 || [...meetingsOf(b.item)].some((meeting) => shared.has(meeting))) return false;
  if (a.numbers !== b.numbers || a.negations !== b.negations) return false;
  if (a.item.who !== b.item.who || a.item.due !== b.item.due) return false;
  return coverage([...a.stems], b.stems) >= same && coverage([...b.stems], a.stems) >= same;
}

const order: readonly SupportLevel[] = ["unsupported", "weak", "supported"];

/** One of them is enough: the better support counts, with its reasons. */
function together(a: SummaryItem, b: SummaryItem): SummaryItem {
  const better = order.indexOf(b.support ?? "supported") > order.indexOf(a.support ?? "supported") ? b : a;
  const { reasons: _, ...rest } = a;
  return {
    ...rest,
    segments: [...a.segments, ...b.segments],
    ...(better.support === undefined ? {} : { support: better.support }),
    ...(better.reasons === undefined ? {} : { reasons: better.reasons }),
  };
}
