// What a summary says beside its headings: statements that differ, what to bring up next time, and in a report what is
// new and what was said later. Runs anywhere.
import type { Summary, SummaryItem } from "../formats.ts";
import { notTouched } from "../summary/review.ts";
import { oneLine } from "./clean-text.ts";
import type { Cite, Outline, OutlineItem } from "./outline.ts";
import type { ExportTexts } from "./texts.ts";

type Sections = Outline["sections"];

const cited = (segments: readonly string[], cite: Cite): string => {
  const times = [...new Set(segments.map(cite))].filter((time) => time !== "");
  return times.length === 0 ? "" : `[${times.join(", ")}]`;
};

/** Statements that cannot all hold: one heading, each statement with what it is about and who said it. */
export function conflictSections({ conflicts = [] }: Summary, cite: Cite, texts: ExportTexts): Sections {
  if (conflicts.length === 0) return [];
  const items = conflicts.flatMap(({ about, statements }): OutlineItem[] =>
    statements.map(({ text, who, segments }) => ({
      text: `${oneLine(about)}: ${who === undefined ? "" : `${oneLine(who)}: `}”${oneLine(text)}”`,
      source: cited(segments, cite),
    })),
  );
  return [{ heading: texts.conflicts, body: { kind: "items", items } }];
}

/** The headings that nothing touched on. */
export function nextTimeSections(summary: Summary, texts: ExportTexts): Sections {
  const headings = notTouched(summary);
  if (headings.length === 0) return [];
  const items = headings.map((heading) => ({ text: oneLine(heading), source: "" }));
  return [{ heading: texts.nextTime, body: { kind: "items", items } }];
}

/** "Nytt sedan sist": empty where it is not. */
export const newWords = ({ isNew }: SummaryItem, texts: ExportTexts): string => (isNew === true ? texts.isNew : "");

/** The text of an item, and after it "Senare sagt: … [möte 2, 00:42]" where something was. */
export function withLater(text: string, { later = [] }: SummaryItem, cite: Cite, texts: ExportTexts): string {
  const said = later.map((one) => `${texts.later}: ${oneLine(one.text)} ${cited(one.segments, cite)}`.trimEnd());
  if (said.length === 0) return text;
  return [/[.!?”]$/u.test(text) ? text : `${text}.`, ...said].join(" ");
}
