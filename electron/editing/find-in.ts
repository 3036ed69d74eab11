// Words looked for in a transcript, and others in their place. Pure; runs anywhere.
import type { Segment } from "../formats.ts";
import { retell } from "./retell.ts";

export interface FindOptions {
  readonly wholeWords: boolean;
  readonly matchCase: boolean;
}

/** Where it stands: characters of the segment's text. */
export interface Found {
  readonly segmentId: string;
  readonly start: number;
  readonly end: number;
}

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{M}\p{N}]/u.test(character);

/** Every place, in order; none overlaps another. "Får" is never "far": letters count as they are written. */
export function findIn(segments: readonly Segment[], wanted: string, options: FindOptions): readonly Found[] {
  const words = wanted.normalize("NFC").trim();
  if (words === "") return [];
  // A line that breaks, or two spaces, are no other words.
  const pattern = words
    .split(/\s+/u)
    .map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/-]/gu, String.raw`\$&`))
    .join(String.raw`\s+`);
  const expression = new RegExp(pattern, options.matchCase ? "gu" : "giu");
  return segments.flatMap(({ id, text, state }) => {
    if (state === "struck") return [];
    return [...text.matchAll(expression)].flatMap(({ index, 0: match }) => {
      const end = index + match.length;
      const isInside = isWordCharacter(text[index - 1]) || isWordCharacter(text[end]);
      return options.wholeWords && isInside ? [] : [{ segmentId: id, start: index, end }];
    });
  });
}

/** The segments that change, before and after. Places of one segment are in order. */
export function replaceIn(
  segments: readonly Segment[],
  places: readonly Found[],
  replacement: string,
): readonly { readonly before: readonly [Segment]; readonly after: readonly Segment[] }[] {
  const bySegment = Map.groupBy(places, ({ segmentId }) => segmentId);
  return segments.flatMap((segment) => {
    const own = bySegment.get(segment.id);
    if (own === undefined) return [];
    let text = segment.text;
    for (const { start, end } of own.toReversed()) text = text.slice(0, start) + replacement + text.slice(end);
    const after = retell([segment], text);
    // A segment that would say nothing stays, empty, so that the change can be turned round.
    return [{ before: [segment] as const, after: after.length > 0 ? after : [{ ...segment, text: "" }] }];
  });
}
