import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { spokenSince } from "../../electron/recording/spoken.ts";

describe("where in a recording a moment falls", () => {
  test("before any sound has come, all that was said is still on its way", () => {
    assert.equal(spokenSince(1000, 60_000).at(3500), 62_500);
  });

  test("the shortest way that a piece took counts, so that a jam is seen as one", () => {
    const spoken = spokenSince(0, 0);
    for (let at = 200; at <= 4000; at += 200) spoken.kept(at - 80, at);
    assert.ok(Math.abs(spoken.at(4000) - 3920) < 3);
    // Two seconds in which nothing comes through, and then a part of it.
    assert.ok(Math.abs(spoken.at(6000) - 5920) < 3);
    spoken.kept(4400, 6000);
    assert.ok(Math.abs(spoken.at(6000) - 5920) < 3);
  });

  test("clocks that drift apart are followed for hours", () => {
    const spoken = spokenSince(0, 0);
    const hours = 3 * 3_600_000;
    for (let at = 200; at <= hours; at += 200) spoken.kept(at * (1 - 1e-4), at);
    assert.ok(Math.abs(spoken.at(hours) - hours * (1 - 1e-4)) < 2);
  });

  test("sound that comes faster than time passes, as in a test, is where it is kept", () => {
    const spoken = spokenSince(0, 0);
    spoken.kept(60_000, 5);
    assert.equal(spoken.at(5), 60_000);
  });
});
