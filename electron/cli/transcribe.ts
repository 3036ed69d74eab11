// lyssna transcribe FILE: sound or video becomes a transcript. Runs in the command line.
import { basename } from "node:path";
import { exportDocument } from "../export/export-document.ts";
import { oneFile, oneOf, parseCommand } from "./arguments.ts";
import { glossaryOptions, openGlossary } from "./glossary.ts";
import { checkSound, hearingOptions, isSilent, openHearing } from "./hear-file.ts";
import { allowFormats } from "./policy.ts";
import type { Terminal } from "./terminal.ts";
import { refuseOwnInput, writeResult } from "./write-result.ts";

export async function transcribe(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = parseCommand(args, {
    ...hearingOptions,
    ...glossaryOptions,
    format: { type: "string", default: "txt" },
    out: { type: "string" },
  });
  const path = oneFile(positionals);
  const format = oneOf("--format", values.format, ["json", "txt", "srt", "vtt", "md"]);
  allowFormats(terminal, [format]);
  await refuseOwnInput(values.out, [path]);
  const useGlossary = await openGlossary(values, terminal);
  await checkSound(path);

  const hearing = await openHearing(values, terminal);
  try {
    const transcript = useGlossary(await hearing.hear(path), path);
    if (isSilent(transcript)) terminal.note("noSpeech", { file: basename(path) });
    const bytes = await exportDocument({ kind: "transcript", transcript }, format, terminal.language);
    await writeResult(bytes, values.out, terminal);
  } finally {
    hearing.close();
  }
}
