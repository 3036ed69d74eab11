// Puts recorded words together into speech. Runs anywhere: text and voice in, samples out.
import { LyssnaError } from "../../electron/errors.ts";
import type { Voice } from "./voice.ts";

export const sampleRateHz = 16_000;
/** Pauses that the model is tuned to: see commaPause and sentencePause in encoder.ts. */
const pauseMs = { edge: 300, word: 130, comma: 340, sentence: 750, paragraph: 1300 } as const;

/** The words of a text and the pause after each. Case and other punctuation do not matter. */
function readText(text: string): { readonly word: string; readonly pauseMs: number }[] {
  const spoken: { word: string; pauseMs: number }[] = [];
  for (const [, word, mark] of text
    .normalize("NFC")
    .matchAll(/([\p{L}\p{M}\p{N}\p{S}%&@#*/]+)|(\n\s*\n|[.!?…]|[,;:–—])/gu)) {
    const last = spoken.at(-1);
    if (word !== undefined) spoken.push({ word: word.toLocaleLowerCase("sv"), pauseMs: pauseMs.word });
    else if (mark !== undefined && last !== undefined) last.pauseMs = Math.max(last.pauseMs, pauseAfter(mark));
  }
  return spoken;
}

function pauseAfter(mark: string): number {
  if (/^\n\s*\n$/u.test(mark)) return pauseMs.paragraph;
  return /[,;:–—]/u.test(mark) ? pauseMs.comma : pauseMs.sentence;
}

/**
 * The text in the demonstration voice: 16 kHz mono PCM.
 * @throws LyssnaError "unknown-words" that names the words the voice does not have.
 */
export function say(text: string, voice: Voice): Int16Array {
  const spoken = readText(text);
  const unknown = new Set(spoken.map(({ word }) => word).filter((word) => !voice.has(word)));
  if (unknown.size > 0 || spoken.length === 0)
    throw new LyssnaError("unknown-words", { words: [...unknown].join(", ") || "–" });
  const samplesOf = (ms: number): number => (ms * sampleRateHz) / 1000;
  const pieces = spoken.map(({ word, pauseMs: pause }) => ({
    sound: voice.get(word) as Int16Array,
    pause: samplesOf(pause),
  }));
  const length = pieces.reduce((sum, { sound, pause }) => sum + sound.length + pause, 2 * samplesOf(pauseMs.edge));
  const samples = new Int16Array(length);
  let at = samplesOf(pauseMs.edge);
  for (const { sound, pause } of pieces) {
    samples.set(sound, at);
    at += sound.length + pause;
  }
  return samples;
}

/** The samples as a WAV file (16-bit PCM). */
export function wavBytes(samples: Int16Array): Buffer {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}
