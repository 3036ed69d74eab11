// What one person's microphone picked up of the other's loudspeaker: the same words at the same time. Pure.
import type { Segment } from "../formats.ts";

/** "Ja, just det" may be said by two at once. */
const fewestWords = 4;
/** Share of an echo's words that the other said, in the same order. */
const alike = 0.7;
/** An echo comes with the delay of the call. */
const delayMs = 1500;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Of the same words in two channels, those stay that were heard more surely. */
export function withoutEchoes(channels: readonly (readonly Segment[])[]): {
  readonly kept: readonly (readonly Segment[])[];
  readonly echoes: number;
} {
  let echoes = 0;
  const kept = channels.map((own, at) =>
    own.filter((segment) => {
      const isEcho = channels.some((other, index) => index !== at && isEchoOf(segment, other, index < at));
      if (isEcho) echoes += 1;
      return !isEcho;
    }),
  );
  return { kept, echoes };
}

function isEchoOf(segment: Segment, others: readonly Segment[], comesFirst: boolean): boolean {
  const words = wordsOf(segment.text);
  if (words.length < fewestWords) return false;
  const beside = others.filter(
    ({ startMs, endMs }) => startMs < segment.endMs + delayMs && endMs > segment.startMs - delayMs,
  );
  const heard = beside.flatMap(({ text }) => wordsOf(text));
  if (inCommon(words, heard) < alike * words.length) return false;
  const surest = Math.max(...beside.map(({ confidence }) => confidence ?? 0));
  const own = segment.confidence ?? 0;
  return surest > own || (surest === own && comesFirst);
}

/** Length of the longest sequence of words that both hold in the same order. */
function inCommon(a: readonly string[], b: readonly string[]): number {
  let row = Array.from<number>({ length: b.length + 1 }).fill(0);
  for (const word of a) {
    const next = [0];
    for (const [at, other] of b.entries())
      next.push(word === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}
