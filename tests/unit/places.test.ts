import assert from "node:assert/strict";
import { test } from "node:test";
import type { Segment } from "../../electron/formats.ts";
import { nextDoubtful, nextMarked, nextTurn, wordTime } from "../../renderer/meeting/places.ts";

const said = (at: number, speaker: string, confidence: number): Segment => ({
  id: `s${String(at)}`,
  startMs: at * 1000,
  endMs: at * 1000 + 900,
  speaker,
  text: "ja",
  confidence,
});
const talk = [said(0, "A", 0.9), said(1, "A", 0.3), said(2, "A", 0.2), said(3, "B", 0.9), said(4, "A", 0.1)];

test("the next doubtful stretch, and around; one that was struck is none", () => {
  const at = (ms: number) => nextDoubtful(talk, ms)?.id;
  assert.deepEqual([at(-1), at(1000), at(2500), at(4000)], ["s1", "s4", "s4", "s1"]);
  assert.equal(nextDoubtful([{ ...said(1, "A", 0.1), state: "struck" }], 0), null);
  assert.equal(nextDoubtful([], 0), null);
});

test("the next one who speaks, and the next passage that was marked", () => {
  assert.deepEqual([nextTurn(talk, 0)?.id, nextTurn(talk, 3000)?.id, nextTurn(talk, 4000)?.id], ["s3", "s4", "s3"]);
  const mark = (atMs: number) => ({ id: String(atMs), atMs, kind: "important", label: "" }) as const;
  const marks = [mark(2950), mark(60_000)];
  assert.deepEqual([nextMarked(talk, marks, 0)?.id, nextMarked(talk, marks, 2000)?.id], ["s2", "s4"]);
  assert.equal(nextMarked(talk, [], 0), null);
});

test("a word that is clicked is played from where it is said", () => {
  const words = ["Hon", "bor", "i", "Växjö."].map((text, at) => ({ text, startMs: at * 300, endMs: at * 300 + 200 }));
  const segment: Segment = { id: "s1", startMs: 0, endMs: 1200, text: " Hon bor i Växjö.", words };
  const at = (character: number) => wordTime(segment, character);
  assert.deepEqual([at(0), at(2), at(3), at(4), at(6), at(8), at(10), at(16)], [0, 0, 0, 300, 300, 600, 900, 900]);
  assert.equal(wordTime({ ...segment, words: words.slice(1), startMs: 50 }, 10), 50);
});
