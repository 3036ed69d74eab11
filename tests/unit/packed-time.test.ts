// Times over silences that were left out, and words whose times are only spread.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { packedLengthMs, toPackedMs, toRecordingMs, unpack, type Span } from "../../electron/pipeline/packed-time.ts";
import { spreadWords } from "../../electron/pipeline/spread-words.ts";
import { assemble, said, textOf, voiceIn } from "./heard-text.ts";

describe("time", () => {
  const someSpans: fc.Arbitrary<Span[]> = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 600_000 }), fc.integer({ min: 1, max: 8000 })), {
      minLength: 1,
      maxLength: 12,
    })
    .map((parts) => {
      let at = 0;
      return parts.map(([gap, length]) => {
        const startMs = at + gap;
        at = startMs + length;
        return { startMs, endMs: at };
      });
    });

  test("maps from window to recording and back, never backwards, never into what was left out", () => {
    fc.assert(
      fc.property(someSpans, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(5000), (spans, share, further) => {
        const length = packedLengthMs(spans);
        const atMs = Math.floor(share * (length - 1));
        const place = toRecordingMs(spans, atMs);
        assert.ok(spans.some(({ startMs, endMs }) => startMs <= place && place <= endMs));
        assert.equal(toPackedMs(spans, place), atMs);
        assert.ok(toRecordingMs(spans, atMs + further) >= place);
      }),
    );
  });

  test("a stretch of the window is as long in the recording, and lies inside the spans", () => {
    fc.assert(
      fc.property(someSpans, fc.nat(100_000), fc.nat(30_000), (spans, fromMs, lengthMs) => {
        const total = packedLengthMs(spans);
        const stretches = unpack(spans, fromMs, fromMs + lengthMs);
        assert.equal(packedLengthMs(stretches), Math.min(total, fromMs + lengthMs) - Math.min(total, fromMs));
        for (const { startMs, endMs } of stretches) {
          assert.ok(spans.some((span) => span.startMs <= startMs && endMs <= span.endMs));
        }
      }),
    );
  });

  test("words that are spread lie in order inside the voice, for any text", () => {
    const voice = voiceIn([2, 4], [10, 11.5]);
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 40 }), (texts) => {
        const words = spreadWords(
          texts.map((text) => ({ text })),
          [{ startMs: 1000, endMs: 15_000 }],
          voice,
        );
        assert.equal(words.length, texts.length);
        for (const [i, { startMs, endMs }] of words.entries()) {
          assert.ok(startMs >= 1000 && startMs <= endMs && endMs <= 15_000);
          assert.ok(startMs >= (words[i - 1]?.endMs ?? 0) - 1);
        }
        const middle = words.filter(({ startMs, endMs }) => startMs > 4600 && endMs < 9400);
        assert.ok(middle.length <= Math.ceil(texts.length / 8), "few words in the silence");
      }),
    );
  });
});

describe("a window with minutes left out", () => {
  /** Voice at 1–3 s, then ten minutes of silence, then voice at 602–605 s. */
  const spans = [
    { startMs: 800, endMs: 3400 },
    { startMs: 601_600, endMs: 605_200 },
  ];
  const voice = voiceIn([1, 3], [602, 605]);
  const near = (got: number | undefined, want: number) =>
    assert.ok(Math.abs((got ?? -1) - want) <= 100, `${got} ≠ ${want}`);

  test("a segment on either side gets its own times", async () => {
    const { segments } = await assemble([said(0.2, 2.2, "Hej."), said(3, 6, "Nu är jag tillbaka.")], voice, {}, spans);
    near(segments[0]?.endMs, 3000);
    near(segments[1]?.startMs, 602_000);
    near(segments[1]?.endMs, 605_000);
  });

  test("one that reaches over the joint becomes two, at the punctuation nearest to the voice's break", async () => {
    const over = said(0.2, 6, "Vänta här en stund bara. Nu är jag tillbaka igen, ska vi fortsätta?");
    const { segments } = await assemble([over], voice, {}, spans);
    assert.deepEqual(
      segments.map(({ text }) => text),
      ["Vänta här en stund bara.", "Nu är jag tillbaka igen, ska vi fortsätta?"],
    );
    near(segments[0]?.startMs, 1000);
    near(segments[0]?.endMs, 3000);
    near(segments[1]?.startMs, 602_000);
    near(segments[1]?.endMs, 605_000);
    for (const { startMs, endMs, words = [] } of segments) {
      assert.ok(words.every((word) => word.startMs >= startMs && word.endMs <= endMs));
    }
  });

  test("measured words decide where it is split", async () => {
    const words = [
      { text: "Vänta", startMs: 200, endMs: 900 },
      { text: "nu.", startMs: 900, endMs: 2200 },
      { text: "Så", startMs: 3000, endMs: 3500 },
      { text: "där.", startMs: 3500, endMs: 6000 },
    ];
    const { segments } = await assemble(
      [said(0.2, 6, "Vänta nu. Så där.", { words, timing: "measured" })],
      voice,
      {},
      spans,
    );
    assert.deepEqual(
      segments.map(({ text, timing }) => [text, timing]),
      [
        ["Vänta nu.", "measured"],
        ["Så där.", "measured"],
      ],
    );
    near(segments[1]?.words?.[0]?.startMs, 602_000);
  });

  test("a time a little over the joint does not drag a segment over ten minutes", async () => {
    const { segments } = await assemble(
      [said(0.2, 2.9, "Hej då."), said(2.4, 6, "Nu är jag tillbaka.")],
      voice,
      {},
      spans,
    );
    assert.deepEqual(
      segments.map(({ text }) => text),
      ["Hej då.", "Nu är jag tillbaka."],
    );
    near(segments[0]?.endMs, 3000);
    near(segments[1]?.startMs, 602_000);
  });

  test("no segment ever lies over the silence, whatever its times", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(6200), fc.nat(6200), fc.integer({ min: 1, max: 30 }), async (a, b, count) => {
        const text = Array.from({ length: count }, (_, i) => `ord${i}`).join(" ");
        const segment = { startMs: Math.min(a, b), endMs: Math.max(a, b), text, confidence: 0.9 };
        const { segments } = await assemble([segment], voice, {}, spans);
        assert.equal(textOf(segments), text);
        for (const { startMs, endMs } of segments) {
          assert.ok(spans.some((span) => span.startMs <= startMs && startMs <= endMs && endMs <= span.endMs));
        }
      }),
    );
  });
});
