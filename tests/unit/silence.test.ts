// Pauses that are passed over while one listens.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { speechAfter } from "../../renderer/meeting/silence.ts";

const segment = (startMs: number, endMs: number) => ({ id: String(startMs), startMs, endMs, text: "ord" });

describe("passing over pauses", () => {
  const next = speechAfter([segment(2000, 4000), segment(4500, 6000), segment(5000, 9000), segment(12_000, 13_000)]);

  for (const [what, atMs, goesOnMs] of [
    ["before the first word", 500, 1700],
    ["in speech", 3000, 3000],
    ["in a short pause", 4200, 4200],
    ["where one talks over the other", 7000, 7000],
    ["just after a word", 9100, 9100],
    ["in a long pause", 9400, 11_700],
    ["just before a word", 11_900, 11_900],
    ["after the last word", 14_000, 14_000],
  ] as const)
    test(what, () => assert.equal(next(atMs), goesOnMs));

  test("never back, never past the next word, and once is enough", () => {
    const spans = fc.array(fc.tuple(fc.nat(60_000), fc.nat(4000)), { maxLength: 30 });
    fc.assert(
      fc.property(spans, fc.nat(70_000), (pairs, atMs) => {
        const segments = pairs
          .map(([startMs, lengthMs]) => segment(startMs, startMs + lengthMs))
          .toSorted((a, b) => a.startMs - b.startMs);
        const from = speechAfter(segments);
        const goesOnMs = from(atMs);
        assert.ok(goesOnMs >= atMs);
        assert.ok(segments.every(({ startMs }) => startMs <= atMs || startMs >= goesOnMs));
        assert.equal(from(goesOnMs), goesOnMs);
      }),
    );
  });
});
