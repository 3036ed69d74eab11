// Detect speech: where in the recording somebody speaks. Silero runs in the inference process; the rule is here.
import { type Inference, sampleRateHz, vadFrameSamples } from "../inference/protocol.ts";
import type { Work } from "../work.ts";

export interface SpeechRegion {
  readonly startMs: number;
  readonly endMs: number;
  /** Places inside where the voice is weakest, one per second at most: where a long region may be cut. */
  readonly cutsMs: readonly number[];
}

export interface SpeechMap {
  readonly regions: readonly SpeechRegion[];
  readonly durationMs: number;
}

const frameMs = (vadFrameSamples * 1000) / sampleRateHz;

/** Silero's own defaults (snakers4/silero-vad, get_speech_timestamps), with more padding: a cut word is a lost word. */
const startAt = 0.5;
const endBelow = 0.35;
const shortestSpeechMs = 250;
const shortestSilenceMs = 300;
const padMs = 200;
const cutEveryMs = 1000;

/** Listens through the sound once. `durationMs` is only for progress. */
export async function detectSpeech(
  pcm: AsyncIterable<Float32Array>,
  inference: Inference,
  { signal, report, durationMs }: Work & { readonly durationMs: number | null },
): Promise<SpeechMap> {
  const stream = await inference.openVoiceActivity();
  const probabilities: number[] = [];
  let samples = 0;
  for await (const chunk of pcm) {
    signal.throwIfAborted();
    for (const probability of await stream.push(chunk)) probabilities.push(probability);
    samples += chunk.length;
    if (durationMs !== null && durationMs > 0) {
      report({ stage: "detect-speech", fraction: Math.min(1, (samples * 1000) / sampleRateHz / durationMs) });
    }
  }
  for (const probability of await stream.close()) probabilities.push(probability);
  report({ stage: "detect-speech", fraction: 1 });
  const heardMs = Math.round((samples * 1000) / sampleRateHz);
  return { regions: regionsFromProbabilities(probabilities, heardMs), durationMs: heardMs };
}

/** From one speech probability per 32 ms frame to padded regions that neither touch nor overlap. */
export function regionsFromProbabilities(probabilities: readonly number[], durationMs: number): SpeechRegion[] {
  const spans: { start: number; end: number }[] = [];
  let start = -1;
  let quietFrom = -1;
  const close = (end: number) => {
    if ((end - start) * frameMs >= shortestSpeechMs) spans.push({ start, end });
    start = -1;
    quietFrom = -1;
  };
  for (const [frame, probability] of probabilities.entries()) {
    if (probability >= startAt) {
      if (start < 0) start = frame;
      quietFrom = -1;
    } else if (start >= 0 && probability < endBelow) {
      if (quietFrom < 0) quietFrom = frame;
      if ((frame - quietFrom) * frameMs >= shortestSilenceMs) close(quietFrom);
    }
  }
  if (start >= 0) close(quietFrom >= 0 ? quietFrom : probabilities.length);

  const regions: SpeechRegion[] = [];
  for (const span of spans) {
    const startMs = Math.max(0, Math.round(span.start * frameMs - padMs));
    const endMs = Math.min(durationMs, Math.round(span.end * frameMs + padMs));
    const cutsMs = quietestPlaces(probabilities, span.start, span.end);
    const last = regions.at(-1);
    if (last !== undefined && last.endMs >= startMs) {
      regions[regions.length - 1] = { startMs: last.startMs, endMs, cutsMs: [...last.cutsMs, startMs, ...cutsMs] };
    } else regions.push({ startMs, endMs, cutsMs });
  }
  return regions.map((region) => ({ ...region, cutsMs: [...new Set(region.cutsMs)].toSorted((a, b) => a - b) }));
}

function quietestPlaces(probabilities: readonly number[], start: number, end: number): number[] {
  const step = Math.round(cutEveryMs / frameMs);
  const places: number[] = [];
  for (let from = start + step; from < end - step; from += step) {
    let best = from;
    for (let frame = from; frame < Math.min(from + step, end - step); frame++) {
      if ((probabilities[frame] ?? 1) < (probabilities[best] ?? 1)) best = frame;
    }
    places.push(Math.round((best + 0.5) * frameMs));
  }
  return places;
}
