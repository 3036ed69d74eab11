// lyssna doctor: what the main job needs, and whether it is there. Runs in the command line.
import { mkdir, statfs } from "node:fs/promises";
import { arch, cpus, platform, release, totalmem } from "node:os";
import { exitCodeOf, toErrorData } from "../errors.ts";
import { listInstalledModels } from "../models/model-folder.ts";
import { findFfmpeg } from "../pipeline/ffmpeg.ts";
import { loadBuiltInTemplates } from "../summary/templates.ts";
import { parseCommand } from "./arguments.ts";
import { chooseModel, modelsFolder } from "./places.ts";
import type { Terminal } from "./terminal.ts";

/** Prints a line per thing. Answers 0, or the exit code of the first thing that stops the main job. */
export async function doctor(args: readonly string[], terminal: Terminal): Promise<number> {
  parseCommand(args, {});
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
  await line(text("memory"), gigabytes(totalmem()));
  await check(text("room"), async () => {
    const dir = modelsFolder(env);
    await mkdir(dir, { recursive: true });
    const { bavail, bsize } = await statfs(dir);
    return `${gigabytes(bavail * bsize)} (${dir})`;
  });
  await check(text("ffmpeg"), async () => {
    const { version, source, warning } = await findFfmpeg({ env });
    return `${version} (${source})${warning ? ` – ${text("oldFfmpeg")}` : ""}`;
  });
  await check(text("models"), async () => {
    await chooseModel(undefined, env);
    const installed = await listInstalledModels(modelsFolder(env));
    return installed.length === 0 ? text("onlyDemonstration") : installed.join(", ");
  });
  await check(text("templates"), async () => String((await loadBuiltInTemplates()).length));
  return exitCode;
}
