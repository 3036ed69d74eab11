// A note as an item of a summary. Pure.
import type { SummaryItem } from "../../formats.ts";
import type { Note } from "./answers.ts";

export const toItem = (
  { marks, text, stray, who, when }: Note,
  segmentOf: ReadonlyMap<string, string>,
): SummaryItem => ({
  text,
  segments: [...new Set(marks.flatMap((mark) => segmentOf.get(mark) ?? []))],
  origin: "engine",
  ...(stray === true ? { stray } : {}),
  ...(who === undefined ? {} : { who }),
  ...(when === undefined ? {} : { when }),
});
