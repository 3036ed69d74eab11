// A passphrase or code, where it cannot be read by others: typed without echo, or from a file or descriptor. Never from the
// arguments, which every user of the computer can list. Runs in the command line.
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { LyssnaError } from "../errors.ts";
import { usageError } from "./arguments.ts";
import type { Terminal } from "./terminal.ts";

/** The terminal's own input; `setRawMode` is there where it is one. */
export type TypedInput = Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };

const mostBytes = 4096;

/**
 * The first line of --passphrase-fd, else of LYSSNA_PASSPHRASE_FILE, else what is typed at the question.
 * Throws usage where there is none of them, file-unreadable, cancelled.
 */
export async function askSecret(
  question: "passphrase" | "recoveryCode" | "keyPassphrase",
  descriptor: string | undefined,
  terminal: Terminal,
): Promise<string> {
  if (descriptor !== undefined) {
    if (!/^\d{1,4}$/u.test(descriptor))
      throw usageError("option-value", { option: "--passphrase-fd", value: descriptor });
    return firstLine(createReadStream("", { fd: Number(descriptor), autoClose: false, end: mostBytes }), descriptor);
  }
  const path = terminal.env["LYSSNA_PASSPHRASE_FILE"] ?? "";
  if (path !== "") return firstLine(createReadStream(path, { end: mostBytes }), path);
  const { stdin } = terminal;
  if (stdin?.isTTY !== true || stdin.setRawMode === undefined) throw usageError("secret-expected");
  return typed(stdin, terminal.text(question), terminal);
}

async function firstLine(stream: Readable, file: string): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      if (chunk.includes(0x0a)) break;
    }
  } catch {
    throw new LyssnaError("file-unreadable", { file });
  }
  const bytes = Buffer.concat(chunks);
  for (const chunk of chunks) chunk.fill(0);
  const [line = ""] = bytes.toString("utf8").split(/\r?\n/u, 1);
  bytes.fill(0);
  return line;
}

/** Reads key by key, so that the terminal shows nothing of it. */
async function typed(stdin: TypedInput, question: string, { stderr }: Terminal): Promise<string> {
  stderr.write(`${question}: `);
  stdin.setRawMode?.(true);
  let line = "";
  try {
    for await (const chunk of stdin.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer | string>) {
      for (const sign of chunk.toString()) {
        if (sign === "\r" || sign === "\n") return line;
        // In raw mode Ctrl-C is a sign like any other.
        if (sign === "\u0003" || sign === "\u0004") throw new LyssnaError("cancelled");
        line = sign === "\u007f" || sign === "\b" ? Array.from(line).slice(0, -1).join("") : line + sign;
      }
    }
    throw new LyssnaError("cancelled");
  } finally {
    stdin.setRawMode?.(false);
    stdin.pause();
    stderr.write("\n");
  }
}
