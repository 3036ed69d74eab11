// The suite "transcription": our path against the stock transformers.js pipeline, same model files, same sound, in turns.
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { createInference } from "../../electron/inference/client.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import { type Inference, sampleRateHz } from "../../electron/inference/protocol.ts";
import { hear, keepNothing, type OpenPcm } from "../../electron/pipeline/pipeline.ts";
import { makeRandomWhisper } from "./random-whisper/make-random-whisper.ts";
import { isShapeName, type ShapeName, textTokensPerWindow } from "./random-whisper/shape.ts";
import { describeMachine, makeRow, median, type Report, type Row } from "./report.ts";
import type { BenchOptions } from "./run.ts";
import { meetingSound } from "./sound.ts";
import { startStock } from "./stock.ts";

const cacheDir = fileURLToPath(new URL("../../.cache/bench", import.meta.url));
const silenceShare = 0.25;

interface Measured {
  readonly oursMs: number;
  readonly stockMs: number;
}

export async function measureTranscription(options: BenchOptions): Promise<Report> {
  const { minutes, rounds, threads, progress } = options;
  const sound = meetingSound(minutes, silenceShare);
  const rows: Row[] = [];
  for (const size of options.sizes) {
    if (!isShapeName(size)) throw new Error(`no such shape: ${size}`);
    const { oursMs, stockMs } = await measureSize(size, sound, options);
    progress(`${size}: ours ${seconds(oursMs)}, stock ${seconds(stockMs)}`);
    const ending = size === "base" ? "" : `-${size}`;
    const goal = size === "base" ? { bar: 4, aim: 6 } : { bar: null, aim: null };
    const times = { unit: "×", better: "higher" } as const;
    rows.push(
      makeRow({ id: `speed-vs-stock${ending}`, ...times, ...goal }, stockMs / oursMs),
      makeRow({ id: `real-time${ending}`, ...times, bar: null, aim: null }, (minutes * 60_000) / oursMs),
      makeRow({ id: `real-time-stock${ending}`, ...times, bar: null, aim: null }, (minutes * 60_000) / stockMs),
    );
  }
  return {
    suite: "transcription",
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    notes: [
      `${minutes} min of sound with ${silenceShare * 100} % silence; q8; ${threads} threads for the stock pipeline, ours chooses among ${availableParallelism()}; medians of ${rounds} rounds in turns.`,
      `Random weights: every window answers the same ${textTokensPerWindow} tokens on both sides. Nothing about accuracy is measured.`,
      "Stock: transformers.js pipeline, chunk 30 s, stride 5 s, segment timestamps. Ours: voice activity, packed windows, own loop.",
    ],
    rows,
  };
}

async function measureSize(
  size: ShapeName,
  sound: Float32Array<ArrayBuffer>,
  options: BenchOptions,
): Promise<Measured> {
  const { rounds, threads, progress } = options;
  progress(`${size}: making the model …`);
  const dir = await makeRandomWhisper(cacheDir, size, "q8");
  const stock = await startStock({ type: "load", dir, dtype: "q8", threads });
  const inference = oneTry(createInference(startNodeInference()), threads);
  try {
    // Both sides once on half a minute, unmeasured: memory is taken and code is compiled then.
    const warmUp = sound.slice(0, 30 * sampleRateHz);
    await stock.transcribe(warmUp);
    await hearWhole(warmUp, dir, inference);

    const times: Measured[] = [];
    for (let round = 0; round < rounds; round++) {
      const { elapsedMs: stockMs } = await stock.transcribe(sound);
      const startMs = performance.now();
      await hearWhole(sound, dir, inference);
      const oursMs = performance.now() - startMs;
      progress(`${size}: round ${round + 1} of ${rounds}: ours ${seconds(oursMs)}, stock ${seconds(stockMs)}`);
      times.push({ oursMs, stockMs });
    }
    return { oursMs: median(times.map((one) => one.oursMs)), stockMs: median(times.map((one) => one.stockMs)) };
  } finally {
    stock.close();
    inference.close();
  }
}

/** Each window decoded once on both sides, with as many threads: random text is always doubtful and would be tried six times. */
const oneTry = (inference: Inference, threads: number): Inference => ({
  ...inference,
  loadSpeech: (model, signal) => inference.loadSpeech({ ...model, threads, temperatures: [0] }, signal),
});

async function hearWhole(sound: Float32Array<ArrayBuffer>, dir: string, inference: Inference): Promise<void> {
  const openPcm: OpenPcm = async function* (startMs) {
    for (let at = (startMs * sampleRateHz) / 1000; at < sound.length; at += sampleRateHz) {
      yield sound.slice(at, at + sampleRateHz);
    }
  };
  const durationMs = (sound.length / sampleRateHz) * 1000;
  const { segments } = await hear(
    { openPcm, durationMs, modelDir: dir, language: "sv", inference, progressed: keepNothing },
    { signal: new AbortController().signal, report: () => {} },
  );
  if (segments.length === 0) throw new Error("our path heard nothing: the measurement would mean nothing");
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
