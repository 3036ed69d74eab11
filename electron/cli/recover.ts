// lyssna recover: gives the recordings that were cut off in a folder an end, as the app does at its start, and lists them.
// For whoever comes after the person: by recovery code, or by the organisation's key. Runs in the command line.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { errorSentence, exitCodeOf, exitCodes, LyssnaError } from "../errors.ts";
import { recoverRecordings } from "../recording/recover.ts";
import { parseCommand, required, usageError } from "./arguments.ts";
import { folderOptions, openFolder } from "./open-folder.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Prints a line for each recording that was recovered: id, when it was made, seconds, title. Answers 0, or the exit code of
 * the first recording that could not be read; it is kept as it is.
 */
export async function recover(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommand(args, folderOptions);
  if (positionals.length > 0) throw usageError("unknown-option", { option: positionals[0] ?? "" });
  const dir = required("--data", values.data);
  // A mistyped folder must not become a new one, in which nothing was cut off.
  if (!existsSync(join(dir, "store.db"))) throw new LyssnaError("file-not-found", { file: join(dir, "store.db") });
  const { store, close } = await openFolder(values, terminal);
  try {
    const cutOff = await store.listRunningRecordings();
    const recovered = await recoverRecordings(store, store.sound);
    for (const { id, recordedAt, durationMs, title } of recovered) {
      await store.noteEvent("recovered", id, { by: "app" });
      await terminal.print(`${[id, recordedAt, (durationMs / 1000).toFixed(1), oneLine(title)].join("\t")}\n`);
    }
    terminal.note("recoveredCount", { count: String(recovered.length) });
    const left = (await store.listMeetings()).filter(({ id, error }) => cutOff.includes(id) && error !== null);
    let exitCode: number = exitCodes.done;
    for (const { id, error } of left) {
      if (error === null) continue;
      terminal.stderr.write(`${id}: ${errorSentence(error, terminal.language)}\n`);
      if (exitCode === exitCodes.done) exitCode = exitCodeOf(error.code);
    }
    return exitCode;
  } finally {
    await close();
  }
}

const oneLine = (title: string): string => title.replaceAll(/\p{Cc}+/gu, " ");
