// A paragraph that a person has written over, as its segments: every word that stayed keeps its segment and its time,
// and what came new is placed between them. Pure; runs anywhere.
import { diffArrays } from "diff";
import type { Segment, Word } from "../formats.ts";

/** A word, the segment that it stands in, and when it is said where that is known. */
interface Placed {
  readonly text: string;
  readonly owner: number;
  readonly word: Word | null;
}

export const tokensOf = (text: string): readonly string[] => text.split(/\s+/u).filter((token) => token !== "");

/** The text that a person writes over. */
export const textOf = (segments: readonly Segment[]): string =>
  segments
    .map(({ text }) => tokensOf(text).join(" "))
    .filter((text) => text !== "")
    .join(" ");

/**
 * The segments of a paragraph after a person has written `text` over it. Those that say the same are the same values;
 * one that says nothing any more is not among them. The one that changed keeps what the recogniser wrote as `original`
 * and is no longer doubted.
 */
export function retell(segments: readonly Segment[], text: string): readonly Segment[] {
  const before = segments.flatMap((segment, owner) => placedIn(segment, owner));
  const after: Placed[] = [];
  const changes = diffArrays(
    before.map((token) => token.text),
    [...tokensOf(text)],
  );
  let at = 0;
  let replaced: readonly Placed[] = [];
  for (const { value, added, removed } of changes) {
    if (added) {
      after.push(...between(value, replaced, after.at(-1) ?? null, before[at] ?? null));
      replaced = [];
      continue;
    }
    replaced = removed ? before.slice(at, at + value.length) : [];
    if (!removed) after.push(...before.slice(at, at + value.length));
    at += value.length;
  }
  return segments.flatMap((segment, owner) => {
    const own = after.filter((token) => token.owner === owner);
    const said = own.map((token) => token.text).join(" ");
    if (said === tokensOf(segment.text).join(" ")) return [segment];
    return own.length === 0 ? [] : [rewritten(segment, said, own)];
  });
}

function placedIn(segment: Segment, owner: number): readonly Placed[] {
  const tokens = tokensOf(segment.text);
  const words = segment.words?.length === tokens.length ? segment.words : null;
  return tokens.map((text, at) => ({ text, owner, word: words?.[at] ?? null }));
}

/** New words in the place of others: each in the segment and the time of the one it stands for, as far as there is one. */
function between(
  texts: readonly string[],
  replaced: readonly Placed[],
  previous: Placed | null,
  next: Placed | null,
): readonly Placed[] {
  const [first, last] = [replaced[0] ?? previous ?? next, replaced.at(-1) ?? next ?? previous];
  const startMs = replaced.length > 0 ? first?.word?.startMs : (previous?.word?.endMs ?? next?.word?.startMs);
  const endMs = replaced.length > 0 ? last?.word?.endMs : next?.word?.startMs;
  const stepMs = (Math.max(startMs ?? 0, endMs ?? startMs ?? 0) - (startMs ?? 0)) / texts.length;
  return texts.map((text, at) => {
    const standsFor = replaced[Math.floor((at * replaced.length) / texts.length)] ?? previous ?? next;
    const fromMs = Math.round((startMs ?? 0) + at * stepMs);
    const word = startMs === undefined ? null : { text, startMs: fromMs, endMs: Math.round(fromMs + stepMs) };
    return { text, owner: standsFor?.owner ?? 0, word };
  });
}

function rewritten(segment: Segment, text: string, own: readonly Placed[]): Segment {
  const { words: _words, confidence: _confidence, ...rest } = segment;
  const words = own.flatMap(({ word, text: said }) => (word === null ? [] : [{ ...word, text: said }]));
  return {
    ...rest,
    text,
    original: segment.original ?? segment.text,
    ...(words.length === own.length && words.length > 0 ? { words } : {}),
  };
}
