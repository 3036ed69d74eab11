// A summary or transcript in its public format, whole and readable. Runs anywhere.
import type { ExportInput } from "./outline.ts";

export const json = (input: ExportInput): string =>
  `${JSON.stringify(input.kind === "summary" ? input.summary : input.transcript, null, 2)}\n`;
