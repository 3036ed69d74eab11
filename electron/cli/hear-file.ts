// Sound or video to transcript, for every command that needs it. Runs in the command line.
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { LyssnaError } from "../errors.ts";
import type { Transcript } from "../formats.ts";
import { createInference } from "../inference/client.ts";
import { type Device, deviceNames } from "../inference/protocol.ts";
import { findFfmpeg } from "../pipeline/ffmpeg.ts";
import { stageWeights, transcribeFile } from "../pipeline/pipeline.ts";
import { stages } from "../work.ts";
import { createSuitedInference } from "../models/suited-inference.ts";
import { oneOf, usageError } from "./arguments.ts";
import { chooseModel, chooseVoices, modelsFolder } from "./places.ts";
import { createProgressLine } from "./progress.ts";
import type { Terminal } from "./terminal.ts";
import type { CliText } from "./texts.ts";

/** Options of parseArgs that every command that hears shares. */
export const hearingOptions = {
  model: { type: "string" },
  language: { type: "string", default: "sv" },
  people: { type: "string" },
  device: { type: "string", default: "auto" },
  track: { type: "string", default: "1" },
  channels: { type: "string", default: "mixed" },
} as const;

export interface HearingChoice {
  readonly model?: string | undefined;
  readonly language: string;
  readonly people?: string | undefined;
  readonly device: string;
  readonly track: string;
  readonly channels: string;
}

export interface Hearing {
  /** Throws what decode, the model and the inference process throw. */
  hear(path: string): Promise<Transcript>;
  close(): void;
}

/** Checks the choice, finds ffmpeg and the model once, and starts the inference process at the first file. */
export async function openHearing(choice: HearingChoice, terminal: Terminal): Promise<Hearing> {
  checkChoice(choice);
  const computeOn = oneOf("--device", choice.device, ["auto", "cpu", "gpu"]);
  const channels = oneOf("--channels", choice.channels, ["mixed", "split"]);
  const pick = { track: Number(choice.track) - 1, channels };
  const model = await chooseModel(choice.model, terminal);
  const ffmpeg = await findFfmpeg({ env: terminal.env, bundledDir: terminal.ffmpegDir });
  const voicesDir = await chooseVoices(terminal.env);
  const people = choice.people === undefined ? null : Number(choice.people);
  // Said after the first file that was heard: beside an error they would hide the one sentence that matters.
  const notes: CliText[] = [
    ...(voicesDir === null && choice.people !== undefined && choice.people !== "1" && channels === "mixed"
      ? (["voicesMissing"] as const)
      : []),
    ...(model.demonstration ? (["demonstration"] as const) : []),
    ...(ffmpeg.warning ? (["oldFfmpeg"] as const) : []),
  ];
  let failedDevice: Device | null = null;
  const inference = createSuitedInference({
    inference: createInference(terminal.startInference),
    version: terminal.version,
    modelsDir: modelsFolder(terminal.env),
    computeOn: () => computeOn,
    failedDevice: () => failedDevice,
    async deviceFailed(device) {
      failedDevice = device;
      terminal.note("deviceFailed", { device: deviceNames[device] });
    },
  });
  await inference.checkMemory(model.dir);
  return {
    async hear(path) {
      const progress = createProgressLine(terminal);
      const { signal, text } = terminal;
      try {
        const transcript = await transcribeFile(
          { path, modelDir: model.dir, language: choice.language, ffmpeg, inference, pick, people, voicesDir },
          {
            signal,
            report: ({ stage, fraction }) => {
              const before = stages.slice(0, stages.indexOf(stage)).reduce((sum, done) => sum + stageWeights[done], 0);
              progress.show(`${basename(path)}: ${text(stage)}`, before + stageWeights[stage] * fraction);
            },
          },
        );
        progress.end();
        for (const note of notes.splice(0)) terminal.note(note);
        return transcript;
      } catch (error) {
        throw signal.aborted ? new LyssnaError("cancelled") : error;
      } finally {
        progress.end();
      }
    },
    close: () => inference.close(),
  };
}

function checkChoice({ language, people, track }: HearingChoice): void {
  if (language !== "auto" && !/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/iu.test(language)) {
    throw usageError("option-value", { option: "--language", value: language });
  }
  if (people !== undefined && !/^(?:[1-9]|1\d|20)$/u.test(people)) {
    throw usageError("option-value", { option: "--people", value: people });
  }
  if (!/^[1-9]\d?$/u.test(track)) throw usageError("option-value", { option: "--track", value: track });
}

/** Refuses at once what needs no model to refuse. Throws file-not-found or file-empty. */
export async function checkSound(path: string): Promise<void> {
  const file = basename(path);
  const stats = await stat(path).catch((error: unknown) => {
    const isMissing = ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
    throw new LyssnaError(isMissing ? "file-not-found" : "file-unreadable", { file }, { cause: error });
  });
  if (stats.isFile() && stats.size === 0) throw new LyssnaError("file-empty", { file });
}

/** True where nothing was said that could be summarised. */
export const isSilent = (transcript: Transcript): boolean =>
  transcript.segments.every(({ text }) => text.trim() === "");
