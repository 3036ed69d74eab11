import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findIn, replaceIn } from "../../electron/editing/find-in.ts";
import { applyCorrection } from "../../electron/editing/apply.ts";
import { mergeLines, moveWordsDown, moveWordsUp, splitLine } from "../../electron/editing/lines.ts";
import { heardInLine, originalTranscript } from "../../electron/editing/original.ts";
import { retell, textOf, tokensOf } from "../../electron/editing/retell.ts";
import type { Segment, Transcript } from "../../electron/formats.ts";

/** Words of 300 ms with 100 ms between. */
function said(id: string, startMs: number, text: string, speaker = "A"): Segment {
  const words = tokensOf(text).map((word, at) => ({
    text: word,
    startMs: startMs + at * 400,
    endMs: startMs + at * 400 + 300,
  }));
  return { id, startMs, endMs: words.at(-1)?.endMs ?? startMs, speaker, text, words, confidence: 0.4 };
}

const two = [said("s1", 0, "Hon bor i Växsjö nu."), said("s2", 3000, "Det går bra.")];

test("a word that was corrected keeps its time, its neighbours theirs, and what was heard is kept", () => {
  const [first, second] = retell(two, "Hon bor i Växjö nu. Det går bra.");
  assert.equal(first?.text, "Hon bor i Växjö nu.");
  assert.equal(first.original, "Hon bor i Växsjö nu.");
  assert.deepEqual(first.words?.[3], { text: "Växjö", startMs: 1200, endMs: 1500 });
  assert.equal(first.confidence, undefined);
  assert.equal(second, two[1], "what was not touched is the same value");
});

test("words that come new stand between their neighbours, and words that go take their segment with them", () => {
  const added = retell(two, "Hon bor i Växsjö nu. Det går faktiskt bra.");
  assert.deepEqual(
    added.map(({ text }) => text),
    ["Hon bor i Växsjö nu.", "Det går faktiskt bra."],
  );
  assert.deepEqual(added[1]?.words?.[2], { text: "faktiskt", startMs: 3700, endMs: 3800 });
  assert.deepEqual(
    retell(two, "Hon bor i Växsjö nu.").map(({ id }) => id),
    ["s1"],
  );
  assert.deepEqual(
    retell(two, "Ja! Hon bor i Växsjö nu. Det går bra. Tack.").map(({ text }) => text),
    ["Ja! Hon bor i Växsjö nu.", "Det går bra. Tack."],
  );
});

const wordsOf = fc.array(fc.constantFrom("ja", "nej", "hon", "bor", "här", "inte"), { maxLength: 12 });

test("whatever is written stands there, in order of time, and nothing is written in two places", () => {
  fc.assert(
    fc.property(fc.array(wordsOf, { minLength: 1, maxLength: 4 }), wordsOf, (lines, wanted) => {
      const segments = lines.map((words, at) => said(`s${String(at)}`, at * 10_000, words.join(" ")));
      const after = retell(segments, wanted.join(" "));
      assert.equal(textOf(after), wanted.join(" "));
      for (const { words = [] } of after)
        for (const [at, word] of words.entries()) {
          assert.ok(word.startMs <= word.endMs);
          assert.ok(at === 0 || (words[at - 1]?.startMs ?? 0) <= word.startMs);
        }
    }),
  );
});

test("a line is split at a word, and the second half is a segment of its own from its own time", () => {
  const split = splitLine(two, 3, new Set(["s1", "s2", "s1.2"]));
  assert.deepEqual(
    split?.map(({ id, text, startMs, endMs, newLine }) => [id, text, startMs, endMs, newLine]),
    [
      ["s1", "Hon bor i", 0, 1200, undefined],
      ["s1.3", "Växsjö nu.", 1200, 1900, true],
      ["s2", "Det går bra.", 3000, 3700 + 400, undefined],
    ],
  );
  assert.equal(splitLine(two, 0, new Set()), null);
  assert.equal(splitLine(two, 8, new Set()), null);
  assert.equal(splitLine(two, 5, new Set())?.[1]?.["newLine"], true, "between two segments none is cut");
});

test("a line that is merged goes on in the mouth of the one before it", () => {
  const merged = mergeLines([said("s0", 0, "Jag", "B")], two);
  assert.deepEqual(
    merged.map(({ speaker, newLine }) => [speaker, newLine]),
    [
      ["B", false],
      ["B", undefined],
    ],
  );
});

const spoken = [said("s1", 0, "Anna ringer. anna skriver till Annas mamma."), said("s2", 9000, "Han är far, hon får.")];
const whole = { wholeWords: true, matchCase: false };

test("words are found as a person means them, and never the ones that only look alike", () => {
  const at = (wanted: string, options = whole) => findIn(spoken, wanted, options).map(({ start }) => start);
  assert.deepEqual(at("anna"), [0, 13]);
  assert.deepEqual(at("anna", { wholeWords: false, matchCase: false }), [0, 13, 31]);
  assert.deepEqual(at("Anna", { wholeWords: true, matchCase: true }), [0]);
  assert.deepEqual(at("far"), [7]);
  assert.deepEqual(at("skriver  till"), [18]);
  assert.deepEqual(at("(.*"), []);
  assert.deepEqual(at("   "), []);
});

