// Loads Silero: on a graph of our own where it answers as the published one does, on the published one otherwise.
// Inference process.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import { vadFrameSamples } from "../protocol.ts";
import { openBatchSilero } from "./batch-silero.ts";
import { openPublishedSilero } from "./published-silero.ts";
import { contextSamples, emptyState, type Silero } from "./silero.ts";

/** One thread: it can run beside the decoding, and two gain nothing on matrices this small. */
const options: InferenceSession.SessionOptions = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 };

/** Largest difference between two probabilities that is only rounding. */
const rounding = 1e-4;
const comparedFrames = 12;

/** Ships in the package, beside its browser code. */
export function readPublishedSilero(): Promise<Uint8Array> {
  const entry = createRequire(import.meta.url).resolve("@ricky0123/vad-web");
  return readFile(join(dirname(entry), "silero_vad_v5.onnx"));
}

export async function loadSilero(): Promise<Silero> {
  const model = await readPublishedSilero();
  const published = await openPublishedSilero(model, options);
  const own = await openBatchSilero(model, options).catch(() => null);
  if (own === null) return published;
  const [kept, spare] = (await answersAlike(own, published)) ? [own, published] : [published, own];
  await spare.release();
  return kept;
}

/** Hears a synthetic sound with both, in two parts, so that the state's way is compared too. */
export async function answersAlike(one: Silero, other: Silero): Promise<boolean> {
  const sound = Float32Array.from(
    { length: contextSamples + comparedFrames * vadFrameSamples },
    // A buzzing voice of 120 Hz whose loudness swells and falls: its probabilities are neither 0 nor 1.
    (_, at) => 0.3 * Math.sin(at / 600) * ((at % 133) / 66 - 1) + 0.05 * Math.sin(at * at * 1e-4),
  );
  const half = (comparedFrames / 2) * vadFrameSamples;
  let [state, otherState] = [emptyState, emptyState];
  for (const part of [sound.subarray(0, contextSamples + half), sound.subarray(half)]) {
    const heard = await one.hear(part, state);
    const otherHeard = await other.hear(part, otherState);
    const apart = heard.probabilities.map((value, at) => Math.abs(value - (otherHeard.probabilities[at] ?? NaN)));
    if (!apart.every((difference) => difference <= rounding)) return false;
    [state, otherState] = [heard.state, otherHeard.state];
  }
  return true;
}
