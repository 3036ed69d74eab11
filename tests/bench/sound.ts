// Sound for measuring: the demonstration voice in a long talk with pauses. Bench only.
import { say } from "../../models/demonstration/say.ts";
import { vocabulary } from "../../models/demonstration/vocabulary.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";
import { seededNumbers } from "./random-whisper/weights.ts";

export const sampleRateHz = 16_000;
/** A turn in a conversation, and the pause after it. */
const shortestPauseMs = 1000;
const longestPauseMs = 20_000;
const wordsAtOnce = 200;

/** Sound in memory: mono PCM, 16 kHz, −1 to 1. */
export type Sound = Float32Array<ArrayBuffer>;

/**
 * Talk that is interrupted by pauses of one to twenty seconds, more short ones than long, until they make up
 * `silenceShare`. The same arguments give the same sound.
 */
export function meetingSound(minutes: number, silenceShare: number): Sound {
  const samples: Sound = new Float32Array(Math.round(minutes * 60 * sampleRateHz));
  const talk = endlessTalk();
  const random = seededNumbers(7);
  for (let at = 0; at < samples.length;) {
    // Each turn is as long as its pause wants, so that any stretch of a few minutes has the share.
    const pause = silenceShare === 0 ? 0 : samplesOf(shortestPauseMs * (longestPauseMs / shortestPauseMs) ** random());
    const turn = silenceShare === 0 ? samples.length : Math.round((pause * (1 - silenceShare)) / silenceShare);
    const said = samples.subarray(at, at + turn);
    talk(said);
    at += said.length + pause;
  }
  return samples;
}

/** Fills piece after piece with words through the vocabulary, in sentences of eight with a comma's pause between. */
function endlessTalk(): (into: Float32Array) => void {
  const voice = loadVoice();
  let word = 0;
  let rest: Int16Array = new Int16Array(0);
  return (into) => {
    for (let at = 0; at < into.length;) {
      if (rest.length === 0) {
        const words = Array.from({ length: wordsAtOnce }, () => vocabulary[word++ % vocabulary.length] ?? "");
        rest = say(words.map((one, index) => (index % 8 === 7 ? `${one},` : one)).join(" "), voice);
      }
      const piece = rest.subarray(0, into.length - at);
      for (let index = 0; index < piece.length; index++) into[at + index] = (piece[index] ?? 0) / 32_768;
      at += piece.length;
      rest = rest.slice(piece.length);
    }
  };
}

const samplesOf = (milliseconds: number): number => Math.round((milliseconds * sampleRateHz) / 1000);

/** The sound over and over for `minutes`, in pieces of a second, from a time on: hours that take no memory. */
export async function* soundFor(sound: Sound, minutes: number, startMs: number): AsyncGenerator<Sound> {
  const end = Math.round(minutes * 60 * sampleRateHz);
  for (let at = samplesOf(startMs); at < end; at += sampleRateHz) {
    const from = at % sound.length;
    const length = Math.min(sampleRateHz, end - at);
    const piece: Sound = new Float32Array(length);
    const first = sound.subarray(from, from + length);
    piece.set(first);
    piece.set(sound.subarray(0, length - first.length), first.length);
    yield piece;
  }
}
