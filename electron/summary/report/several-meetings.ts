// From one summary over several meetings to a report: what was said in two meetings told once, what is new since last
// time, and what later meetings say of earlier actions. Runs in a worker thread or under plain Node.
import type { SectionKind, Summary, SummaryItem, Template, Transcript } from "../../formats.ts";
import { checkAgainst } from "../evidence/check-evidence.ts";
import type { Lexicon } from "../lexicon.ts";
import type { Split } from "../sentences/split.ts";
import { contentStems, coverage } from "../language/stem.ts";
import { stemsOf } from "../sentences/sentence-stems.ts";
import type { Unit } from "../understand/units.ts";
import { writeItems, writeUnit } from "../write/write-item.ts";
import type { Understood } from "../understand/understand.ts";
import { type Once, withLaterPassages } from "./once-said.ts";
import { onceTold } from "./once-told.ts";

const mostItems = 200;

/**
 * The same transcripts, the earliest first, so that "m1" is the first meeting. Where one has no date, the order they
 * came in is kept.
 */
export function inTimeOrder(transcripts: readonly Transcript[]): readonly Transcript[] {
  return transcripts.some(({ recordedAt }) => recordedAt === undefined)
    ? transcripts
    : transcripts.toSorted((a, b) => (a.recordedAt ?? "").localeCompare(b.recordedAt ?? ""));
}

/** The template with room for as many items of each meeting as it has for one. */
export function roomForAll(template: Template, meetings: number): Template {
  if (meetings < 2) return template;
  return {
    ...template,
    sections: template.sections.map((section) =>
      section.maxItems === undefined
        ? section
        : { ...section, maxItems: Math.min(mostItems, section.maxItems * meetings) },
    ),
  };
}

/** Each statement an item of its own, where there is room: it has its own meeting, and may be new by itself. */
export const writeOneByOne: typeof writeItems = (units, kind, most, lexicon) =>
  units.length > most
    ? writeItems(units, kind, most, lexicon)
    : units.flatMap((unit) => writeItems([unit], kind, 1, lexicon));

export interface Said {
  readonly units: readonly Unit[];
  readonly all: readonly Understood[];
  readonly split: Split;
  readonly template: Template;
  readonly also: Once["also"];
}

/** The summary of several meetings as a report. Items and segments of the summary read "m2:s12". */
export function toReport(summary: Summary, said: Said, lexicon: Lexicon): Summary {
  const { units, all, template, also } = said;
  const last = summary.sources?.length ?? 1;
  const before = wordsBefore(all, last, lexicon);
  const people = new Set(
    said.split.meetings.flatMap((meeting) => meeting.people.flatMap(({ label }) => contentStems(label, lexicon))),
  );
  const once = (items: readonly SummaryItem[], kind: SectionKind | undefined): SummaryItem[] =>
    onceTold(withLaterPassages(items, also, lexicon), kind, lexicon).map(mark);
  const mark = (item: SummaryItem): SummaryItem => {
    const later = item.what === undefined ? [] : laterSaid(item, units, lexicon);
    return {
      ...item,
      ...(isNew(item, last, { before, people }, lexicon) ? { isNew: true } : {}),
      ...(later.length === 0 ? {} : { later }),
    };
  };
  const marked = {
    ...summary,
    sections: summary.sections.map((section, at) => ({
      ...section,
      items: once(section.items, template.sections[at]?.kind),
    })),
    unplaced: once(summary.unplaced, "bullets"),
  };
  return onlySupported(marked, said, lexicon);
}

/** Number of the meeting a segment id of a report stands in: "m2:s12" → 2; 0 for another id. */
export const meetingOf = (segmentId: string): number => Number(/^m(\d+):/u.exec(segmentId)?.[1] ?? 0);

/** Share of an item's words that an earlier sentence must hold for the item not to be new. */
const known = 0.8;

/** The stems of each sentence before the last meeting, with its neighbour's: one thing may be told in two sentences. */
function wordsBefore(all: readonly Understood[], last: number, lexicon: Lexicon): readonly ReadonlySet<string>[] {
  const earlier = all.filter(({ sentence }) => sentence.meeting < last - 1);
  const stems = earlier.map(({ sentence }) => stemsOf(sentence, lexicon));
  return stems.map((own, at) => new Set([...own, ...(stems[at + 1] ?? [])]));
}

interface Known {
  readonly before: readonly ReadonlySet<string>[];
  /** The words for those who speak: they stand in every sentence and tell nothing. */
  readonly people: ReadonlySet<string>;
}

/** Whether every sentence of the item says what was said in the last meeting and in none before. */
function isNew({ text, segments }: SummaryItem, last: number, { before, people }: Known, lexicon: Lexicon): boolean {
  if (segments.length === 0 || !segments.every((id) => meetingOf(id) === last)) return false;
  const sentences = text.split(/(?<=[.”!?])\s+(?=[”\p{Lu}])/u);
  const stated = sentences.map((sentence) => contentStems(sentence, lexicon).filter((stem) => !people.has(stem)));
  return stated.every(
    (own) => own.length > 0 && !before.some((stems) => coverage(own, stems) >= known && holdsNumbers(own, stems)),
  );
}

/** What an item says, without who says it. */
function statedIn(item: SummaryItem, lexicon: Lexicon): string[] {
  const who = new Set(contentStems(item.who ?? "", lexicon));
  const stems = contentStems(item.what ?? item.text, lexicon);
  const rest = stems.filter((stem) => !who.has(stem));
  return rest.length === 0 ? stems : rest;
}

const holdsNumbers = (own: readonly string[], stems: ReadonlySet<string>): boolean =>
  own.every((stem) => !/\p{N}/u.test(stem) || stems.has(stem));

/** Share of an action's words that a later statement must take up. */
const takesUp = 0.6;
const mostLater = 3;

/** What later meetings say of an action, in the order of the talk. */
function laterSaid(item: SummaryItem, units: readonly Unit[], lexicon: Lexicon): NonNullable<SummaryItem["later"]> {
  const own = statedIn(item, lexicon).filter((stem) => !/\p{N}/u.test(stem));
  if (own.length < 2) return [];
  const meeting = Math.max(...item.segments.map(meetingOf));
  return units
    .filter(
      (unit) =>
        unit.meeting >= meeting &&
        (unit.kind === "statement" || unit.kind === "answer") &&
        coverage(own, unit.stems) >= takesUp &&
        unit.segments.every((id) => !item.segments.includes(id)),
    )
    .slice(0, mostLater)
    .map((unit) => ({ text: ended(writeUnit(unit, lexicon)), segments: [...unit.segments] }));
}

/** Of what was said later, what the evidence check has nothing against. */
function onlySupported(summary: Summary, { split }: Said, lexicon: Lexicon): Summary {
  const all = [...summary.sections.flatMap(({ items }) => items), ...summary.unplaced];
  const later = all.flatMap((item) => item.later ?? []);
  const checked = checkAgainst({ ...summary, sections: [], unplaced: later }, split, lexicon).unplaced;
  const holds = new Set(later.filter((_, at) => checked[at]?.support === "supported"));
  const filter = (item: SummaryItem): SummaryItem => {
    const { later: said = [], ...rest } = item;
    const held = said.filter((one) => holds.has(one));
    return held.length === 0 ? rest : { ...rest, later: held };
  };
  return {
    ...summary,
    sections: summary.sections.map((section) => ({ ...section, items: section.items.map(filter) })),
    unplaced: summary.unplaced.map(filter),
  };
}

const ended = (text: string): string => (/[.!?”]$/u.test(text) ? text : `${text}.`);
