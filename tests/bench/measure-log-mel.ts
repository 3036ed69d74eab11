// Log-mel features of a window: ours, and the stock feature extractor's beside it. Bench only.
import { AutoProcessor, env } from "@huggingface/transformers";
import { createLogMel } from "../../electron/inference/whisper/log-mel.ts";
import { goalRow, plainRow } from "./goals.ts";
import { cacheDir, type Measure } from "./measure.ts";
import { makeRandomWhisper } from "./random-whisper/make-random-whisper.ts";
import { median } from "./report.ts";
import { meetingSound } from "./sound.ts";
import { timed } from "./take-turns.ts";

const rounds = 15;
const stockRounds = 5;

export const measureLogMel: Measure = async ({ threads }) => {
  env.allowRemoteModels = false;
  // The mel scale is the same for all shapes.
  const dir = await makeRandomWhisper(cacheDir, { name: "tiny", format: "q8" });
  const { feature_extractor: stock } = await AutoProcessor.from_pretrained(dir, { local_files_only: true });
  if (stock === null || stock === undefined) throw new Error("no feature extractor");
  const filters = stock.config["mel_filters"] as number[][];
  const { run } = await createLogMel(filters, { intraOpNumThreads: threads, interOpNumThreads: 1 });
  const window = meetingSound(0.5, 0);

  const take = async (work: () => Promise<unknown>, count: number): Promise<number> => {
    await work();
    const times: number[] = [];
    for (let round = 0; round < count; round++) times.push(await timed(work));
    return median(times);
  };
  const oursMs = await take(() => run(window), rounds);
  const stockMs = await take(() => stock(window) as Promise<unknown>, stockRounds);
  return {
    rows: [goalRow("log-mel-ms", oursMs), plainRow("log-mel-stock-ms", stockMs, "ms", "lower")],
    notes: [`log-mel-ms: a window of 30 s; medians of ${rounds} runs, stock of ${stockRounds}.`],
  };
};
