// A summary or transcript as Markdown (CommonMark with tables). Runs anywhere.
import type { InterfaceLanguage } from "../formats.ts";
import type { ExportOptions } from "./options.ts";
import { type ExportInput, outlineOf, type OutlineBody } from "./outline.ts";
import { exportTexts, type ExportTexts } from "./texts.ts";

export function markdown(input: ExportInput, language: InterfaceLanguage, options?: ExportOptions): string {
  const texts = exportTexts(language);
  const { title, label, about, open, facts, sections } = outlineOf(input, language, options);
  const blocks = [
    `# ${escapeMarkdown(title)}`,
    [label, ...about].map((line) => `> ${escapeMarkdown(line)}`).join("\n>\n"),
    facts.map(([name, value]) => `- **${escapeMarkdown(name)}:** ${escapeMarkdown(value)}`).join("\n"),
    ...(open.length === 0
      ? []
      : [`## ${escapeMarkdown(texts.open)}`, open.map((point) => `- ${escapeMarkdown(point)}`).join("\n")]),
    ...sections.flatMap(({ heading, body }) => [`## ${escapeMarkdown(heading)}`, bodyOf(body, texts)]),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/**
 * Text that means only itself in CommonMark and its tables. Signs that work anywhere are escaped everywhere,
 * those that work at the start of a line only there, so that what people read stays readable.
 */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>|~$]/gu, "\\$&")
    .replace(/&(?=[#\w])/gu, "\\&")
    .replace(/^(#{1,6}(?=\s|$)|[-+=](?=[-+=\s]|$))/u, "\\$1")
    .replace(/^(\d{1,9})([.)])(?=\s|$)/u, "$1\\$2");

function bodyOf(body: OutlineBody, texts: ExportTexts): string {
  switch (body.kind) {
    case "note":
    case "manual":
      return `*${escapeMarkdown(body.text)}*`;
    case "terms":
      return body.terms
        .map(([word, meaning]) => `- **${escapeMarkdown(word)}**: ${escapeMarkdown(meaning)}`)
        .join("\n");
    case "notes":
      return body.notes.map((note, at) => `${at + 1}. ${escapeMarkdown(note)}`).join("\n");
    case "quotes":
    case "items":
      return body.items.map(({ text, source }) => `- ${joined(text, source)}`).join("\n");
    case "actions":
      return [
        row([texts.what, texts.who, texts.when, texts.source]),
        row(["---", "---", "---", "---"]),
        ...body.rows.map(({ what, who, when, source }) => row([...[what, who, when].map(escapeMarkdown), source])),
      ].join("\n");
    case "talk":
      return body.lines
        .map(({ time, speaker, text }) => {
          const name = speaker === "" ? "" : `**${escapeMarkdown(speaker)}** `;
          return `${name}[${time}] ${escapeMarkdown(text)}`;
        })
        .join("\n\n");
  }
}

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** Citations are our own signs: nothing in them comes from the meeting, and every "[" that does is escaped. */
const joined = (text: string, source: string) => `${escapeMarkdown(text)}${source === "" ? "" : ` ${source}`}`;
