// lyssna doctor: what the main job needs, and whether it is there. Runs in the command line.
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, stat, statfs } from "node:fs/promises";
import { arch, cpus, platform, release, tmpdir } from "node:os";
import { join } from "node:path";
import { exitCodeOf, LyssnaError, toErrorData } from "../errors.ts";
import { createInference } from "../inference/client.ts";
import { readMachine } from "../models/machine.ts";
import { listInstalledModels } from "../models/model-folder.ts";
import { findFfmpeg } from "../pipeline/ffmpeg.ts";
import { openStore } from "../store/store.ts";
import { loadBuiltInTemplates } from "../summary/templates.ts";
import { parseCommand } from "./arguments.ts";
import { describeModels } from "./describe-models.ts";
import { openMeetingFolder } from "./meeting-folder.ts";
import { chooseModel, modelsFolder } from "./places.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Prints a line per thing. Answers 0, or the exit code of the first thing that stops the main job. With --packaged also what
 * the installed app brings with it must be its own, and start.
 */
export async function doctor(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = parseCommand(args, {
    data: { type: "string" },
    "key-file": { type: "string" },
    packaged: { type: "boolean", default: false },
  });
  const { text, env } = terminal;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  let exitCode = 0;
  const line = (label: string, value: string) => terminal.print(`${label}\t${value}\n`);
  const check = async (label: string, look: () => Promise<string>) => {
    try {
      await line(label, await look());
    } catch (error) {
      const { code } = toErrorData(error);
      if (exitCode === 0) exitCode = exitCodeOf(code);
      await line(label, `${text("missing")} (${code})`);
    }
  };

  await line("Lyssna", terminal.version);
  await line(
    text("computer"),
    `${platform()} ${release()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model ?? "–"}, Node ${process.versions.node}`,
  );
  const machine = await readMachine();
  const { totalBytes, freeBytes, cores } = machine;
  await line(text("cores"), String(cores));
  await line(text("memory"), text("memoryOf", { free: gigabytes(freeBytes), total: gigabytes(totalBytes) }));
  await check(text("devices"), () => listDevices(terminal));
  await check(text("room"), async () => {
    const dir = modelsFolder(env);
    await mkdir(dir, { recursive: true });
    const { bavail, bsize } = await statfs(dir);
    return `${gigabytes(bavail * bsize)} (${dir})`;
  });
  await check(text("ffmpeg"), async () => {
    const { version, source, warning } = await findFfmpeg({ env, bundledDir: terminal.ffmpegDir });
    if (values.packaged && source !== "bundled") throw new LyssnaError("ffmpeg-missing");
    return `${version} (${source})${warning ? ` – ${text("oldFfmpeg")}` : ""}`;
  });
  await check(text("database"), tryDatabase);
  await check(text("models"), async () => {
    await chooseModel(undefined, env);
    const installed = await listInstalledModels(modelsFolder(env));
    return installed.length === 0 ? text("onlyDemonstration") : installed.join(", ");
  });
  await check(text("measurements"), async () => {
    const folder = await openKnownFolder(values.data, values["key-file"]);
    try {
      const kept = await folder?.tuning.read();
      const models = await describeModels(modelsFolder(env), { machine, kept, terminal });
      return models.length === 0 ? "–" : `\n${models.map((model) => `\t${model}`).join("\n")}`;
    } finally {
      await folder?.close();
    }
  });
  await check(text("templates"), async () => String((await loadBuiltInTemplates()).length));
  return exitCode;
}

/** A database is made, encrypted, and taken away again. */
async function tryDatabase(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "lyssna-doctor-"));
  try {
    const store = await openStore({ dir, key: new Uint8Array(randomBytes(32)) });
    try {
      return await store.checkIntegrity();
    } finally {
      await store.close();
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The folder that --data names, where it is there: looking makes none. */
async function openKnownFolder(dir: string | undefined, keyFile: string | undefined) {
  if (dir === undefined) return null;
  await stat(dir).catch(() => {
    throw new LyssnaError("file-not-found", { file: dir });
  });
  return openMeetingFolder(dir, keyFile);
}

/** What ONNX Runtime was built for here. */
async function listDevices({ startInference, signal }: Terminal): Promise<string> {
  const inference = createInference(startInference);
  try {
    return (await inference.listDevices(signal)).join(", ");
  } finally {
    inference.close();
  }
}
