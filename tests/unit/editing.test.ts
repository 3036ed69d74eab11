import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findIn, replaceIn } from "../../electron/editing/find-in.ts";
import { mergeLines, splitLine } from "../../electron/editing/lines.ts";
import { retell, textOf, tokensOf } from "../../electron/editing/retell.ts";
import type { Segment } from "../../electron/formats.ts";

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
