// Memory: what hours take beyond minutes, and what decoding takes beyond the loaded model. Linux only. Bench only.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { weightsFile } from "../../electron/inference/layout.ts";
import { askProcess } from "./ask-process.ts";
import { goalRow, plainRow } from "./goals.ts";
import type { HearingMemory, HearingRequest } from "./hearing-process.ts";
import { cacheDir, type Measure, type Setting } from "./measure.ts";
import { withoutProcessMemory } from "./process-memory.ts";
import { makeRandomWhisper } from "./random-whisper/make-random-whisper.ts";
import type { ShapeName } from "./random-whisper/shape.ts";
import type { Row } from "./report.ts";

const megabytes = (bytes: number): number => bytes / 2 ** 20;
const shortMinutes = 5;
/** Enough windows to fill the batches of two processes. */
const batchMinutes = 10;
const longMinutes = 180;
const quickMinutes = 30;

async function measureHearing(size: ShapeName, minutes: number, setting: Setting): Promise<HearingMemory> {
  const { threads, lanes, batch, progress } = setting;
  const modelDir = await makeRandomWhisper(cacheDir, { name: size, format: "q8" });
  const request: HearingRequest = { modelDir, minutes, threads, lanes, batch };
  progress(`${size}, memory: ${minutes} min of sound …`);
  return askProcess<HearingMemory>("./hearing-process.ts", request);
}

const skip = (id: string) => ({ rows: [], notes: [], skipped: [{ id, reason: withoutProcessMemory ?? "" }] });
const totalPeak = ({ mainPeak, inferencePeak }: HearingMemory): number => mainPeak + inferencePeak;

/** Tiny, which is the quickest: what grows with the length of the sound does not depend on the shape. */
export const measureMemoryOfHours: Measure = async (setting) => {
  const id = "memory-3h";
  if (withoutProcessMemory !== null) return skip(id);
  const minutes = setting.quick ? quickMinutes : longMinutes;
  const short = await measureHearing("tiny", shortMinutes, setting);
  const long = await measureHearing("tiny", minutes, setting);
  const beyond = megabytes(totalPeak(long) - totalPeak(short));
  const row = setting.quick ? plainRow("memory-30min", beyond, "MB", "lower") : goalRow(id, beyond);
  const parts = (["mainPeak", "inferencePeak"] as const).map((part) => megabytes(long[part] - short[part]).toFixed(0));
  return {
    rows: [row, plainRow("memory-peak-tiny", megabytes(totalPeak(long)), "MB", "lower")],
    notes: [
      `${row.id}: tiny; peaks of main and inference together (VmHWM from the loaded model on) for ${minutes} min beyond those for ${shortMinutes} min: main ${parts[0]} MB, inference ${parts[1]} MB.`,
    ],
  };
};

export const measureMemoryOfBatch: Measure = async (setting) => {
  const id = "memory-batch";
  if (withoutProcessMemory !== null) return skip(id);
  const rows: Row[] = [];
  const notes: string[] = [];
  for (const size of setting.sizes) {
    if (size === "small") continue;
    const { inferencePeak, loaded, processes } = await measureHearing(size, batchMinutes, setting);
    const weights = await weightBytes(size);
    notes.push(`${id}, ${size}: ${processes} process(es), weights of ${megabytes(weights).toFixed(0)} MB.`);
    rows.push(
      goalRow(id, megabytes(inferencePeak - loaded), size),
      plainRow("memory-loaded", megabytes(loaded), "MB", "lower", size),
      plainRow("memory-beyond-weights", megabytes(inferencePeak - weights * processes), "MB", "lower", size),
    );
  }
  notes.push(
    `${id}: peak of the inference processes while ${batchMinutes} min are heard (not measured for small), beyond what is resident once the model is loaded. What loading leaves behind unused hides in that; memory-beyond-weights is the same peak beyond the bytes of the weights' files, in each process.`,
  );
  return { rows, notes };
};

async function weightBytes(size: ShapeName): Promise<number> {
  const dir = await makeRandomWhisper(cacheDir, { name: size, format: "q8" });
  const files = [weightsFile("encoder_model", "q8"), weightsFile("decoder_model_merged", "q8")];
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(dir, file))).size));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
