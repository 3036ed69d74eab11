// lyssna summarise TRANSCRIPT…: one summary, or a report over several. Runs in the command line.
import type { ExportFormat } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import { exportDocument } from "../export/export-document.ts";
import { readTranscript } from "../import/read-transcript.ts";
import { inTimeOrder } from "../summary/report/several-meetings.ts";
import { oneOf, parseCommand, required, usageError } from "./arguments.ts";
import { chooseTemplate } from "./choose-template.ts";
import { allowFormats } from "./policy.ts";
import { isSilent } from "./hear-file.ts";
import { openSummariser } from "./summarise-with.ts";
import type { Terminal } from "./terminal.ts";
import { refuseOwnInput, writeResult } from "./write-result.ts";

/** Those that hold a summary; subtitles hold a transcript. */
const summaryFormats = [
  "json",
  "md",
  "txt",
  "docx",
  "pdf",
  "html",
  "csv",
  "ics",
] as const satisfies readonly ExportFormat[];

export async function summarise(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = parseCommand(args, {
    template: { type: "string" },
    engine: { type: "string", default: "builtin" },
    format: { type: "string", default: "md" },
    out: { type: "string" },
  });
  if (positionals.length === 0) throw usageError("file-expected");
  const format = oneOf("--format", values.format, summaryFormats);
  if ((format === "docx" || format === "pdf") && values.out === undefined)
    throw usageError("out-needed", { value: format });
  allowFormats(terminal, [format]);
  await refuseOwnInput(values.out, positionals);
  const engine = await openSummariser(values.engine, terminal);
  const template = await chooseTemplate(required("--template", values.template), terminal.policy);

  const transcripts = inTimeOrder(await Promise.all(positionals.map((path) => readTranscript(path))));
  const [first] = transcripts;
  if (first === undefined || transcripts.every(isSilent)) throw new LyssnaError("transcript-empty");
  const summary = await engine.summarise(transcripts, template).finally(() => engine.close());
  const transcript = transcripts.length === 1 ? first : transcripts;
  const bytes = await exportDocument({ kind: "summary", summary, transcript }, format, terminal.language);
  await writeResult(bytes, values.out, terminal);
}
