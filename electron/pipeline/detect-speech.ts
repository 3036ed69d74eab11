// Detect speech: where in the recording somebody speaks. Silero runs in the inference process; the rule is here.
import { freeRecent } from "../free-memory.ts";
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

export const frameMs = (vadFrameSamples * 1000) / sampleRateHz;

/** Silero's own defaults (snakers4/silero-vad, get_speech_timestamps), but for the padding. */
export const startAt = 0.5;
export const endBelow = 0.35;
export const shortestSpeechMs = 250;
/** "Tack", "ja": shorter speech counts if the voice is sure at its height. A click is shorter still. */
export const shortestWordMs = 128;
export const sureOfWord = 0.8;
/** Short speech with less between it and other speech is its first word or its last ("nu", "du"), sure or not. */
const besideMs = 500;
const shortestSilenceMs = 300;
/**
 * A cut word is a lost word, and Silero is late where a word begins without a voice: by measurement up to 220 ms in
 * "skriva" and "från". As in faster-whisper (vad.py, speech_pad_ms).
 */
export const padMs = 400;
const cutEveryMs = 1000;
export const quietMs = 224;
/** Seconds of sound, each of which leaves a few copies of 64 kB behind. */
const chunksToFree = 16;

/** Listens through the sound once. `durationMs` is only for progress. */
export async function detectSpeech(
  pcm: AsyncIterable<Float32Array>,
  inference: Inference,
  { signal, report, durationMs }: Work & { readonly durationMs: number | null },
): Promise<SpeechMap> {
  const stream = await inference.openVoiceActivity();
  const probabilities: number[] = [];
  let samples = 0;
  let chunks = 0;
  for await (const chunk of pcm) {
    signal.throwIfAborted();
    for (const probability of await stream.push(chunk)) probabilities.push(probability);
    samples += chunk.length;
    if (++chunks % chunksToFree === 0) freeRecent();
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
  const found: FrameSpan[] = [];
  let start = -1;
  let quietFrom = -1;
  const close = (end: number) => {
    found.push({ start, end });
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
  for (const span of found.filter((_, at) => isSpeech(probabilities, found, at))) {
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

/** Frames from `start` to before `end`. */
interface FrameSpan {
  readonly start: number;
  readonly end: number;
}

const lengthMs = ({ start, end }: FrameSpan): number => (end - start) * frameMs;

function isSpeech(probabilities: readonly number[], found: readonly FrameSpan[], at: number): boolean {
  const span = found[at];
  if (span === undefined || lengthMs(span) < shortestWordMs) return false;
  if (lengthMs(span) >= shortestSpeechMs) return true;
  if (Math.max(...probabilities.slice(span.start, span.end)) >= sureOfWord) return true;
  const [before, after] = [found[at - 1], found[at + 1]];
  const isBeside = (neighbour: FrameSpan | undefined, gap: number): boolean =>
    neighbour !== undefined && lengthMs(neighbour) >= shortestSpeechMs && gap * frameMs < besideMs;
  return isBeside(before, span.start - (before?.end ?? 0)) || isBeside(after, (after?.start ?? 0) - span.end);
}

/**
 * The middle of the weakest fifth of a second in each second. The closed mouth of "skicka" is silent for half as long:
 * less would take it for a pause.
 */
function quietestPlaces(probabilities: readonly number[], start: number, end: number): SpeechCut[] {
  const step = Math.round(cutEveryMs / frameMs);
  const reach = Math.floor(quietMs / frameMs / 2);
  const voiceAt = (frame: number) => {
    let sum = 0;
    for (let near = frame - reach; near <= frame + reach; near++) sum += probabilities[near] ?? 1;
    return sum / (2 * reach + 1);
  };
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
