// A process that plays main while the voices of a recording are told apart, and tells how long that took and what memory.
// Bench only; asked by measure-speakers.ts.
import { createInference } from "../../../electron/inference/client.ts";
import { startNodeInference } from "../../../electron/inference/node-port.ts";
import { hearVoices } from "../../../electron/pipeline/hear-voices.ts";
import { findSpeakersInWorker } from "../../../electron/voices/run-find-speakers.ts";
import { gaussian, seeded } from "../../seeded.ts";
import { descendantsOf, forgetPeak, readMemory, readProcessorMs } from "../process-memory.ts";

export interface VoicesRequest {
  readonly modelDir: string;
  readonly minutes: number;
  readonly lanes: number;
}

export interface VoicesMeasured {
  readonly elapsedMs: number;
  /** Of the processor, in main and the voices' processes; NaN where the system does not tell. */
  readonly processorMs: number;
  /** Bytes, main and the voices' processes together; NaN where the system does not tell. */
  readonly peakBytes: number;
}

/** Heard over and over: short, so that it is no part of what grows. */
const chunkS = 1;

async function answer({ modelDir, minutes, lanes }: VoicesRequest): Promise<VoicesMeasured> {
  const random = seeded(1);
  const chunk = Float32Array.from({ length: chunkS * 16_000 }, () => 0.1 * gaussian(random));
  const durationMs = minutes * 60_000;
  async function* openPcm(startMs: number) {
    for (let ms = startMs; ms < durationMs; ms += chunkS * 1000) yield chunk;
  }
  const inference = createInference(startNodeInference());
  const work = { signal: new AbortController().signal, report: () => {} };
  const model = { dir: modelDir, lanes };
  let peak = 0;
  let processorMs = 0;
  const watch = setInterval(() => {
    const bytes = [process.pid, ...descendantsOf(process.pid)].map((pid) => readMemory(pid)?.peakBytes ?? 0);
    peak = Math.max(
      peak,
      bytes.reduce((sum, own) => sum + own, 0),
    );
    processorMs = Math.max(
      processorMs,
      [process.pid, ...descendantsOf(process.pid)].reduce((sum, pid) => sum + readProcessorMs(pid), 0),
    );
  }, 500);
  try {
    forgetPeak(process.pid);
    const began = performance.now();
    const heard = await hearVoices(
      {
        openPcm,
        regions: [{ startMs: 0, endMs: durationMs, cuts: [] }],
        durationMs,
        model,
        inference,
        kept: { pieces: new Map(), keep: async () => {} },
      },
      work,
    );
    await findSpeakersInWorker({ ...heard, segments: [], people: 4, language: "sv" }, work);
    return { elapsedMs: performance.now() - began, processorMs, peakBytes: peak };
  } finally {
    clearInterval(watch);
    inference.close();
  }
}

process.once("message", (request: VoicesRequest) => {
  answer(request).then(
    (measured) => process.send?.(measured, () => process.disconnect()),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});
