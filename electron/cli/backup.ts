// lyssna backup make|restore: an encrypted package of a data folder, and back. Runs in the command line.
import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative } from "node:path";
import { makePackage } from "../backup/make-package.ts";
import { takeIn } from "../backup/take-in.ts";
import { LyssnaError } from "../errors.ts";
import { refuse } from "../policy/state.ts";
import { oneFile, parseCommand, required, usageError } from "./arguments.ts";
import { type FolderValues, folderOptions, openFolder, type OpenedFolder } from "./open-folder.ts";
import { askPassphrase } from "./passphrase.ts";
import { createProgressLine } from "./progress.ts";
import type { Terminal } from "./terminal.ts";

export async function backup(args: readonly string[], terminal: Terminal): Promise<void> {
  const [verb, ...rest] = args;
  if (verb === "make") return make(rest, terminal);
  if (verb === "restore") return restore(rest, terminal);
  throw verb === undefined || verb.startsWith("-")
    ? usageError("no-command")
    : usageError("unknown-command", { command: `backup ${verb}` });
}

async function make(args: readonly string[], terminal: Terminal): Promise<void> {
  if (!terminal.policy.makePackage) refuse(terminal.policy);
  const { values, positionals } = parseCommand(args, {
    ...folderOptions,
    out: { type: "string" },
    meeting: { type: "string" },
  });
  if (positionals.length > 0) throw usageError("unknown-option", { option: positionals[0] ?? "" });
  const out = required("--out", values.out);
  const dir = required("--data", values.data);
  // A mistyped folder must not become a new one, and an empty package of it.
  if (!existsSync(join(dir, "store.db"))) throw new LyssnaError("file-not-found", { file: join(dir, "store.db") });
  await refuseOwnFolder(out, dir);
  const passphrase = await askPassphrase(terminal, true);
  const made = await withProgress("packing", terminal, (report) =>
    withStore(values, terminal, (store) =>
      makePackage(store, {
        out,
        passphrase,
        meetingId: values.meeting ?? null,
        appVersion: terminal.version,
        now: new Date(),
        signal: terminal.signal,
        report,
      }),
    ),
  );
  terminal.note("packageMade", { meetings: String(made.meetings), file: basename(out) });
  if (made.stayed > 0) terminal.note("packageStayed", { count: String(made.stayed) });
  if (made.withoutSound > 0) terminal.note("packageWithoutSound", { count: String(made.withoutSound) });
}

/** A package put over the folder's own files would be the end of them. */
async function refuseOwnFolder(out: string, dir: string): Promise<void> {
  const folder = await realpath(dirname(out)).catch(() => null);
  const way = folder === null ? ".." : relative(await realpath(dir), folder);
  if (way === "" || (!way.startsWith("..") && !isAbsolute(way))) throw usageError("out-is-input", { value: out });
}

async function restore(args: readonly string[], terminal: Terminal): Promise<void> {
  if (!terminal.policy.takeInPackage) refuse(terminal.policy);
  const { values, positionals } = parseCommand(args, folderOptions);
  const path = oneFile(positionals);
  required("--data", values.data);
  if (!existsSync(path)) throw new LyssnaError("file-not-found", { file: basename(path) });
  const passphrase = await askPassphrase(terminal, false);
  const taken = await withProgress("takingIn", terminal, (report) =>
    withStore(values, terminal, (store) => takeIn(store, { path, passphrase, signal: terminal.signal, report })),
  );
  terminal.note("packageTaken", { meetings: String(taken.meetings), here: String(taken.here) });
  if (taken.deletedBefore > 0) terminal.note("packageDeletedBefore", { count: String(taken.deletedBefore) });
  if (taken.withoutSound > 0) terminal.note("packageWithoutSound", { count: String(taken.withoutSound) });
}

async function withProgress<Result>(
  label: "packing" | "takingIn",
  terminal: Terminal,
  run: (report: (fraction: number) => void) => Promise<Result>,
): Promise<Result> {
  const line = createProgressLine(terminal);
  try {
    return await run((fraction) => line.show(terminal.text(label), fraction));
  } finally {
    line.end();
  }
}

async function withStore<Result>(
  values: FolderValues,
  terminal: Terminal,
  use: (store: OpenedFolder["store"]) => Promise<Result>,
): Promise<Result> {
  const { store, close } = await openFolder(values, terminal);
  try {
    return await use(store);
  } finally {
    await close();
  }
}
