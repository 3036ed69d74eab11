// Our side of every comparison: the product's own path from sound to segments. Bench only.
import { createInference } from "../../electron/inference/client.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import type { Inference } from "../../electron/inference/protocol.ts";
import { usualTuning } from "../../electron/models/choose-tuning.ts";
import { hear, type Heard, keepNothing } from "../../electron/pipeline/pipeline.ts";
import type { BenchOptions } from "./options.ts";
import { shapes } from "./random-whisper/shape.ts";
import { sampleRateHz, type Sound, soundFor } from "./sound.ts";

export interface InferenceOptions extends Pick<BenchOptions, "threads" | "lanes" | "batch"> {
  /** Loads our own graphs without comparing them with the published ones. */
  readonly trusted?: boolean;
}

/**
 * Inference with so many threads in all, that decodes each window once: random text is always doubtful and would be
 * tried six times, which no opponent does here.
 */
export function openInference({ threads, lanes, batch, trusted = false }: InferenceOptions): Inference {
  const inference = createInference(startNodeInference());
  return {
    ...inference,
    loadSpeech(model, signal) {
      // As the product chooses where nothing was measured.
      const sideBySide = lanes ?? model.lanes ?? usualTuning(threads, shapes.base).lanes;
      const chosen = {
        lanes: sideBySide,
        threads: Math.max(1, Math.floor(threads / sideBySide)),
        ...(batch === null ? {} : { batch }),
        ...(trusted ? { trusted } : {}),
      };
      return inference.loadSpeech({ ...model, ...chosen, temperatures: [0] }, signal);
    },
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
      sounds: [{ openPcm: (startMs) => soundFor(sound, minutes, startMs), progressed: keepNothing }],
      durationMs: minutes * 60_000,
      modelDir,
      language: "sv",
      inference,
    },
    { signal: new AbortController().signal, report: () => {} },
  );
  if (heard.segments.length === 0) throw new Error("our path heard nothing: the measurement would mean nothing");
  return heard;
}
