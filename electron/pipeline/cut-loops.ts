// Loops: what a decoder says again and again because it has said it. Within a segment, from one to the next, and over
// windows. People repeat themselves too: so a repetition goes only if the voice speaks against it. Pure.
import { deflateRawSync } from "node:zlib";
import type { Word } from "../formats.ts";
import { findRepeats, type Repeat } from "./find-repeats.ts";
import type { Utterance } from "./place-text.ts";
import { countLetters, lettersPerSecond } from "./speech-rate.ts";
import type { Voice } from "./voice-track.ts";

/** Nobody speaks faster (Swedish talk: 12 to 17 letters a second), and nobody this slowly where the voice goes on. */
const fastestLetters = 30;
const slowestLetters = 3;
const usualLetters = 15;
/** A phrase, as against "ja, ja" and "nej nej nej", which are said and short. */
const phraseLetters = 8;
/** Within one segment: so many times, and as compressible as the reference's threshold (openai/whisper, transcribe.py). */
const tooOften = { phrase: 5, short: 12 } as const;
const mostCompressed = 2.4;
/** Segments whose lengths differ by less are stamped rather than heard. */
const sameLengthMs = 60;
/** Share of the borders between repeats where the voice goes on: people who repeat a sentence stop between. */
const unbrokenShare = 2 / 3;
const voiceFrom = 0.5;
/** Of a real repetition that has run into a loop, so many stand. */
const mostKept = 3;
/** A loop over this much more voice than its text could be hides something that was said. */
const hiddenVoiceMs = 2000;

/** Each segment without the loops inside it, and how many repeats went. */
export function cutLoopsInside(
  utterances: readonly Utterance[],
  voice: Voice | null,
): { readonly kept: Utterance[]; readonly loops: number } {
  let loops = 0;
  const kept = utterances.map((utterance) => {
    const { text, words, cut } = cutInside(utterance, voice);
    loops += cut;
    return cut === 0 ? utterance : { ...utterance, text, words };
  });
  return { kept, loops };
}

/**
 * The segments of a whole recording without those that only repeat the ones before, and how many repeats went. Where a
 * loop covers a voice, what was truly said there is unknown: its time is marked as not transcribed.
 */
export function cutLoopsAcross(
  utterances: readonly Utterance[],
  voice: Voice | null,
): { readonly kept: Utterance[]; readonly loops: number } {
  let loops = 0;
  const kept: Utterance[] = [];
  let from = 0;
  for (const repeat of findRepeats(utterances.map(keyOf), { longest: 3, least: 3 })) {
    kept.push(...utterances.slice(from, repeat.from));
    const run = utterances.slice(repeat.from, repeat.from + repeat.unit * repeat.times);
    const stay = keptAcross(run, repeat, voice);
    kept.push(...run.slice(0, stay * repeat.unit));
    from = repeat.from + run.length;
    if (stay === repeat.times) continue;
    kept.push(...markHidden(run.slice(stay * repeat.unit), voice));
    loops += repeat.times - stay;
    from += repeat.rest;
  }
  return { kept: [...kept, ...utterances.slice(from)], loops };
}

/** What is the same for the eye and the ear; null for what is no text. */
function keyOf({ text, state }: Pick<Utterance, "text" | "state">): string | null {
  const key = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return state !== undefined || key === "" ? null : key;
}

function cutInside(utterance: Utterance, voice: Voice | null): { text: string; words: Word[]; cut: number } {
  const words = utterance.words ?? [];
  const keys = words.map(({ text }) => keyOf({ text }));
  const stay: Word[] = [];
  let cut = 0;
  let from = 0;
  for (const repeat of findRepeats(keys, { longest: 12, least: 3 })) {
    const run = words.slice(repeat.from, repeat.from + repeat.unit * repeat.times);
    const times = keptInside(run, repeat, voice);
    stay.push(...words.slice(from, repeat.from), ...run.slice(0, times * repeat.unit));
    cut += repeat.times - times;
    from = repeat.from + run.length + (times < repeat.times ? repeat.rest : 0);
  }
  stay.push(...words.slice(from));
  return { text: stay.map(({ text }) => text.trim()).join(" "), words: stay, cut };
}

