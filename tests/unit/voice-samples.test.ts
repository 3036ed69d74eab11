// Which passages one listens to, and which lines are asked about.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Segment } from "../../electron/formats.ts";
import { clearSamples, isUnnamed, isUnsure, sampleEndMs } from "../../renderer/speakers/samples.ts";

const line = (startS: number, lengthS: number, more: Partial<Segment> = {}): Segment => ({
  id: `s${startS}`,
  startMs: startS * 1000,
  endMs: (startS + lengthS) * 1000,
  speaker: "A",
  text: "så är det",
  confidence: 0.9,
  speakerCertainty: 0.95,
  ...more,
});

test("three clear passages, from different parts of the meeting, in its order, of this speaker alone", () => {
  const segments = [
    line(0, 0.5),
    line(10, 4),
    line(20, 4, { speakerCertainty: 0.3 }),
    line(30, 5, { speaker: "B" }),
    line(100, 4, { state: "struck" }),
    line(110, 3.5),
    line(120, 4, { confidence: 0.2 }),
    line(200, 30),
    line(240, 4.2),
  ];
  assert.deepEqual(
    clearSamples(segments, "A").map(({ id }) => id),
    ["s10", "s110", "s240"],
  );
  assert.deepEqual(
    clearSamples([line(1, 0.4)], "A").map(({ id }) => id),
    ["s1"],
  );
  assert.deepEqual(clearSamples(segments, "C"), []);
  assert.equal(sampleEndMs(line(200, 30)), 209_000);
});

test("a line is asked about where somebody was heard and it may be another, and never once it was struck or said by a person", () => {
  assert.equal(isUnsure(line(0, 2, { speakerCertainty: 0.5 })), true);
  assert.equal(isUnsure(line(0, 2)), false);
  assert.equal(isUnsure(line(0, 2, { speakerCertainty: 0.5, state: "struck" })), false);
  const { speakerCertainty: _, ...told } = line(0, 2);
  assert.equal(isUnsure(told), false);
});

test("a name that the app gave is no name", () => {
  for (const name of ["Talare 2", "Speaker 10", "Okänd talare", "", undefined]) assert.equal(isUnnamed(name), true);
  for (const name of ["Anna", "Talare", "Talare 2 Ek"]) assert.equal(isUnnamed(name), false);
});
