// A document to standard output or to a file. Runs in the command line.
import { realpath } from "node:fs/promises";
import { writeWhole } from "../export/write-whole.ts";
import { LyssnaError } from "../errors.ts";
import { usageError } from "./arguments.ts";
import type { Terminal } from "./terminal.ts";

/** Throws usage rather than write a result over what it was made from. */
export async function refuseOwnInput(out: string | undefined, inputs: readonly string[]): Promise<void> {
  if (out === undefined) return;
  const target = await realpath(out).catch(() => null);
  if (target === null) return;
  const sources = await Promise.all(inputs.map((path) => realpath(path).catch(() => null)));
  if (sources.includes(target)) throw usageError("out-is-input", { value: out });
}

/** The last moment at which Ctrl-C keeps a file from being written. */
export async function writeResult(bytes: Uint8Array, out: string | undefined, terminal: Terminal): Promise<void> {
  if (terminal.signal.aborted) throw new LyssnaError("cancelled");
  if (out === undefined) await terminal.print(bytes);
  else await writeWhole(out, bytes);
}
