// Text that nobody said: on sound without a voice, and phrases that Whisper is known to write there. Pure.
// It goes only where voice activity and the model's own probability agree; either alone is often wrong.
import type { Word } from "../formats.ts";
import phantomPhrases from "./phantom-phrases.json" with { type: "json" };
import type { Utterance } from "./place-text.ts";
import { countLetters, lettersPerSecond } from "./speech-rate.ts";
import type { Voice } from "./voice-track.ts";

/** What must hold of voice and of probability for text to go. A known phrase needs less. */
interface Doubt {
  /** Letters a second of voice, from which on the text cannot have been said there. */
  readonly lettersPerSecond: number;
  /** Or the share of its time that has a voice, for a text too long for a word in a silence. */
  readonly voiceBelow: number;
  /** Mean probability of the tokens. */
  readonly confidenceBelow: number;
  /** The same where the no-speech token has at least `noSpeechFrom` (openai/whisper, transcribe.py: 0.6). */
  readonly confidenceBelowInSilence: number;
}
const doubts: Readonly<Record<"no-speech" | "phantom", Doubt>> = {
  "no-speech": { lettersPerSecond: 35, voiceBelow: 0, confidenceBelow: 0.5, confidenceBelowInSilence: 0.7 },
  phantom: { lettersPerSecond: 25, voiceBelow: 0.3, confidenceBelow: 0.8, confidenceBelowInSilence: 0.95 },
};
const noSpeechFrom = 0.6;
const longLetters = 12;

const phantoms = Object.values(phantomPhrases.phrases)
  .flat()
  .map((pattern) => new RegExp(`^(?:${pattern})$`, "u"));

/** True for a sentence that is a known phantom, whatever its case and the punctuation around it. */
export function isPhantom(sentence: string): boolean {
  const text = sentence
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/^[\s"'”“.,!?…()[\]*-]+|[\s"'”“.,!?…()[\]*-]+$/gu, "")
    .replaceAll(/\s+/gu, " ");
  return phantoms.some((pattern) => pattern.test(text));
}

/**
 * What stands of a window's text, and what went, counted by why. Without a voice track or a confidence nothing goes.
 * @param noSpeech probability of the no-speech token, where the model tells
 */
export function dropInvented(
  utterances: readonly Utterance[],
  voice: Voice | null,
  noSpeech = 0,
): { readonly kept: Utterance[]; readonly phantoms: number; readonly noSpeech: number } {
  const kept: Utterance[] = [];
  const dropped = { phantoms: 0, noSpeech: 0 };
  for (const utterance of utterances) {
    const rest = withoutPhantoms(utterance, voice, noSpeech);
    if (rest !== utterance) dropped.phantoms++;
    if (rest === null) continue;
    if (rest.state === undefined && isDoubted(rest, "no-speech", voice, noSpeech)) dropped.noSpeech++;
    else kept.push(rest);
  }
  return { kept, ...dropped };
}

function withoutPhantoms(utterance: Utterance, voice: Voice | null, noSpeech: number): Utterance | null {
  // Notes and dots are nobody's words.
  if (utterance.state === undefined && countLetters(utterance.text) === 0) return null;
  const sentences = toSentences(utterance.words ?? []);
  const stay = sentences.filter((words) => {
    if (!isPhantom(textOf(words))) return true;
    // Words that were only spread tell nothing by themselves: the whole segment's voice does.
    const place = utterance.timing === "measured" ? aboutWords(words, utterance) : utterance;
    return !isDoubted(place, "phantom", voice, noSpeech);
  });
  if (stay.length === sentences.length) return utterance;
  const words = stay.flat();
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return null;
  return { ...utterance, text: textOf(words), words, startMs: first.startMs, endMs: last.endMs };
}

type Judged = Pick<Utterance, "startMs" | "endMs" | "text" | "confidence">;

function isDoubted(judged: Judged, reason: keyof typeof doubts, voice: Voice | null, noSpeech: number): boolean {
  const { startMs, endMs, text, confidence } = judged;
  if (voice === null || confidence === undefined) return false;
  const doubt = doubts[reason];
  const unlikely = noSpeech >= noSpeechFrom ? doubt.confidenceBelowInSilence : doubt.confidenceBelow;
  const voiceShare = voice.voicedMs(startMs, endMs) / Math.max(1, endMs - startMs);
  const unvoiced =
    (countLetters(text) >= longLetters && voiceShare < doubt.voiceBelow) ||
    lettersPerSecond(text, voice, startMs, endMs) > doubt.lettersPerSecond;
  return unvoiced && confidence < unlikely;
}

function aboutWords(words: readonly Word[], { confidence }: Utterance): Judged {
  const known = words.flatMap((word) => (word.confidence === undefined ? [] : [word.confidence]));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const about = known.length > 0 ? mean : confidence;
  return {
    startMs: words[0]?.startMs ?? 0,
    endMs: words.at(-1)?.endMs ?? 0,
    text: textOf(words),
    ...(about === undefined ? {} : { confidence: about }),
  };
}

function toSentences(words: readonly Word[]): Word[][] {
  const sentences: Word[][] = [[]];
  for (const word of words) {
    sentences.at(-1)?.push(word);
    if (/[.!?…]$/u.test(word.text.trim())) sentences.push([]);
  }
  return sentences.filter(({ length }) => length > 0);
}

const textOf = (words: readonly Word[]): string => words.map(({ text }) => text.trim()).join(" ");
