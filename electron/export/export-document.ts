// Any summary or transcript as the bytes of any format. Runs anywhere under Node.
import type { ExportFormat } from "../contract.ts";
import type { InterfaceLanguage, Transcript } from "../formats.ts";
import { docx } from "./docx.ts";
import { json } from "./json.ts";
import { markdown } from "./markdown.ts";
import type { ExportInput } from "./outline.ts";
import { plainText } from "./plain-text.ts";
import { srt } from "./srt.ts";
import { vtt } from "./vtt.ts";

/**
 * The document's bytes; text is UTF-8. `language` is that of the words around what was said.
 * Subtitles are always those of the transcript: a summary has no running times.
 */
export async function exportDocument(
  input: ExportInput,
  format: ExportFormat,
  language: InterfaceLanguage,
): Promise<Uint8Array> {
  if (format === "docx") return docx(input, language);
  return new TextEncoder().encode(exportText(input, format, language));
}

/** Every format that is text. */
export function exportText(
  input: ExportInput,
  format: Exclude<ExportFormat, "docx">,
  language: InterfaceLanguage,
): string {
  switch (format) {
    case "md":
      return markdown(input, language);
    case "txt":
      return plainText(input, language);
    case "json":
      return json(input);
    case "vtt":
      return vtt(firstTranscript(input));
    case "srt":
      return srt(firstTranscript(input));
  }
}

function firstTranscript({ transcript }: ExportInput): Transcript {
  if ("lyssna" in transcript) return transcript;
  return transcript[0] ?? { lyssna: "transcript/1", language: "sv", durationMs: 0, speakers: [], segments: [] };
}
