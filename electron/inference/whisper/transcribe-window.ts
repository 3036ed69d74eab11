// One window of at most 30 s as segments: our own decoding loop with the reference's care. Inference process.
import { deflateSync } from "node:zlib";
import type { WindowRequest, WindowResult, WindowSegment } from "../protocol.ts";
import { sampleRateHz } from "../protocol.ts";
import { type Encoded, encode, logSoftmax, openDecoder } from "./decoder.ts";
import type { Whisper } from "./load.ts";
import { applyRules } from "./rules.ts";

/** Thresholds of the reference (openai/whisper, transcribe.py). */
const mostCompressed = 2.4;
const leastMeanLogProbability = -1;
const mostNoSpeech = 0.6;
/** A segment that comes again this often in a row is a loop, and stands once. */
const loopLength = 3;
/** One timestamp token is 20 ms. */
const timeStepMs = 20;

interface Attempt {
  /** Tokens since the prompt, without the end. */
  readonly said: readonly number[];
  /** Natural log probability of each, and of the end. */
  readonly logProbabilities: readonly number[];
  readonly meanLogProbability: number;
  readonly noSpeech: number;
}

/** Hears one window. `language` "auto" detects it first, by one step of the decoder. */
export async function transcribeWindow(whisper: Whisper, request: WindowRequest): Promise<WindowResult> {
  const encoded = await encode(whisper, request.samples);
  const language = await languageOf(whisper, encoded, request.language);
  const durationMs = Math.round((request.samples.length * 1000) / sampleRateHz);
  let attempt: Attempt | null = null;
  for (const temperature of whisper.temperatures) {
    attempt = await decode(whisper, encoded, language, temperature);
    if (isSilence(attempt)) return { language, segments: [], dropped: { "no-speech": 1 } };
    const compressed = compressionRatio(whisper.decode(textOf(attempt.said, whisper)));
    if (compressed <= mostCompressed && attempt.meanLogProbability >= leastMeanLogProbability) break;
  }
  if (attempt === null) return { language, segments: [], dropped: {} };
  const { segments, loops } = withoutLoops(toSegments(attempt, whisper, durationMs));
  return { language, segments, dropped: loops === 0 ? {} : { loop: loops } };
}

async function languageOf(whisper: Whisper, encoded: Encoded, wanted: string): Promise<string> {
  const { languages, start } = whisper.tokens;
  if (wanted !== "auto") return wanted;
  const [logits] = await openDecoder(whisper, encoded).feed([start]);
  let best = "sv";
  let highest = -Infinity;
  for (const [language, id] of languages) {
    const logit = logits?.[id] ?? -Infinity;
    if (logit > highest) [best, highest] = [language, logit];
  }
  return best;
}

async function decode(whisper: Whisper, encoded: Encoded, language: string, temperature: number): Promise<Attempt> {
  const { tokens, maxTokens } = whisper;
  const languageToken = tokens.languages.get(language) ?? tokens.languages.values().next().value;
  const prompt = [tokens.start, languageToken, tokens.transcribe].filter((id) => id !== undefined && id !== null);
  const decoder = openDecoder(whisper, encoded);
  const random = randomFrom(temperature);
  const said: number[] = [];
  const logProbabilities: number[] = [];
  const rows = await decoder.feed(prompt);
  const noSpeech = Math.exp(logSoftmax(rows[0] ?? new Float32Array(1))[tokens.noSpeech] ?? -Infinity);
  let row = rows.at(-1);
  // The reference stops at half the context: a window holds no more.
  while (row !== undefined && said.length < maxTokens / 2) {
    const logits = row.slice();
    applyRules(logits, said, tokens);
    const probabilities = logSoftmax(logits);
    const next = temperature === 0 ? argmax(probabilities) : sample(logits, temperature, random);
    logProbabilities.push(probabilities[next] ?? -Infinity);
    if (next === tokens.end) break;
    said.push(next);
    [row] = await decoder.feed([next]);
  }
  const meanLogProbability =
    logProbabilities.reduce((sum, value) => sum + value, 0) / Math.max(1, logProbabilities.length);
  return { said, logProbabilities, meanLogProbability, noSpeech };
}

const isSilence = ({ said, noSpeech, meanLogProbability }: Attempt): boolean =>
  said.length === 0 || (noSpeech > mostNoSpeech && meanLogProbability < leastMeanLogProbability);

const textOf = (said: readonly number[], { tokens }: Whisper): number[] => said.filter((id) => id < tokens.end);

/** Splits at the timestamps. A segment left open ends with the window. */
function toSegments({ said, logProbabilities }: Attempt, whisper: Whisper, durationMs: number): WindowSegment[] {
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

function withoutLoops(segments: readonly WindowSegment[]): { segments: WindowSegment[]; loops: number } {
  const kept: WindowSegment[] = [];
  let loops = 0;
  for (let from = 0; from < segments.length;) {
    let to = from + 1;
    while (to < segments.length && segments[to]?.text === segments[from]?.text) to++;
    const isLoop = to - from >= loopLength;
    kept.push(...segments.slice(from, isLoop ? from + 1 : to));
    if (isLoop) loops += to - from - 1;
    from = to;
  }
  return { segments: kept, loops };
}

/** Bytes of the text over bytes of it compressed: high when it repeats itself. */
function compressionRatio(text: string): number {
  const bytes = Buffer.from(text);
  return bytes.length === 0 ? 1 : bytes.length / deflateSync(bytes).length;
}

function argmax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? -Infinity) > (values[best] ?? -Infinity)) best = i;
  return best;
}

function sample(logits: Float32Array, temperature: number, random: () => number): number {
  const probabilities = logSoftmax(logits.map((value) => value / temperature));
  let left = random();
  for (const [id, logProbability] of probabilities.entries()) {
    left -= Math.exp(logProbability);
    if (left <= 0) return id;
  }
  return argmax(probabilities);
}

/** mulberry32, seeded by the temperature: the same window always gives the same text. */
function randomFrom(temperature: number): () => number {
  let state = Math.round(temperature * 1000) + 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
