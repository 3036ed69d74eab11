// What a person did, as the change of a transcript that main makes. Pure.
import type { Correction, Transcript } from "../../electron/contract.ts";
import { withSpeaker } from "../../electron/editing/lines.ts";
import type { Segment } from "../../electron/formats.ts";
import type { Paragraph } from "../meeting/paragraphs.ts";

type Hunk = Correction["hunks"][number];

/** A change that can be turned round: where nothing would be left, the neighbour stands on both sides. */
export function hunkOf(all: readonly Segment[], before: readonly Segment[], after: readonly Segment[]): Hunk {
  const [first] = before;
  if (after.length > 0 || first === undefined) return { before, after };
  const at = all.findIndex(({ id }) => id === first.id);
  const [previous, next] = [all[at - 1], all[at + before.length]];
  if (previous !== undefined) return { before: [previous, ...before], after: [previous] };
  if (next !== undefined) return { before: [...before, next], after: [next] };
  return { before, after: [{ ...first, text: "" }] };
}

/** One line, that speaker's lines from there on, or all of that speaker's. */
export type SpeakerScope = "line" | "onwards" | "all";

/** The change that gives lines to a speaker, who may be a new one. */
export function speakerChange(
  { segments, speakers }: Transcript,
  line: Paragraph,
  wanted: { readonly id: string } | { readonly name: string },
  scope: SpeakerScope,
): Omit<Correction, "kind"> {
  const isNew = "name" in wanted;
  const id = isNew ? freeSpeakerId(speakers.map((one) => one.id)) : wanted.id;
  const from = segments.findIndex((segment) => segment.id === line.id);
  const own = new Set(line.segments.map((segment) => segment.id));
  const isMeant = (segment: Segment, at: number): boolean =>
    scope === "line"
      ? own.has(segment.id)
      : (segment.speaker ?? null) === line.speaker && (scope === "all" || at >= from);
  const hunks = segments
    .filter(isMeant)
    .filter((segment) => segment.speaker !== id)
    .map((segment): Hunk => ({ before: [segment], after: [withSpeaker(segment, id)] }));
  if (!isNew) return { hunks };
  return { hunks, speakers: { before: speakers, after: [...speakers, { id, name: wanted.name }] } };
}

/** A, B … Z, then S27 and on. */
function freeSpeakerId(taken: readonly string[]): string {
  for (let at = 0; ; at++) {
    const id = at < 26 ? String.fromCodePoint(65 + at) : `S${String(at + 1)}`;
    if (!taken.includes(id)) return id;
  }
}
