// Asks for a passphrase without showing it; never an argument, which every process on the machine could read.
// Runs in the command line.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { LyssnaError } from "../errors.ts";
import { usageError } from "./arguments.ts";
import type { Terminal } from "./terminal.ts";

/** The first line of a file that holds a secret. */
async function readSecretFile(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code === "ENOENT" ? "file-not-found" : "file-unreadable";
    throw new LyssnaError(code, { file: path });
  });
  return (text.split(/\r?\n/u)[0] ?? "").trim();
}

/** @param twice for a new one: a slip would make a file that nobody can open */
export async function askPassphrase(terminal: Terminal, twice: boolean): Promise<string> {
  const named = terminal.env["LYSSNA_PACKAGE_PASSPHRASE_FILE"];
  if (named !== undefined && named !== "") return readSecretFile(named);
  if (!process.stdin.isTTY) throw usageError("passphrase-missing");
  const typed = await askHidden(terminal.text("askPassphrase"), terminal);
  if (twice && (await askHidden(terminal.text("askPassphraseAgain"), terminal)) !== typed)
    throw usageError("passphrases-differ");
  return typed;
}

async function askHidden(question: string, { stderr, signal }: Terminal): Promise<string> {
  // readline writes what is typed to its output: this one swallows it.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  const stop = new AbortController();
  lines.on("SIGINT", () => stop.abort());
  stderr.write(question);
  try {
    return await lines.question("", { signal: AbortSignal.any([signal, stop.signal]) });
  } finally {
    stderr.write("\n");
    lines.close();
  }
}
