// Meetings that nobody held, as many as one likes: words as often as in a language, the same in every run. Bench only.
import type { Segment, Transcript } from "../../../electron/formats.ts";
import { seeded } from "../../seeded.ts";

const vocabularySize = 60_000;
const onsets = [
  "b",
  "d",
  "f",
  "g",
  "h",
  "k",
  "l",
  "m",
  "n",
  "p",
  "r",
  "s",
  "t",
  "v",
  "st",
  "kr",
  "tr",
  "sp",
  "fl",
  "sk",
];
const vowels = ["a", "e", "i", "o", "u", "y", "å", "ä", "ö"];
const codas = ["", "", "n", "r", "l", "s", "t", "m", "nd", "ng", "ll", "st"];

/** Words of one to four syllables, no two alike; the short ones come first, as the frequent ones of a language are. */
export function makeVocabulary(): readonly string[] {
  const random = seeded(17);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? "";
  const words = new Set<string>();
  while (words.size < vocabularySize) {
    const syllables = Math.min(4, 1 + Math.floor(words.size ** 0.12 * random() * 1.4));
    words.add(Array.from({ length: syllables }, () => pick(onsets) + pick(vowels) + pick(codas)).join(""));
  }
  return [...words];
}

/** Zipf's law: the word of rank r comes about as often as 1/r; drawn by inverting its continuous form. */
export const drawWord = (vocabulary: readonly string[], random: () => number): string =>
  vocabulary[Math.min(vocabulary.length - 1, Math.floor(vocabulary.length ** random()) - 1)] ?? "";

interface Shape {
  readonly segments: number;
  readonly wordsPerSegment: number;
  /** Times of each word, as a recogniser gives them. */
  readonly words: boolean;
}

/** A conversation of two, a line every 2.16 s: 5,000 lines are three hours. */
export function makeTranscript(
  vocabulary: readonly string[],
  seed: number,
  { segments: count, wordsPerSegment, words: withWords }: Shape,
): Transcript {
  const random = seeded(seed);
  const lineMs = 2160;
  const segments = Array.from({ length: count }, (_, at): Segment => {
    const startMs = at * lineMs;
    const wordMs = (lineMs - 160) / wordsPerSegment;
    const words = Array.from({ length: wordsPerSegment }, (_none, place) => ({
      text: drawWord(vocabulary, random),
      startMs: Math.round(startMs + place * wordMs),
      endMs: Math.round(startMs + (place + 1) * wordMs),
      confidence: 0.6 + 0.4 * random(),
    }));
    return {
      id: `s${String(at + 1)}`,
      startMs,
      endMs: startMs + lineMs - 160,
      speaker: Math.floor(at / 3) % 2 === 0 ? "a" : "b",
      text: `${words.map(({ text }) => text).join(" ")}.`,
      confidence: 0.8,
      ...(withWords ? { words } : {}),
    };
  });
  return {
    lyssna: "transcript/1",
    title: "Långt samtal",
    recordedAt: "2026-03-10T09:02:00",
    language: "sv",
    durationMs: count * lineMs,
    speakers: [
      { id: "a", name: "Talare 1", role: "" },
      { id: "b", name: "Talare 2", role: "" },
    ],
    segments,
  };
}
