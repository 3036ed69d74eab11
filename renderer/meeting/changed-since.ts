// What of a summary rests on words that are no longer those it was made of. Pure.
import type { SummaryVersion, Transcript } from "../../electron/contract.ts";
import type { Summary, SummaryItem } from "../../electron/formats.ts";

export interface ChangedSince {
  /** Segments whose words or speaker were changed after the summary was made, and cited ones that are no longer there. */
  readonly segments: ReadonlySet<string>;
  /** The transcript says something else than it did. */
  readonly any: boolean;
  /** Sentences that rest on them. */
  readonly sentences: number;
}

export const itemsOf = ({ sections, unplaced }: Summary): readonly SummaryItem[] => [
  ...sections.flatMap(({ items }) => items),
  ...unplaced,
];

/**
 * What was changed and taken back again says nothing else than before.
 * @param isWhole all of the transcript is there: what is cited and not in it is gone. Not so in a report, whose meetings
 * may be deleted.
 */
export function changedSince(
  transcript: Transcript | null,
  made: SummaryVersion | null,
  isWhole: boolean,
): ChangedSince {
  if (transcript === null || made === null) return { segments: new Set(), any: false, sentences: 0 };
  const segments = new Set<string>();
  const there = new Set<string>();
  for (const { id, changedAt } of transcript.segments) {
    there.add(id);
    if (changedAt !== undefined && changedAt > made.createdAt) segments.add(id);
  }
  const items = itemsOf(made.summary);
  if (isWhole) for (const id of items.flatMap((item) => item.segments)) if (!there.has(id)) segments.add(id);
  return {
    segments,
    any: segments.size > 0,
    sentences: items.filter((item) => item.segments.some((id) => segments.has(id))).length,
  };
}

/** The keys of the sentences that cite each segment, as meeting/SummaryText.tsx names them. */
export function citations({ sections, unplaced }: Summary): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id: sectionId, items } of [...sections, { id: "unplaced", items: unplaced }])
    for (const [index, { segments }] of items.entries())
      for (const id of new Set(segments)) {
        const keys = found.get(id);
        if (keys === undefined) found.set(id, [`${sectionId}:${String(index)}`]);
        else keys.push(`${sectionId}:${String(index)}`);
      }
  return found;
}