/** How many of the repeats stand: all of them, or what the voice could hold, or one. */
function keptInside(run: readonly Word[], { unit, times }: Repeat, voice: Voice | null): number {
  const text = run.map((word) => word.text.trim()).join(" ");
  const isPhrase = lettersOf(run.slice(0, unit)) >= phraseLetters;
  const startMs = run[0]?.startMs ?? 0;
  const endMs = run.at(-1)?.endMs ?? 0;
  if (voice !== null && lettersPerSecond(text, voice, startMs, endMs) > fastestLetters) {
    return heldBy(voice.voicedMs(startMs, endMs), lettersOf(run.slice(0, unit)), times);
  }
  const often = times >= (isPhrase ? tooOften.phrase : tooOften.short) && compressionRatio(text) > mostCompressed;
  if (often) return isPhrase ? 1 : mostKept;
  return times;
}

function keptAcross(run: readonly Utterance[], { unit, times }: Repeat, voice: Voice | null): number {
  if (voice === null) return times;
  const text = run.map((utterance) => utterance.text).join(" ");
  const letters = lettersOf(run.slice(0, unit));
  const voicedMs = run.reduce((sum, { startMs, endMs }) => sum + voice.voicedMs(startMs, endMs), 0);
  const rate = lettersPerSecond(text, voice, run[0]?.startMs ?? 0, run.at(-1)?.endMs ?? 0);
  if (rate > fastestLetters) return heldBy(voicedMs, letters, times);
  if (letters < phraseLetters) return times;
  const slow = (lettersOf(run) * 1000) / Math.max(1, voicedMs) < slowestLetters;
  return slow || isStamped(run, unit, voice) ? 1 : times;
}

/** Repeats as long as each other to the frame, one upon the other, while the voice goes on as if nothing ended. */
function isStamped(run: readonly Utterance[], unit: number, voice: Voice): boolean {
  const lengths = run.map(({ startMs, endMs }) => endMs - startMs);
  const alike = lengths.every((length, at) => Math.abs(length - (lengths[at % unit] ?? 0)) <= sameLengthMs);
  const borders = run.slice(1).map(({ startMs }, at) => ({ fromMs: run[at]?.endMs ?? 0, toMs: startMs }));
  const unbroken = borders.filter(({ fromMs, toMs }) => {
    for (let atMs = fromMs - voice.stepMs; atMs <= toMs + voice.stepMs; atMs += voice.stepMs) {
      if (voice.level(atMs) < voiceFrom) return false;
    }
    return true;
  });
  return alike && unbroken.length >= unbrokenShare * borders.length;
}

const heldBy = (voicedMs: number, letters: number, times: number): number =>
  Math.max(1, Math.min(mostKept, times, Math.floor((voicedMs * usualLetters) / 1000 / Math.max(1, letters))));

function markHidden(gone: readonly Utterance[], voice: Voice | null): Utterance[] {
  const startMs = gone[0]?.startMs ?? 0;
  const endMs = gone.at(-1)?.endMs ?? startMs;
  if (voice === null || voice.voicedMs(startMs, endMs) < hiddenVoiceMs) return [];
  return [{ startMs, endMs, text: "", state: "not-transcribed" }];
}

const lettersOf = (said: readonly { readonly text: string }[]): number =>
  said.reduce((sum, { text }) => sum + countLetters(text), 0);

/** Bytes of the text over bytes of it compressed: high when it repeats itself. */
function compressionRatio(text: string): number {
  const bytes = Buffer.from(text);
  // Without a header, so that short texts are judged by themselves.
  return bytes.length / Math.max(1, deflateRawSync(bytes).length);
}
