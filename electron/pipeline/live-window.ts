// Utterances that wait for their text: how many go into one window, and what its answer says of them. Pure.
import type { LiveLine } from "../live-text.ts";
import { vadFrameSamples, windowMaxMs, type WindowResult } from "../inference/protocol.ts";
import { assembleText } from "./assemble-text.ts";
import { frameMs } from "./detect-speech.ts";
import { lengthOf, type LiveUtterance, spanOf, startOf } from "./find-utterances.ts";
import { makeVoiceTrack, openVoice } from "./voice-track.ts";

export const waitingMs = (waiting: readonly LiveUtterance[]): number =>
  waiting.reduce((sum, utterance) => sum + lengthOf(utterance), 0);

/** The oldest that fit in one window: a window takes about as long however little it holds. At least one. */
export function packOldest(waiting: readonly LiveUtterance[]): {
  readonly window: readonly LiveUtterance[];
  readonly rest: readonly LiveUtterance[];
} {
  let lengthMs = 0;
  const tooMany = waiting.findIndex((utterance) => (lengthMs += lengthOf(utterance)) > windowMaxMs);
  const count = tooMany < 0 ? waiting.length : Math.max(1, tooMany);
  return { window: waiting.slice(0, count), rest: waiting.slice(count) };
}

/** The newest that are at most so long together; the others go. */
export function keepNewest(
  waiting: readonly LiveUtterance[],
  mostMs: number,
): { readonly dropped: readonly LiveUtterance[]; readonly kept: readonly LiveUtterance[] } {
  let lengthMs = 0;
  const from = waiting.findLastIndex((utterance) => (lengthMs += lengthOf(utterance)) > mostMs) + 1;
  return { dropped: waiting.slice(0, from), kept: waiting.slice(from) };
}

/** 16 kHz sound of all of them, one after the other. */
export function samplesOf(window: readonly LiveUtterance[]): Float32Array {
  const frames = window.flatMap((utterance) => utterance.frames);
  const samples = new Float32Array(frames.length * vadFrameSamples);
  for (const [at, frame] of frames.entries()) samples.set(frame.samples, at * vadFrameSamples);
  return samples;
}

/** The lines of a window, by the same rules as in the full pass: what nobody said goes. */
export async function readWindow(window: readonly LiveUtterance[], result: WindowResult): Promise<LiveLine[]> {
  const [first] = window;
  const last = window.at(-1);
  if (first === undefined || last === undefined) return [];
  // From the window's own start, so that the track of a long meeting is not made for each.
  const fromMs = startOf(first);
  const probabilities = Array<number>((spanOf(last).endMs - fromMs) / frameMs).fill(0);
  for (const { atMs, voice } of window.flatMap(({ frames }) => frames))
    probabilities[(atMs - fromMs) / frameMs] = voice;
  const spans = window.map(spanOf).map(({ startMs, endMs }) => ({ startMs: startMs - fromMs, endMs: endMs - fromMs }));
  const { segments } = await assembleText({
    windows: [{ spans }],
    results: new Map([[0, result]]),
    language: result.language,
    voice: openVoice(makeVoiceTrack(probabilities, frameMs)),
  });
  return segments.map(({ startMs, endMs, text, state }) => ({
    startMs: Math.round(fromMs + startMs),
    endMs: Math.round(fromMs + endMs),
    text: text.trim(),
    state: state === undefined || state === "ok" ? "heard" : "later",
  }));
}
