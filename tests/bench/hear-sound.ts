// Our side of every comparison: the product's own path from sound to segments. Bench only.
import { createInference } from "../../electron/inference/client.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import type { Inference } from "../../electron/inference/protocol.ts";
import { hear, type Heard, keepNothing } from "../../electron/pipeline/pipeline.ts";
import { sampleRateHz, type Sound, soundFor } from "./sound.ts";

/**
 * The inference process with so many threads, that decodes each window once: random text is always doubtful and would
 * be tried six times, which no opponent does here.
 */
export function openInference(threads: number): Inference {
  const inference = createInference(startNodeInference());
  return {
    ...inference,
    loadSpeech: (model, signal) => inference.loadSpeech({ ...model, threads, temperatures: [0] }, signal),
  };
}

/** Hears `minutes` of the sound, over and over where it is shorter. Throws where nothing was heard. */
export async function hearSound(
  sound: Sound,
  modelDir: string,
  inference: Inference,
  minutes = sound.length / sampleRateHz / 60,
): Promise<Heard> {
  const heard = await hear(
    {
      openPcm: (startMs) => soundFor(sound, minutes, startMs),
      durationMs: minutes * 60_000,
      modelDir,
      language: "sv",
      inference,
      progressed: keepNothing,
    },
    { signal: new AbortController().signal, report: () => {} },
  );
  if (heard.segments.length === 0) throw new Error("our path heard nothing: the measurement would mean nothing");
  return heard;
}
