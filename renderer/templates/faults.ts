// What keeps a template from being saved, and what one should look at, while it is written. Runs in the window.
// Main has the last word (electron/summary/templates.ts); where nothing is wrong here, nothing is wrong there.
import type { Template } from "../../electron/formats.ts";

export interface Fault {
  readonly code: "title-missing" | "no-headings" | "heading-missing" | "code" | "same-heading" | "judgement-filled";
  /** Null where it is about the whole template. */
  readonly sectionId: string | null;
  /** A remark does not keep it from being saved. */
  readonly remark: boolean;
  /** The words that it is about. */
  readonly words: string;
}

/** What main refuses as program code. */
const code =
  /<\s*\/?\s*(?:script|iframe|object|embed|style|link|meta|img|svg|form|base|html|body)\b|javascript:|(?![\n\r\t])\p{Cc}/iu;

/** Words for what a professional judges or decides, in a heading that a machine would fill. */
const judgement = /bedömning|ställningstagande|slutsats|förslag till beslut|assessment|judge?ment|conclusion/iu;

export function faultsOf(template: Template): readonly Fault[] {
  const { title, description = "", owner = "", notFor = [], sections } = template;
  const faults: Fault[] = [];
  const add = (found: Fault["code"], sectionId: string | null, words = "", remark = false) =>
    faults.push({ code: found, sectionId, remark, words });
  if (title.trim() === "") add("title-missing", null);
  if ([title, description, owner, ...notFor].some((words) => code.test(words))) add("code", null);
  if (sections.length === 0) add("no-headings", null);
  const seen = new Set<string>();
  for (const { id, heading, guidance = "", kind } of sections) {
    const words = heading.trim();
    if (words === "") add("heading-missing", id);
    else if (seen.has(words.toLowerCase())) add("same-heading", id, words, true);
    if (code.test(heading) || code.test(guidance)) add("code", id);
    if (kind !== "manual" && judgement.test(words)) add("judgement-filled", id, words, true);
    seen.add(words.toLowerCase());
  }
  return faults;
}
