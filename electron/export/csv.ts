// A summary's actions as a table that Swedish Excel opens by itself: semicolons, a byte order mark, CRLF (RFC 4180
// otherwise). Runs anywhere.
import type { InterfaceLanguage, Summary } from "../formats.ts";
import { actionsOf } from "./dated-actions.ts";
import { labelOf, type Review } from "./label.ts";
import { exportTexts } from "./texts.ts";

/** One row per action. The label stands in each row: a table is sorted and cut. */
export function csv(summary: Summary, review: Review | null, language: InterfaceLanguage): string {
  const texts = exportTexts(language);
  const label = labelOf(review, texts);
  const rows = [
    [texts.what, texts.who, texts.when, texts.due, texts.heading, texts.review],
    ...actionsOf(summary).map(({ what, who, when, due, heading }) => [what, who, when, due, heading, label]),
  ];
  return `\uFEFF${rows.map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
}

/**
 * A cell that is text and nothing else: a sign that begins a formula gets an apostrophe before it
 * (OWASP, CSV injection), also after a space or quotation marks.
 */
export function cell(text: string): string {
  const harmless = /^["'\s]*[-+=@|%\uFF0B\uFF0D\uFF1D\uFF20]/u.test(text) ? `'${text}` : text;
  return /[";\r\n,']|^\s|\s$/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