test("what is replaced is replaced where it was found and nowhere else, and keeps its times", () => {
  const places = findIn(spoken, "anna", whole);
  const [change, ...more] = replaceIn(spoken, places.slice(0, 1), "Hanna");
  assert.deepEqual(more, []);
  assert.equal(change?.after[0]?.text, "Hanna ringer. anna skriver till Annas mamma.");
  assert.deepEqual(change.after[0].words?.[0], { text: "Hanna", startMs: 0, endMs: 300 });
  const [both] = replaceIn(spoken, places, "Hanna");
  assert.equal(both?.after[0]?.text, "Hanna ringer. Hanna skriver till Annas mamma.");
});

test("words move to the line before or after, into that mouth, and none is lost on the way", () => {
  const before = [said("s0", -3000, "Ja. Det", "B")];
  const after = [said("s9", 9000, "Tack.", "C")];
  const up = moveWordsUp(before, two, 2, new Set(["s1", "s2"]));
  assert.deepEqual(
    up?.map(({ text, speaker, newLine }) => [text, speaker, newLine]),
    [
      ["Hon bor", "B", false],
      ["i Växsjö nu.", "A", true],
      ["Det går bra.", "A", undefined],
    ],
  );
  const down = moveWordsDown(two, after, 5, new Set(["s1", "s2"]));
  assert.deepEqual(
    down?.map(({ id, text, speaker, newLine }) => [id, text, speaker, newLine]),
    [
      ["s1", "Hon bor i Växsjö nu.", "A", undefined],
      ["s2", "Det går bra.", "C", true],
      ["s9", "Tack.", "C", false],
    ],
  );
  fc.assert(
    fc.property(fc.nat(10), (wordAt) => {
      const there = moveWordsUp(before, two, wordAt, new Set());
      const back = moveWordsDown(two, after, wordAt, new Set());
      assert.equal(there === null, wordAt === 0 || wordAt >= 8);
      if (there !== null) assert.equal(textOf(there), textOf(two));
      if (back !== null) assert.equal(textOf(back), textOf([...two, ...after]));
    }),
  );
});

const talk = (segments: readonly Segment[]): Transcript => ({
  lyssna: "transcript/1",
  language: "sv",
  durationMs: 60_000,
  speakers: [{ id: "A", name: "Anna" }],
  segments: [...segments],
});

/** A person's change of a transcript: what is made of some neighbouring segments. */
type Step = (
  segments: readonly Segment[],
) => { readonly before: readonly Segment[]; readonly after: readonly Segment[] } | null;

const steps: fc.Arbitrary<Step> = fc
  .tuple(fc.nat(5), fc.nat(9), wordsOf, fc.nat(2))
  .map(([at, word, words, kind]) => (segments) => {
    const one = segments.slice(at % segments.length, (at % segments.length) + 1);
    const next = segments.slice((at % segments.length) + 1, (at % segments.length) + 2);
    const taken = new Set(segments.map(({ id }) => id));
    if (kind === 0) return words.length === 0 ? null : { before: one, after: retell(one, words.join(" ")) };
    if (kind === 1) {
      const split = splitLine(one, word, taken);
      return split === null ? null : { before: one, after: split };
    }
    const moved = moveWordsDown(one, next, word, taken);
    return moved === null ? null : { before: [...one, ...next], after: moved };
  });

test("whatever people have done to a transcript, what was heard is found again", () => {
  const heard = talk([
    said("s1", 0, "Hon bor här."),
    said("s2", 5000, "Det går bra."),
    said("s3", 9000, "Ja, inte nu."),
  ]);
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 8 }), fc.nat(8), (list, undoneAfter) => {
      let now = heard;
      const made = [];
      for (const [index, step] of list.entries()) {
        const hunk = step(now.segments);
        if (hunk === null || hunk.after.length === 0) continue;
        const undone = index >= undoneAfter;
        if (!undone) now = applyCorrection(now, { hunks: [hunk] }, "2026-03-10T10:00:00Z", false);
        made.push({ undone, correction: { hunks: [hunk] } });
        if (undone) break;
      }
      assert.deepEqual(originalTranscript(now, made).segments, heard.segments);
    }),
  );
});

test("a line goes back to what was heard in its time, with the speaker a person gave it; not what was struck", () => {
  const original = [said("s1", 0, "Hon bor i Växsjö nu."), said("s2", 3000, "Det går bra."), said("s3", 9000, "Tack.")];
  // Written over so that the second segment went, and given to somebody else.
  const line = retell(original.slice(0, 2), "Hon bor i Växjö nu.").map((segment) => ({
    ...segment,
    speaker: "B",
    newLine: true,
  }));
  const now = [...line, ...original.slice(2)];
  const heard = heardInLine(original, now, line);
  assert.deepEqual(
    heard?.segments.map(({ id, text, speaker, newLine, confidence }) => [id, text, speaker, newLine, confidence]),
    [
      ["s1", "Hon bor i Växsjö nu.", "B", true, 0.4],
      ["s2", "Det går bra.", "B", false, 0.4],
    ],
  );
  assert.equal(textOf(heardInLine(original, now, now.slice(1))?.segments ?? []), "Tack.");
  assert.equal(heard?.isShared, false);
  // Words of one segment in two lines: seen from both, put back in neither.
  const [head, tail] = splitLine([original[0] as Segment], 2, new Set()) ?? [];
  assert.ok(head && tail);
  const cut = [head, tail, ...original.slice(1)];
  for (const half of [head, tail]) {
    const found = heardInLine(original, cut, [half]);
    assert.deepEqual([textOf(found?.segments ?? []), found?.isShared], ["Hon bor i Växsjö nu.", true]);
  }
  const struck = original.map((segment, at) =>
    at === 1 ? { ...segment, text: "", state: "struck" as const } : segment,
  );
  assert.equal(heardInLine(struck, now, line), null);
});
