// Records the vocabulary with espeak-ng and writes the sprite in voice/. Runs under Node, by hand, when the
// vocabulary changes; needs espeak-ng and ffmpeg. Nobody else does: the sprite is part of the repository.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { logMel, sampleRateHz } from "./log-mel.ts";
import { vocabulary } from "./vocabulary.ts";
import { encodeMuLaw, indexPath, spritePath, type VoiceIndex } from "./voice.ts";

const wordsPerMinute = 155;
/** Sound this far under a word's peak is taken for silence at its ends (−42 dB). */
const silenceRatio = 0.008;
const peakLimit = 0.9;
const fadeSamples = 64;

interface Recording {
  readonly samples: Float32Array;
  readonly peak: number;
  /** The loudest band of the loudest frame, log10 of power. */
  readonly melPeak: number;
}

function record(word: string, folder: string): Recording {
  const wav = join(folder, "word.wav");
  execFileSync("espeak-ng", ["-v", "sv", "-s", String(wordsPerMinute), "-w", wav, word]);
  const toRaw = ["-ar", String(sampleRateHz), "-ac", "1", "-f", "f32le", "-"];
  const pcm = execFileSync("ffmpeg", ["-v", "error", "-nostdin", "-i", wav, ...toRaw]);
  const all = new Float32Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.byteLength));
  const peak = all.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const loud = (sample: number): boolean => Math.abs(sample) > peak * silenceRatio;
  const samples = all.slice(all.findIndex(loud), all.findLastIndex(loud) + 1);
  return { samples, peak, melPeak: Math.max(...logMel(samples, 0, 79).map((frame) => Math.max(...frame))) };
}

function level(recording: Recording, gain: number): Uint8Array {
  const { samples } = recording;
  return Uint8Array.from(samples, (sample, at) => {
    const fade = Math.min(1, (at + 1) / fadeSamples, (samples.length - at) / fadeSamples);
    return encodeMuLaw(Math.round(sample * gain * fade * 32_767));
  });
}

const folder = mkdtempSync(join(tmpdir(), "lyssna-voice-"));
try {
  const recordings = vocabulary.map((word) => record(word, folder));
  // The same spectral peak for every word, as loud as the peakiest allows: the model's floor lies a fixed
  // distance under the loudest sound around, and so means the same in every word.
  const melTarget = Math.min(...recordings.map(({ melPeak, peak }) => melPeak + 2 * Math.log10(peakLimit / peak)));
  const words = recordings.map((recording) => level(recording, 10 ** ((melTarget - recording.melPeak) / 2)));
  const index: VoiceIndex = {
    sampleRateHz,
    words: vocabulary.map((word, at) => [word, words[at]?.length ?? 0]),
  };
  writeFileSync(spritePath, Buffer.concat(words));
  writeFileSync(indexPath, `${JSON.stringify(index)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
