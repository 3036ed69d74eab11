// Any summary or transcript as the bytes of any format. Runs anywhere under Node.
import type { ExportFormat } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import type { InterfaceLanguage, Transcript } from "../formats.ts";
import { csv } from "./csv.ts";
import { docx } from "./docx.ts";
import { html } from "./html.ts";
import { ics } from "./ics.ts";
import { json } from "./json.ts";
import { markdown } from "./markdown.ts";
import { type ExportOptions, wholeDocument } from "./options.ts";
import type { ExportInput } from "./outline.ts";
import { pdf } from "./pdf.ts";
import { plainText } from "./plain-text.ts";
import { srt } from "./srt.ts";
import { exportTexts } from "./texts.ts";
import { vtt } from "./vtt.ts";
import { withoutNames } from "./without-names.ts";

/**
 * The document's bytes; text is UTF-8. `language` is that of the words around what was said.
 * Subtitles are always those of the transcript: a summary has no running times. Tables and calendars hold a summary's
 * actions. Throws no-dated-actions and format-not-for.
 */
export async function exportDocument(
  input: ExportInput,
  format: ExportFormat,
  language: InterfaceLanguage,
  options: ExportOptions = wholeDocument,
): Promise<Uint8Array> {
  if (format === "docx") return docx(input, language, options);
  if (format === "pdf") return pdf(input, language, options);
  return new TextEncoder().encode(exportText(input, format, language, options));
}

/** Every format that is text. */
export function exportText(
  input: ExportInput,
  format: Exclude<ExportFormat, "docx" | "pdf">,
  language: InterfaceLanguage,
  options: ExportOptions = wholeDocument,
): string {
  // The others do it in their outline.
  const shown = (): ExportInput => (options.names ? input : withoutNames(input, exportTexts(language)));
  switch (format) {
    case "md":
      return markdown(input, language, options);
    case "txt":
      return plainText(input, language, options);
    case "html":
      return html(input, language, options);
    case "json":
      return json(shown(), language);
    case "csv":
    case "ics": {
      const actions = shown();
      if (actions.kind === "transcript") throw new LyssnaError("format-not-for", { format: format.toUpperCase() });
      const review = actions.review ?? null;
      return format === "csv"
        ? csv(actions.summary, review, language)
        : ics(actions.summary, review, language, new Date());
    }
    case "vtt":
      return vtt(firstTranscript(shown()), language);
    case "srt":
      return srt(firstTranscript(shown()));
  }
}

function firstTranscript({ transcript }: ExportInput): Transcript {
  if ("lyssna" in transcript) return transcript;
  return transcript[0] ?? { lyssna: "transcript/1", language: "sv", durationMs: 0, speakers: [], segments: [] };
}
