// What a microphone gives while it records: muted, silent and clipping are told apart, and the first word ends them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createWatch, loudnessOf } from "../../renderer/recording/level.ts";

/** A second of blocks of 20 ms, each a tone of this height. */
const second = (height: number) =>
  Array.from({ length: 50 }, () =>
    loudnessOf(Float32Array.from({ length: 960 }, (_, at) => height * Math.sin(at / 9))),
  );

/** What is told at the end of each second. */
function watched(heights: readonly number[]): string[] {
  const watch = createWatch();
  return heights.map((height) => second(height).map(watch).at(-1) ?? "");
}

test("three seconds without a sample are a muted microphone; a word ends it", () => {
  assert.deepEqual(watched([0.2, 0, 0, 0, 0.2]), ["good", "good", "good", "muted", "good"]);
});

test("one who listens may be quiet for half a minute; a cough begins it anew", () => {
  const quiet = Array.from({ length: 29 }, () => 0.001);
  assert.deepEqual(new Set(watched([0.2, ...quiet])), new Set(["good"]));
  assert.equal(watched([...quiet, 0.001]).at(-1), "silent");
  assert.deepEqual(new Set(watched([...quiet, 0.05, ...quiet])), new Set(["good"]));
  assert.equal(watched([...quiet, 0.001, 0.05]).at(-1), "good");
});

test("a wave that is cut off is told while it is so", () => {
  const told = watched([0.5, 0.5, 0.5, 3, 0.5, 0.5, 0.5, 0.5]);
  assert.deepEqual([told[2], told[3], told.at(-1)], ["good", "clipping", "good"]);
});
