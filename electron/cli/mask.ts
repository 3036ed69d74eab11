// lyssna mask TRANSCRIPT: what tells who somebody is gives way to placeholders, or comes back by the key. Runs in the
// command line.
import { chmod } from "node:fs/promises";
import { basename } from "node:path";
import { exportDocument } from "../export/export-document.ts";
import { writeWhole } from "../export/write-whole.ts";
import { readTranscript } from "../import/read-transcript.ts";
import { readMaskKey } from "../masking/mask-key.ts";
import { maskTranscript, restoreTranscript } from "../masking/mask-transcript.ts";
import { oneFile, oneOf, parseCommand, required } from "./arguments.ts";
import { isSilent } from "./hear-file.ts";
import type { Terminal } from "./terminal.ts";
import { refuseOwnInput, writeResult } from "./write-result.ts";

/** For the person's own eyes: the key undoes the masking. */
const ownOnly = 0o600;

export async function mask(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = parseCommand(args, {
    format: { type: "string", default: "json" },
    out: { type: "string" },
    key: { type: "string" },
    restore: { type: "boolean", default: false },
  });
  const path = oneFile(positionals);
  const format = oneOf("--format", values.format, ["json", "txt"]);
  const key = values.restore ? await readMaskKey(required("--key", values.key)) : null;
  await refuseOwnInput(values.out, [path, ...(values.key === undefined ? [] : [values.key])]);
  if (key === null) await refuseOwnInput(values.key, [path]);

  const transcript = await readTranscript(path);
  if (isSilent(transcript)) terminal.note("noSpeech", { file: basename(path) });
  const made = key === null ? maskTranscript(transcript) : { transcript: restoreTranscript(transcript, key), key };
  const bytes = await exportDocument({ kind: "transcript", transcript: made.transcript }, format, terminal.language);
  if (key === null && values.key !== undefined) {
    await writeWhole(values.key, `${JSON.stringify(made.key, null, 2)}\n`);
    await chmod(values.key, ownOnly);
  }
  await writeResult(bytes, values.out, terminal);
}
