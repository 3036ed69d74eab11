// Reviewing: what a person does to a summary, sentence by sentence, and what is left to be dealt with before it may leave.
// Every change gives a new summary; an item keeps its citations whatever is done to its words. Pure, runs anywhere.
import type { Segment, Summary, SummaryItem, SummarySection } from "../formats.ts";

/** Where an item stands. Section "unplaced" is what found no heading. */
export interface Place {
  readonly sectionId: string;
  readonly index: number;
}

export interface OpenQuestion extends Place {
  /** "flagged": a grave matter without a passage that supports it. "unsupported": anything else without one. */
  readonly why: "flagged" | "unsupported";
}

export const unplacedId = "unplaced";

/** What a person must open and deal with: confirm, change or remove. A person's own sentences are not judged. */
export function openQuestions(summary: Summary): readonly OpenQuestion[] {
  return partsOf(summary).flatMap(({ id, items }) =>
    items.flatMap((item, index): OpenQuestion[] => {
      if (item.origin === "person" || item.confirmed === true || item.support !== "unsupported") return [];
      return [{ sectionId: id, index, why: (item.flags ?? []).length > 0 ? "flagged" : "unsupported" }];
    }),
  );
}

/** Nothing grave and unsupported is left that nobody has dealt with. */
export const isExportable = (summary: Summary): boolean => openQuestions(summary).every(({ why }) => why !== "flagged");

export const isApprovable = (summary: Summary): boolean => openQuestions(summary).length === 0;

/**
 * New words for an item. An engine's item stays the engine's and is to be judged anew: its verdict goes. No words at all
 * take it away.
 */
export function changeItem(summary: Summary, place: Place, text: string): Summary {
  const words = text.trim();
  if (words === "") return removeItem(summary, place);
  return withItem(summary, place, (item) => {
    if (item.text === words) return item;
    if (item.origin === "person") return { ...item, text: words };
    const { support: _support, reasons: _reasons, flags: _flags, confirmed: _confirmed, ...rest } = item;
    return { ...rest, text: words, edited: true };
  });
}

/** The person has looked and stands by it. */
export const confirmItem = (summary: Summary, place: Place, confirmed: boolean): Summary =>
  withItem(summary, place, ({ confirmed: _before, ...item }) => (confirmed ? { ...item, confirmed } : item));

/** What a person stood by rested on other words: it is theirs to look at again. Segments of other meetings are let be. */
export function unconfirmed(summary: Summary, segments: readonly Segment[], madeAt: string): Summary {
  const changed = new Set(segments.flatMap(({ id, changedAt }) => ((changedAt ?? "") > madeAt ? [id] : [])));
  const again = (items: readonly SummaryItem[]): SummaryItem[] =>
    items.map(({ confirmed, ...item }) =>
      confirmed === true && !item.segments.some((id) => changed.has(id)) ? { ...item, confirmed } : item,
    );
  return {
    ...summary,
    sections: summary.sections.map((section) => ({ ...section, items: again(section.items) })),
    unplaced: again(summary.unplaced),
  };
}

export const removeItem = (summary: Summary, { sectionId, index }: Place): Summary =>
  withItems(summary, sectionId, (items) => items.filter((_, at) => at !== index));

/** A sentence of the person's own, last under its heading. */
export const addItem = (summary: Summary, sectionId: string, text: string): Summary =>
  text.trim() === ""
    ? summary
    : withItems(summary, sectionId, (items) => [...items, { text: text.trim(), segments: [], origin: "person" }]);

/** To the end of another heading, or out of all of them. Nothing happens where either place is unknown. */
export function moveItem(summary: Summary, place: Place, toSectionId: string): Summary {
  const item = itemAt(summary, place);
  const known = toSectionId === unplacedId || summary.sections.some(({ id }) => id === toSectionId);
  if (item === undefined || !known || toSectionId === place.sectionId) return summary;
  return withItems(removeItem(summary, place), toSectionId, (items) => [...items, item]);
}

/** One heading from another summary of the same template. The others are untouched, and so is what a person wrote in it. */
export function replaceSection(summary: Summary, made: SummarySection): Summary {
  const sections = summary.sections.map((section): SummarySection => {
    if (section.id !== made.id) return section;
    const items = [...made.items, ...section.items.filter(({ origin }) => origin === "person")];
    return { ...made, items, state: items.length > 0 ? "filled" : made.state };
  });
  return { ...summary, sections };
}

export const itemAt = (summary: Summary, { sectionId, index }: Place): SummaryItem | undefined =>
  partsOf(summary).find(({ id }) => id === sectionId)?.items[index];

const partsOf = (summary: Summary): readonly { readonly id: string; readonly items: readonly SummaryItem[] }[] => [
  ...summary.sections,
  { id: unplacedId, items: summary.unplaced },
];

const withItem = (summary: Summary, { sectionId, index }: Place, change: (item: SummaryItem) => SummaryItem): Summary =>
  withItems(summary, sectionId, (items) => items.map((item, at) => (at === index ? change(item) : item)));

function withItems(
  summary: Summary,
  sectionId: string,
  change: (items: readonly SummaryItem[]) => readonly SummaryItem[],
): Summary {
  if (sectionId === unplacedId) return { ...summary, unplaced: [...change(summary.unplaced)] };
  const sections = summary.sections.map((section): SummarySection => {
    if (section.id !== sectionId) return section;
    const items = [...change(section.items)];
    return { ...section, items, state: items.length > 0 ? "filled" : emptyState(section) };
  });
  return { ...summary, sections };
}

/** A heading of the professional's that is emptied again waits for the professional, not for the talk. */
const emptyState = ({ kind, state }: SummarySection): SummarySection["state"] =>
  kind === "manual" || state === "left-to-person" ? "left-to-person" : "not-mentioned";

/** The headings that nothing in the talk touched on, as a reminder for the next one. Those left to a person are not. */
export const notTouched = ({ sections }: Summary): readonly string[] =>
  sections.filter(({ state, items }) => state === "not-mentioned" && items.length === 0).map(({ heading }) => heading);
