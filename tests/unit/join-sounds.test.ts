import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Segment } from "../../electron/formats.ts";
import { asUnknown, joinSounds } from "../../electron/pipeline/speakers.ts";

const said = (startMs: number, text: string, confidence = 0.8): Segment => ({
  id: "s1",
  startMs,
  endMs: startMs + 400 * text.split(" ").length,
  text,
  confidence,
});
const sound = (...segments: readonly Segment[]) => ({ segments, language: "sv", dropped: {} });

test("two channels are two people, in the order of time, numbered anew", () => {
  const { segments, speakers } = joinSounds([
    sound(said(0, "Hej, det är Anna."), said(9000, "Ja.")),
    sound(said(4000, "Hej, jag ringer om skolan.")),
  ]);
  assert.deepEqual(
    segments.map(({ id, speaker, startMs }) => [id, speaker, startMs]),
    [
      ["s1", "A", 0],
      ["s2", "B", 4000],
      ["s3", "A", 9000],
    ],
  );
  assert.deepEqual(speakers, [
    { id: "A", name: "Talare 1" },
    { id: "B", name: "Talare 2" },
  ]);
});

test("what a microphone picked up of the other's loudspeaker is left out, and counted", () => {
  const { segments, dropped } = joinSounds([
    sound(said(1000, "Vi ses på torsdag klockan tio då", 0.5), said(8000, "Ja, gärna, det passar oss bra.")),
    sound(said(700, "Vi ses på torsdag klockan tio.", 0.9)),
  ]);
  assert.deepEqual(
    segments.map(({ text }) => text),
    ["Vi ses på torsdag klockan tio.", "Ja, gärna, det passar oss bra."],
  );
  assert.deepEqual(dropped, { echo: 1 });
});

test("of the same words by two people at once one always stays", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(20_000), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1, maxLength: 6 }),
      fc.array(fc.tuple(fc.nat(20_000), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 6 }),
      (a, b) => {
        const make = (all: readonly (readonly [number, number])[]) =>
          sound(...all.map(([startMs, confidence]) => said(startMs, "vi ses på torsdag klockan tio", confidence)));
        const { segments } = joinSounds([make(a), make(b)]);
        assert.ok(segments.length >= 1);
        assert.deepEqual(
          segments.map(({ startMs }) => startMs),
          segments.map(({ startMs }) => startMs).toSorted((x, y) => x - y),
        );
      },
    ),
  );
});

test("the same words at another time, or a short answer, is no echo", () => {
  const { segments } = joinSounds([
    sound(said(0, "Vi ses på torsdag klockan tio."), said(30_000, "Ja, just det.")),
    sound(said(12_000, "Vi ses på torsdag klockan tio."), said(30_000, "Ja, just det.")),
  ]);
  assert.equal(segments.length, 4);
});

test("voices that nobody told apart are somebody unknown, and a line begins where another may have begun", () => {
  const { speakers, segments } = asUnknown(
    joinSounds([sound(said(0, "Hur mår du?"), said(1300, "Bra."), said(1800, "Tack."), said(4000, "Då börjar vi."))]),
  );
  assert.deepEqual(speakers, [{ id: "A", name: "Okänd talare" }]);
  assert.deepEqual(
    segments.map(({ newLine }) => newLine ?? false),
    [false, true, false, true],
  );
  const two = joinSounds([sound(said(0, "Hej.")), sound(said(2000, "Hej."))]);
  assert.deepEqual(asUnknown(two), two);
});

test("a language of the one who says least stands on the lines", () => {
  const { language, segments } = joinSounds([
    sound(said(0, "Hej."), said(5000, "Vad bra.")),
    { segments: [said(2000, "Good morning.")], language: "en", dropped: { phantom: 1 } },
  ]);
  assert.equal(language, "sv");
  assert.deepEqual(
    segments.map((one) => one.language),
    [undefined, "en", undefined],
  );
});
