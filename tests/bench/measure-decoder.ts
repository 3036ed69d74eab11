// Our decoding loop against the bare ONNX Runtime: the same runs of the same session, with nothing around them. Bench only.
import { createWindowDecoder } from "../../electron/inference/whisper/decode-windows.ts";
import { loadWhisper, type Whisper } from "../../electron/inference/whisper/load.ts";
import type { Rows } from "../../electron/inference/whisper/rows.ts";
import { goalRow, plainRow } from "./goals.ts";
import { cacheDir, type Measure } from "./measure.ts";
import { makeRandomWhisper } from "./random-whisper/make-random-whisper.ts";
import type { ShapeName } from "./random-whisper/shape.ts";
import { median, type Row } from "./report.ts";
import { meetingSound, sampleRateHz, type Sound } from "./sound.ts";
import { timed } from "./take-turns.ts";
import { runAgain, runsOf, sessionsMadeBy } from "./watch-runs.ts";

const batch = 8;
const rounds = 5;

export const measureDecoder: Measure = async ({ sizes, threads, progress }) => {
  const rows: Row[] = [];
  const notes: string[] = [];
  for (const size of sizes) {
    if (size === "small") continue;
    const { loopMs, bareMs, steps } = await measureSize(size, threads);
    progress(`${size}, decoder: loop ${loopMs.toFixed(0)} ms, bare ${bareMs.toFixed(0)} ms, ${steps} steps`);
    rows.push(
      goalRow("decoder-vs-bare", loopMs / bareMs, size),
      plainRow("decoder-ms-per-token", loopMs / steps / batch, "ms", "lower", size),
    );
    notes.push(`decoder-vs-bare, ${size}: ${steps} steps of ${batch} rows; loop ${loopMs.toFixed(0)} ms.`);
  }
  notes.push(
    `decoder-vs-bare: ${batch} windows with the same forced tokens, from the moment all are heard until all are text, over the same runs of the same session made again with nothing around them; one process, medians of ${rounds} rounds in turns; not measured for small.`,
  );
  return { rows, notes };
};

interface DecoderTimes {
  readonly loopMs: number;
  readonly bareMs: number;
  readonly steps: number;
}

async function measureSize(size: ShapeName, threads: number): Promise<DecoderTimes> {
  const dir = await makeRandomWhisper(cacheDir, { name: size, format: "q8" });
  const model = { dir, threads, temperatures: [0], batch, trusted: true };
  const { result: whisper, sessions } = await sessionsMadeBy(() => loadWhisper(model));
  const step = sessions.find(({ inputNames }) => inputNames.includes("tokens"));
  if (step === undefined) throw new Error("the session of the decoding step was not found");

  const window = meetingSound(0.5, 0).slice(0, 29 * sampleRateHz);
  // The cache's room has grown to what these windows want once they were decoded.
  await decodeBatch(whisper, window);
  const runs = await runsOf(step, () => decodeBatch(whisper, window));
  const times = { loop: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.loop.push(await decodeBatch(whisper, window));
    times.bare.push(await timed(() => runAgain(step, runs)));
  }
  // Loading lets some of them go itself, and says so when they are let go again.
  await Promise.allSettled(sessions.map((session) => session.release()));
  return { loopMs: median(times.loop), bareMs: median(times.bare), steps: runs.length };
}

/** Milliseconds from the moment the last window was heard until all are text. */
async function decodeBatch(whisper: Whisper, window: Sound): Promise<number> {
  let heardMs = 0;
  const rows: Rows = {
    ...whisper.rows,
    async join(samples) {
      const row = await whisper.rows.join(samples);
      heardMs = performance.now();
      return row;
    },
  };
  const { tokens, temperatures, maxTokens, decode } = whisper;
  const { decode: decodeWindow } = createWindowDecoder(rows);
  const options = { tokens, temperatures, maxTokens, decode, language: "sv", timestamps: true };
  const said = await Promise.all(Array.from({ length: batch }, () => decodeWindow(window, options)));
  const endMs = performance.now();
  const [first] = said;
  if (first === undefined || said.some((one) => one.said.join(" ") !== first.said.join(" "))) {
    throw new Error("equal windows of a batch were heard differently");
  }
  return endMs - heardMs;
}
