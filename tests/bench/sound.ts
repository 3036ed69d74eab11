// Sound for measuring: the demonstration voice in a long talk with pauses. Bench only.
import { say } from "../../models/demonstration/say.ts";
import { vocabulary } from "../../models/demonstration/vocabulary.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";

const sampleRateHz = 16_000;
const spellMs = 60_000;

/** 16 kHz mono PCM. The share of silence is spread over the minutes, as one pause at the end of each. */
export function meetingSound(minutes: number, silenceShare: number): Float32Array<ArrayBuffer> {
  const spellSamples = (spellMs * sampleRateHz) / 1000;
  const samples = new Float32Array(Math.round(minutes * spellSamples));
  const talk = speech(Math.round(spellSamples * (1 - silenceShare)));
  for (let at = 0; at < samples.length; at += spellSamples) {
    samples.set(talk.subarray(0, Math.min(talk.length, samples.length - at)), at);
  }
  return samples;
}

/** Sentences of eight words through the vocabulary, over and over: what is said does not matter here. */
function speech(count: number): Float32Array {
  const voice = loadVoice();
  const samples = new Float32Array(count);
  for (let at = 0, word = 0; at < count;) {
    const words = Array.from({ length: 8 }, () => vocabulary[word++ % vocabulary.length]);
    const sentence = say(`${words.join(" ")}.`, voice);
    const piece = sentence.subarray(0, count - at);
    for (let index = 0; index < piece.length; index++) samples[at + index] = (piece[index] ?? 0) / 32_768;
    at += piece.length;
  }
  return samples;
}
