// A summary or transcript in its public format, whole and readable, with the label that every document has. Runs anywhere.
import type { InterfaceLanguage } from "../formats.ts";
import { labelOf } from "./label.ts";
import type { ExportInput } from "./outline.ts";
import { exportTexts } from "./texts.ts";

export function json(input: ExportInput, language: InterfaceLanguage): string {
  const texts = exportTexts(language);
  const value =
    input.kind === "summary"
      ? { ...input.summary, label: labelOf(input.review ?? null, texts) }
      : { ...input.transcript, label: texts.transcriptLabel };
  return `${JSON.stringify(value, null, 2)}\n`;
}
