// The command line for tests: run in this process, with everything it writes kept.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { after, before } from "node:test";
import { runCli } from "../../electron/cli.ts";
import type { CliHost } from "../../electron/cli/terminal.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import { noPolicy } from "../../electron/policy/state.ts";

export const cliPath = join(import.meta.dirname, "..", "..", "electron", "cli.ts");

export let dir = "";
export let env: Record<string, string> = {};
before(async () => {
  dir = await mkdtemp(join(tmpdir(), "lyssna-cli-"));
  env = { PATH: process.env["PATH"] ?? "", LYSSNA_MODELS: join(dir, "models"), LYSSNA_CACHE: join(dir, "cache") };
});
after(() => rm(dir, { recursive: true, force: true }));

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly bytes: Buffer;
  readonly err: string;
}

/** Runs in this process: quick, and everything but signals and pipes is the same. */
export const lyssna = Object.assign((...args: readonly string[]) => run({}, args), {
  /** The same with another host, such as one with a policy. */
  under: (host: Partial<CliHost>, ...args: readonly string[]) => run(host, args),
});

async function run(host: Partial<CliHost>, args: readonly string[]): Promise<Outcome> {
  const chunks: { out: Buffer[]; err: Buffer[] } = { out: [], err: [] };
  const sink = (into: Buffer[]) =>
    new Writable({ write: (chunk: Buffer, _encoding, done) => (into.push(Buffer.from(chunk)), done()) });
  const code = await runCli(args, {
    stdout: sink(chunks.out),
    stderr: sink(chunks.err),
    env,
    startInference: startNodeInference(),
    fetch: () => Promise.reject(new Error("the network is not for tests")),
    signal: new AbortController().signal,
    version: "0.0.0-test",
    wait: async () => {},
    policy: async () => noPolicy,
    ...host,
  });
  const bytes = Buffer.concat(chunks.out);
  return { code, bytes, out: bytes.toString(), err: Buffer.concat(chunks.err).toString() };
}

export const file = async (name: string, content: string | Uint8Array) => {
  const path = join(dir, name);
  await writeFile(path, content);
  return path;
};

/** Fails, says one sentence (or two short ones) on one line, and prints no result. */
export function says({ code, out, err }: Outcome, exitCode: number, words: RegExp): void {
  assert.equal(code, exitCode, err);
  assert.match(err, words);
  assert.equal(err.trimEnd().split("\n").length, 1, err);
  assert.equal(out, "");
}
