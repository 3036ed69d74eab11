// What was said in a window, in tokens, as segments with words. Pure.
import type { WindowSegment } from "../protocol.ts";
import { alignTokens } from "./align-tokens.ts";
import type { Said } from "./hearing.ts";
import { splitIntoWords, type TokenWord } from "./split-words.ts";
import type { WhisperTokens } from "./tokens.ts";

/** One timestamp token is 20 ms. */
const timeStepMs = 20;
/** A measured word is never shorter: the model looks at places of 20 ms. */
const shortestWordMs = 20;
/** The reference's rule for words that take in the pause before or after a sentence (timing.py, add_word_timestamps). */
const longestUsualWordMs = 700;
const sentenceEnd = /[.。!！?？]$/u;

export interface SegmentOptions {
  readonly tokens: WhisperTokens;
  /** Attention heads in each of `said.attentions`; 0 where the model does not tell where it looked. */
  readonly alignmentHeads: number;
  readonly durationMs: number;
  /** Text of tokens, spaces kept. */
  readonly decode: (tokens: readonly number[]) => string;
}

type Word = NonNullable<WindowSegment["words"]>[number];

/** Tokens between two times: indices into `said`. */
interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
  readonly at: readonly number[];
}

/** Times are milliseconds from the window's start. Confidence is the geometric mean of the tokens' probabilities. */
export function toSegments(said: Said, options: SegmentOptions): WindowSegment[] {
  const starts =
    options.alignmentHeads > 0 ? alignTokens(said.attentions, options.alignmentHeads, options.durationMs) : null;
  return stretchesOf(said.said, options).flatMap((stretch) => {
    const ids = stretch.at.map((at) => said.said[at] ?? 0);
    const text = options.decode(ids).trim();
    if (text === "") return [];
    const words = splitIntoWords(ids, options.decode, said.language).filter((word) => word.text.trim() !== "");
    const timed = words.map((word): Word => {
      const at = stretch.at.slice(word.first, word.next);
      return { text: word.text, ...timesOf(word, stretch, starts), confidence: confidenceOf(at, said) };
    });
    return [
      {
        startMs: stretch.startMs,
        endMs: stretch.endMs,
        text,
        confidence: confidenceOf(stretch.at, said),
        words: starts === null ? timed : withoutPauses(timed),
        timing: starts === null ? "spread" : "measured",
      },
    ];
  });
}

/** Splits at the timestamps. A segment left open ends with the window. */
function stretchesOf(said: readonly number[], { tokens, durationMs }: SegmentOptions): Stretch[] {
  const stretches: Stretch[] = [];
  let startMs = 0;
  let at: number[] = [];
  const close = (endMs: number) => {
    if (at.length > 0) stretches.push({ startMs, endMs: Math.max(startMs, endMs), at });
    at = [];
  };
  for (const [index, id] of said.entries()) {
    if (id >= tokens.timestampBegin) {
      const timeMs = Math.min(durationMs, (id - tokens.timestampBegin) * timeStepMs);
      close(timeMs);
      startMs = timeMs;
    } else if (id < tokens.end) at.push(index);
  }
  close(durationMs);
  return stretches;
}

/** From where the model looked at its first token to where it looked at the token after it, within the segment. */
function timesOf(word: TokenWord, { startMs, endMs, at }: Stretch, starts: readonly number[] | null) {
  if (starts === null) return { startMs, endMs };
  const within = (ms: number) => Math.min(endMs, Math.max(startMs, ms));
  const from = within(starts[at[word.first] ?? 0] ?? startMs);
  const after = (at[word.next - 1] ?? 0) + 1;
  const to = within(starts[after] ?? endMs);
  const end = Math.min(endMs, Math.max(to, from + shortestWordMs));
  return { startMs: Math.max(startMs, Math.min(from, end - shortestWordMs)), endMs: end };
}

function confidenceOf(at: readonly number[], { logProbabilities }: Said): number {
  const sum = at.reduce((total, index) => total + (logProbabilities[index] ?? 0), 0);
  return Math.round(1000 * Math.min(1, Math.exp(sum / Math.max(1, at.length)))) / 1000;
}

/** The last word of a sentence takes in the pause after it, and the first the pause before: both are cut to a usual length. */
function withoutPauses(words: readonly Word[]): Word[] {
  const lengths = words.map(({ startMs, endMs }) => endMs - startMs).filter((ms) => ms > 0);
  const median = lengths.toSorted((one, other) => one - other)[lengths.length >> 1] ?? 0;
  const longest = 2 * Math.min(longestUsualWordMs, median);
  return words.map((word, at) => {
    if (word.endMs - word.startMs <= longest) return word;
    if (sentenceEnd.test(word.text.trim())) return { ...word, endMs: word.startMs + longest };
    const before = words[at - 1];
    if (before === undefined || sentenceEnd.test(before.text.trim())) return { ...word, startMs: word.endMs - longest };
    return word;
  });
}
