// Detect speech: where in the recording somebody speaks. Silero runs in the inference process; the rule is here.
import { type Inference, sampleRateHz, vadFrameSamples } from "../inference/protocol.ts";
import type { Work } from "../work.ts";
import { makeVoiceTrack, type VoiceTrack } from "./voice-track.ts";

/** A place where a region may be cut. `voice` is the speech probability there: near 0 is a pause, near 1 a word. */
export interface SpeechCut {
  readonly atMs: number;
  readonly voice: number;
}

export interface SpeechRegion {
  readonly startMs: number;
  readonly endMs: number;
  /** Places inside where the voice is weakest, one per second at most, in order. */
  readonly cuts: readonly SpeechCut[];
}

export interface SpeechMap {
  readonly regions: readonly SpeechRegion[];
  readonly durationMs: number;
  readonly voice: VoiceTrack;
}

const frameMs = (vadFrameSamples * 1000) / sampleRateHz;

/** Silero's own defaults (snakers4/silero-vad, get_speech_timestamps), but for the padding. */
const startAt = 0.5;
const endBelow = 0.35;
const shortestSpeechMs = 250;
/** "Tack", "ja": shorter speech counts if the voice is sure at its height. A click is shorter still. */
const shortestWordMs = 128;
const sureOfWord = 0.8;
const shortestSilenceMs = 300;
/**
 * A cut word is a lost word, and Silero is late where a word begins without a voice: by measurement up to 220 ms in
 * "skriva" and "från". As in faster-whisper (vad.py, speech_pad_ms).
 */
export const padMs = 400;
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
  return {
    regions: regionsFromProbabilities(probabilities, heardMs),
    durationMs: heardMs,
    voice: makeVoiceTrack(probabilities, frameMs),
  };
}

/** From one speech probability per 32 ms frame to padded regions that neither touch nor overlap. */
export function regionsFromProbabilities(probabilities: readonly number[], durationMs: number): SpeechRegion[] {
  const spans: { start: number; end: number }[] = [];
  let start = -1;
  let quietFrom = -1;
  const close = (end: number) => {
    if (isSpeech(probabilities, start, end)) spans.push({ start, end });
    start = -1;
    quietFrom = -1;
  };
  for (let frame = 0; frame < probabilities.length; frame++) {
    const probability = probabilities[frame] ?? 0;
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
    const cuts = quietestPlaces(probabilities, span.start, span.end);
    const last = regions.at(-1);
    if (last !== undefined && last.endMs >= startMs) {
      // A silence too short to part them: the best place to cut all the same.
      const pause = { atMs: Math.round((last.endMs + startMs) / 2), voice: 0 };
      regions[regions.length - 1] = { startMs: last.startMs, endMs, cuts: [...last.cuts, pause, ...cuts] };
    } else regions.push({ startMs, endMs, cuts });
  }
  return regions;
}

function isSpeech(probabilities: readonly number[], start: number, end: number): boolean {
  const lengthMs = (end - start) * frameMs;
  if (lengthMs >= shortestSpeechMs || lengthMs < shortestWordMs) return lengthMs >= shortestSpeechMs;
  return Math.max(...probabilities.slice(start, end)) >= sureOfWord;
}

/** The middle of the weakest three frames in each second. */
function quietestPlaces(probabilities: readonly number[], start: number, end: number): SpeechCut[] {
  const step = Math.round(cutEveryMs / frameMs);
  const voiceAt = (frame: number) =>
    ((probabilities[frame - 1] ?? 1) + (probabilities[frame] ?? 1) + (probabilities[frame + 1] ?? 1)) / 3;
  const places: SpeechCut[] = [];
  for (let from = start + step; from < end - step; from += step) {
    let best = from;
    let least = voiceAt(from);
    for (let frame = from + 1; frame < Math.min(from + step, end - step); frame++) {
      const voice = voiceAt(frame);
      if (voice < least) [best, least] = [frame, voice];
    }
    places.push({ atMs: Math.round((best + 0.5) * frameMs), voice: least });
  }
  return places;
}
