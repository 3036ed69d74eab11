// A summary or transcript as plain text, for a case system's text fields. Runs anywhere.
import type { InterfaceLanguage, SummarySection } from "../formats.ts";
import { labelOf, type Review } from "./label.ts";
import type { ExportOptions } from "./options.ts";
import { type ExportInput, outlineOf, type OutlineBody, sectionBody } from "./outline.ts";
import { exportTexts } from "./texts.ts";

export function plainText(input: ExportInput, language: InterfaceLanguage, options?: ExportOptions): string {
  const { title, label, about, open, facts, sections } = outlineOf(input, language, options);
  const head = [title, label, ...about, ...facts.map(([name, value]) => `${name}: ${value}`)];
  const toSettle =
    open.length === 0
      ? []
      : [`${exportTexts(language).open.toLocaleUpperCase(language)}\n${open.map((point) => `- ${point}`).join("\n")}`];
  const blocks = sections.map(({ heading, body }) => `${heading.toLocaleUpperCase(language)}\n${bodyText(body)}`);
  return `${[head.join("\n"), ...toSettle, ...blocks].join("\n\n")}\n`;
}

/**
 * One heading's text, for the clipboard: no heading and no times, since it is pasted under its heading elsewhere; last
 * the label, which goes wherever the text goes.
 */
export function headingText(section: SummarySection, language: InterfaceLanguage, review: Review | null): string {
  const texts = exportTexts(language);
  return `${bodyText(sectionBody(section, () => "", texts))}\n\n${labelOf(review, texts)}`;
}

function bodyText(body: OutlineBody): string {
  switch (body.kind) {
    case "note":
    case "manual":
      return body.text;
    case "terms":
      return body.terms.map(([word, meaning]) => `- ${word}: ${meaning}`).join("\n");
    case "notes":
      return body.notes.map((note, at) => `${at + 1}. ${note}`).join("\n");
    case "quotes":
    case "items":
      return body.items.map(({ text, source }) => `- ${spaced([text, source])}`).join("\n");
    case "actions":
      return body.rows
        .map(({ what, who, when, source }) => {
          const whom = [who, when].filter((part) => part !== "").join(", ");
          return `- ${spaced([what, whom === "" ? "" : `(${whom})`, source])}`;
        })
        .join("\n");
    case "talk":
      return body.lines
        .map(({ time, speaker, text }) => `[${time}] ${speaker === "" ? "" : `${speaker}: `}${text}`)
        .join("\n");
  }
}

const spaced = (parts: readonly string[]) => parts.filter((part) => part !== "").join(" ");
