// From a window's segments, whose times run over packed sound, to segments of the recording. Pure.
// A segment of Whisper's may reach over a joint where minutes were left out: it is then two.
import type { Segment, Word } from "../formats.ts";
import type { WindowSegment } from "../inference/protocol.ts";
import { packedLengthMs, type Span, unpack } from "./packed-time.ts";
import { spreadWords } from "./spread-words.ts";
import type { Voice } from "./voice-track.ts";

/** A segment before it has a number among the others. */
export type Utterance = Pick<
  Segment,
  "startMs" | "endMs" | "text" | "confidence" | "words" | "timing" | "language" | "state"
>;

/** No segment reaches over more silence than this. */
export const longestPauseMs = 2000;
/** A part with less voice holds no word: Whisper's times are only about right. */
const leastVoiceMs = 150;
/** A split moves up to so many words to the end of a sentence or a clause. */
const wordsToPunctuation = 3;

/** Stretches in groups, with more than `longestPauseMs` between one group and the next. */
export function groupByPause(stretches: readonly Span[]): Span[][] {
  const groups: Span[][] = [];
  for (const stretch of stretches) {
    const last = groups.at(-1);
    if (last !== undefined && stretch.startMs - (last.at(-1)?.endMs ?? 0) <= longestPauseMs) last.push(stretch);
    else groups.push([stretch]);
  }
  return groups;
}

/** One segment of a window as segments of the recording, in order, each with its words. */
export function placeText(segment: WindowSegment, spans: readonly Span[], voice: Voice | null): Utterance[] {
  const all = groupByPause(unpack(spans, segment.startMs, segment.endMs));
  const groups = withVoice(all, voice);
  const measured = segment.timing === "measured" && segment.words !== undefined;
  const told = segment.words ?? segment.text.split(/\s+/u).map((text) => ({ text }));
  const words = measured
    ? (segment.words ?? []).map((word) => placeWord(word, spans))
    : spreadWords(told, groups.flat(), voice);
  const shares = groups.length === 1 ? [words] : share(words, groups, measured);
  return groups.flatMap((group, index) => {
    const mine = shares[index] ?? [];
    if (mine.length === 0) return [];
    const span = edgesOf(group, all, voice);
    return {
      ...segment,
      ...span,
      text: groups.length === 1 ? segment.text : mine.map(({ text }) => text.trim()).join(" "),
      words: mine.map((word) => within(word, span)),
      timing: measured ? ("measured" as const) : ("spread" as const),
    };
  });
}

function withVoice(groups: readonly Span[][], voice: Voice | null): readonly Span[][] {
  const amount = (group: readonly Span[]) =>
    voice === null
      ? packedLengthMs(group)
      : group.reduce((sum, { startMs, endMs }) => sum + voice.voicedMs(startMs, endMs), 0);
  const live = groups.filter((group) => amount(group) >= leastVoiceMs);
  const [most] = groups.toSorted((a, b) => amount(b) - amount(a));
  return live.length > 0 || most === undefined ? live : [most];
}

/** A word that a joint runs through lies where most of it is. */
function placeWord(word: Word, spans: readonly Span[]): Word {
  const [longest] = unpack(spans, word.startMs, word.endMs).toSorted(
    (a, b) => packedLengthMs([b]) - packedLengthMs([a]),
  );
  return { ...word, startMs: Math.round(longest?.startMs ?? 0), endMs: Math.round(longest?.endMs ?? 0) };
}

/** Which words belong to which group: by their middle, the order kept; a guessed split goes to the nearest punctuation. */
function share(words: readonly Word[], groups: readonly Span[][], measured: boolean): Word[][] {
  const shares: Word[][] = [];
  let from = 0;
  for (const [index] of groups.entries()) {
    const next = groups[index + 1]?.[0]?.startMs;
    const isAfter = ({ startMs, endMs }: Word) => next !== undefined && (startMs + endMs) / 2 >= next;
    const found = next === undefined ? -1 : words.findIndex((word, at) => at >= from && isAfter(word));
    const at = found < 0 ? words.length : found;
    const to = measured || found < 0 ? at : toPunctuation(words, from, at);
    shares.push(words.slice(from, to));
    from = to;
  }
  return shares;
}

function toPunctuation(words: readonly Word[], from: number, at: number): number {
  for (const mark of [/[.!?…]$/u, /[,;:–]$/u]) {
    for (let distance = 0; distance <= wordsToPunctuation; distance++) {
      for (const place of [at - distance, at + distance]) {
        if (place > from && place < words.length && mark.test(words[place - 1]?.text.trim() ?? "")) return place;
      }
    }
  }
  return at;
}

/** Where a group's text begins and ends. An edge at a silence that was left out is the voice's own. */
function edgesOf(group: readonly Span[], all: readonly Span[][], voice: Voice | null): Span {
  const startMs = group[0]?.startMs ?? 0;
  const endMs = group.at(-1)?.endMs ?? startMs;
  const heard = voice?.edges(startMs, endMs) ?? null;
  const isFirst = group === all[0];
  const isLast = group === all.at(-1);
  return {
    startMs: Math.round(isFirst || heard === null ? startMs : heard.startMs),
    endMs: Math.round(isLast || heard === null ? endMs : heard.endMs),
  };
}

const within = (word: Word, { startMs, endMs }: Span): Word => {
  const from = Math.max(startMs, Math.min(word.startMs, endMs));
  return { ...word, startMs: from, endMs: Math.max(from, Math.min(word.endMs, endMs)) };
};
