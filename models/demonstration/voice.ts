// Reads the recordings of the demonstration voice: one 8-bit mu-law sprite (ITU-T G.711) and its index.
// Runs under Node, without ffmpeg or a speech synthesiser.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const spritePath = fileURLToPath(new URL("voice/words.ulaw", import.meta.url));
export const indexPath = fileURLToPath(new URL("voice/words.json", import.meta.url));

export interface VoiceIndex {
  readonly sampleRateHz: number;
  /** Word and length in samples, in the order of the sprite. */
  readonly words: readonly (readonly [word: string, samples: number])[];
}

export type Voice = ReadonlyMap<string, Int16Array>;

/** Every word as 16 kHz mono PCM. */
export function loadVoice(): Voice {
  const index = JSON.parse(readFileSync(indexPath, "utf8")) as VoiceIndex;
  const sprite = readFileSync(spritePath);
  let at = 0;
  return new Map(
    index.words.map(([word, samples]) => [word, Int16Array.from(sprite.subarray(at, (at += samples)), decodeMuLaw)]),
  );
}

/** One G.711 mu-law byte as a 16-bit sample. */
export function decodeMuLaw(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84;
  return code & 0x80 ? -magnitude : magnitude;
}

/** The inverse: a 16-bit sample as its nearest mu-law byte. */
export function encodeMuLaw(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), 32_635) + 0x84;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}
