// New recordings in the demonstration voice, made hard to hear: other sentences, long pauses, noise, music. Tests only.
import { writeFileSync } from "node:fs";
import type { Inference } from "../electron/inference/protocol.ts";
import { hear, type Heard, keepNothing } from "../electron/pipeline/pipeline.ts";
import { say, wavBytes } from "../models/demonstration/say.ts";
import { vocabulary } from "../models/demonstration/vocabulary.ts";
import { loadVoice } from "../models/demonstration/voice.ts";
import { seeded } from "./seeded.ts";

const rate = 16_000;
const voice = loadVoice();

export interface Recording {
  readonly text: string;
  readonly sound: Float32Array;
}

/** Words drawn from the vocabulary in sentences, nothing that anybody wrote. */
export function makeSentences(count: number, seed: number): string[] {
  const random = seeded(seed);
  const word = (): string => vocabulary[Math.floor(random() * vocabulary.length)] ?? "";
  return Array.from({ length: count }, () => {
    const words = Array.from({ length: 1 + Math.floor(random() * 10) }, word);
    if (words.length > 5) words[2] += ",";
    return `${words.join(" ")}.`;
  });
}

/** Sentences with pauses of up to so many seconds between, before and after; short ones are likelier than long ones. */
export function recordSentences(sentences: readonly string[], longestPauseS: number, seed: number): Recording {
  const random = seeded(seed);
  const pause = (): Float32Array => new Float32Array(Math.round(longestPauseS * random() ** 2 * rate));
  const pieces = [
    pause(),
    ...sentences.flatMap((sentence) => [Float32Array.from(say(sentence, voice), (value) => value / 32_768), pause()]),
  ];
  return { text: sentences.join(" "), sound: joinSounds(pieces) };
}

export function joinSounds(pieces: readonly Float32Array[]): Float32Array {
  const sound = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    sound.set(piece, at);
    at += piece.length;
  }
  return sound;
}

/** Adds a noise so many decibels under the speech (over the time in which somebody speaks). */
export function addNoise(sound: Float32Array, noise: Float32Array, snrDb: number): Float32Array {
  const gain = loudness(sound) / Math.max(1e-9, loudness(noise)) / 10 ** (snrDb / 20);
  return sound.map((value, at) => value + gain * (noise[at % noise.length] ?? 0));
}

export const amplify = (sound: Float32Array, decibels: number): Float32Array =>
  sound.map((value) => Math.max(-1, Math.min(1, value * 10 ** (decibels / 20))));

/** Sound of 16 kHz as a WAV file of 16 bits. */
export function writeSound(path: string, sound: Float32Array): void {
  writeFileSync(path, wavBytes(Int16Array.from(sound, (value) => Math.max(-1, Math.min(1, value)) * 32_767)));
}

export interface Ear {
  readonly inference: Inference;
  readonly modelDir: string;
}

/** Sound through the real path: voice activity, windows, model. `pieces` makes it anew each time, from its start. */
export function hearPieces(pieces: () => Iterable<Float32Array>, { inference, modelDir }: Ear): Promise<Heard> {
  const openPcm = (startMs: number) =>
    (async function* () {
      let skip = startMs * 16;
      for (const piece of pieces()) {
        for (let at = Math.min(skip, piece.length); at < piece.length; at += rate) yield piece.slice(at, at + rate);
        skip = Math.max(0, skip - piece.length);
      }
    })();
  const sounds = [{ openPcm, progressed: keepNothing }];
  const options = { sounds, durationMs: null, modelDir, language: "sv", inference };
  return hear(options, { signal: new AbortController().signal, report: () => {} });
}

export const hearSamples = (sound: Float32Array, ear: Ear): Promise<Heard> => hearPieces(() => [sound], ear);

/** Root mean square over the stretches of 20 ms that are not silent. */
function loudness(sound: Float32Array): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at < sound.length; at += 320) {
    const power = sound.subarray(at, at + 320).reduce((total, value) => total + value * value, 0) / 320;
    if (power < 1e-6) continue;
    sum += power;
    count += 1;
  }
  return Math.sqrt(sum / Math.max(1, count));
}
