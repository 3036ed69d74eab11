// One window of at most 30 s as segments. Inference process.
import { sampleRateHz, type WindowRequest, type WindowResult, type WindowSegment } from "../protocol.ts";
import type { WindowDecoder } from "./decode-windows.ts";
import type { Said } from "./hearing.ts";
import type { Whisper } from "./load.ts";

/** One timestamp token is 20 ms. */
const timeStepMs = 20;

/** `language` "auto" detects it first, by one step of the decoder. */
export async function transcribeWindow(
  whisper: Whisper,
  decoder: WindowDecoder,
  request: WindowRequest,
): Promise<WindowResult> {
  const { tokens, temperatures, maxTokens, decode } = whisper;
  const { samples, language: wanted } = request;
  const heard = await decoder.decode(samples, {
    tokens,
    language: wanted,
    temperatures,
    maxTokens,
    timestamps: true,
    decode,
  });
  const { language, noSpeechProbability, languageProbability } = heard;
  const result = {
    language,
    noSpeechProbability,
    ...(languageProbability === null ? {} : { languageProbability }),
  };
  if (heard.isSilence) return { ...result, segments: [], dropped: { "no-speech": 1 } };
  const durationMs = Math.round((samples.length * 1000) / sampleRateHz);
  return { ...result, segments: toSegments(heard, whisper, durationMs), dropped: {} };
}

/** Splits at the timestamps. A segment left open ends with the window. */
function toSegments({ said, logProbabilities }: Said, whisper: Whisper, durationMs: number): WindowSegment[] {
  const { timestampBegin, end } = whisper.tokens;
  const segments: WindowSegment[] = [];
  let startMs = 0;
  let words: number[] = [];
  let sum = 0;
  const close = (endMs: number) => {
    const text = whisper.decode(words).trim();
    const confidence = Math.round(1000 * Math.min(1, Math.exp(sum / Math.max(1, words.length)))) / 1000;
    if (text !== "") segments.push({ startMs, endMs: Math.max(startMs, endMs), text, confidence });
    words = [];
    sum = 0;
  };
  for (const [index, id] of said.entries()) {
    if (id >= timestampBegin) {
      const atMs = Math.min(durationMs, (id - timestampBegin) * timeStepMs);
      if (words.length > 0) close(atMs);
      startMs = atMs;
    } else if (id < end) {
      words.push(id);
      sum += logProbabilities[index] ?? 0;
    }
  }
  if (words.length > 0) close(durationMs);
  return segments;
}
