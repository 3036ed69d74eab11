// lyssna doctor: what the main job needs, and whether it is there. Runs in the command line.
import { stat } from "node:fs/promises";
import { examine } from "../doctor/examine.ts";
import { exitCodeOf, LyssnaError, toErrorData } from "../errors.ts";
import type { Finding } from "../findings.ts";
import { createInference } from "../inference/client.ts";
import { readMachine } from "../models/machine.ts";
import { listInstalledModels } from "../models/model-folder.ts";
import { findFfmpeg } from "../pipeline/ffmpeg.ts";
import { parseCommand } from "./arguments.ts";
import { describeModels } from "./describe-models.ts";
import { openMeetingFolder } from "./meeting-folder.ts";
import { type FolderValues, folderOptions } from "./open-folder.ts";
import { chooseModel, modelsFolder } from "./places.ts";
import type { Terminal } from "./terminal.ts";

const remarks = { "old-ffmpeg": "oldFfmpeg", "only-demonstration": "onlyDemonstration" } as const;

/**
 * Prints a line per thing. Answers 0, or the exit code of the first thing that stops the main job. With --packaged also what
 * the installed app brings with it must be its own, and start.
 */
export async function doctor(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = parseCommand(args, {
    ...folderOptions,
    packaged: { type: "boolean", default: false },
  });
  const { text, env } = terminal;
  const line = (label: string, value: string) => terminal.print(`${label}\t${value}\n`);
  let exitCode = 0;
  const stops = (code: Finding["problem"]) => {
    if (code !== null && exitCode === 0) exitCode = exitCodeOf(code);
  };
  const inWords = ({ value, remark, problem }: Finding): string => {
    if (problem !== null) return `${text("missing")} (${problem})`;
    return [value, ...(remark === null ? [] : [text(remarks[remark])])].filter((part) => part !== "").join(" – ");
  };

  await line("Lyssna", terminal.version);
  const findings = examine({
    findFfmpeg: () => findFfmpeg({ env, bundledDir: terminal.ffmpegDir }),
    listDevices: () => listDevices(terminal),
    async installedModels() {
      await chooseModel(undefined, terminal);
      return listInstalledModels(modelsFolder(env));
    },
    dir: modelsFolder(env),
    packaged: values.packaged,
  });
  for await (const finding of findings) {
    stops(finding.problem);
    await line(text(finding.id), inWords(finding));
  }
  await line(text("modelsFolder"), modelsFolder(env));
  try {
    await line(text("measurements"), await measurements(values, terminal));
  } catch (error) {
    const { code } = toErrorData(error);
    stops(code);
    await line(text("measurements"), `${text("missing")} (${code})`);
  }
  return exitCode;
}

async function measurements(values: FolderValues, terminal: Terminal): Promise<string> {
  const folder = await openKnownFolder(values, terminal);
  try {
    const kept = await folder?.tuning.read();
    const machine = await readMachine();
    const models = await describeModels(modelsFolder(terminal.env), { machine, kept, terminal });
    return models.length === 0 ? "–" : `\n${models.map((model) => `\t${model}`).join("\n")}`;
  } finally {
    await folder?.close();
  }
}

/** The folder that --data names, where it is there: looking makes none. */
async function openKnownFolder(values: FolderValues, terminal: Terminal) {
  const dir = values.data;
  if (dir === undefined) return null;
  await stat(dir).catch(() => {
    throw new LyssnaError("file-not-found", { file: dir });
  });
  return openMeetingFolder(values, terminal);
}

/** What ONNX Runtime was built for here. */
async function listDevices({ startInference, signal }: Terminal): Promise<readonly string[]> {
  const inference = createInference(startInference);
  try {
    return await inference.listDevices(signal);
  } finally {
    inference.close();
  }
}
