// A summary or transcript as plain text, for a case system's text fields. Runs anywhere.
import type { InterfaceLanguage, SummarySection } from "../formats.ts";
import { type ExportInput, outlineOf, type OutlineBody, sectionBody } from "./outline.ts";
import { exportTexts } from "./texts.ts";

export function plainText(input: ExportInput, language: InterfaceLanguage): string {
  const { title, notice, facts, sections } = outlineOf(input, language);
  const head = [title, ...(notice === null ? [] : [notice]), ...facts.map(([label, value]) => `${label}: ${value}`)];
  const blocks = sections.map(({ heading, body }) => `${heading.toLocaleUpperCase(language)}\n${bodyText(body)}`);
  return `${[head.join("\n"), ...blocks].join("\n\n")}\n`;
}

/** One heading's text, for the clipboard: no heading and no times, since it is pasted under its heading elsewhere. */
export function headingText(section: SummarySection, language: InterfaceLanguage = "sv"): string {
  return bodyText(sectionBody(section, () => "", exportTexts(language)));
}

function bodyText(body: OutlineBody): string {
  switch (body.kind) {
    case "note":
      return body.text;
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
