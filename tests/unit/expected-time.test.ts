// What an hour's meeting takes, from what was measured on this machine, and which model that makes the recommended one.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type Candidate,
  expectHours,
  type MachineKnowledge,
  measuredSummary,
  recommend,
  relativeWork,
} from "../../electron/models/expected-time.ts";

const one = (id: string, layers: number, width: number, more: Partial<Candidate> = {}): Candidate => ({
  id,
  layers,
  width,
  fits: true,
  recommended: id === "base",
  languages: ["sv"],
  ...more,
});
const tiny = one("tiny", 4, 384);
const base = one("base", 6, 512);
const small = one("small", 12, 768);
const large = one("large", 32, 1280);
const all = [tiny, base, small, large];
const nothing: MachineKnowledge = { rates: {}, windowMs: {} };
const minute = 60_000;

describe("the hour of a model", () => {
  test("is unknown where nothing was measured", () => {
    assert.equal(expectHours(all, nothing).size, 0);
  });

  test("is what real meetings took, without what a summary takes; else what the short measurement gives", () => {
    const rates = { small: { decode: 0.01, transcribe: 0.1, speakers: 0.04, summarise: 0.5 } };
    const hours = expectHours(all, { rates, windowMs: { small: 1, base: 500 } });
    assert.deepEqual(hours.get("small"), { ms: 0.15 * 60 * minute, from: "measured" });
    assert.deepEqual(hours.get("base"), { ms: minute, from: "measured" });
  });

  test("of the others is reckoned from the one most like it, and rises with their size", () => {
    const hours = expectHours(all, { rates: {}, windowMs: { base: 500, large: 100_000 } });
    assert.equal(hours.get("small")?.from, "reckoned");
    // As they compare in the README's own measurement: 58 against 16 times real time.
    assert.equal(Math.round((hours.get("small")?.ms ?? 0) / 1000), Math.round((60 * 58) / 16));
    assert.equal(Math.round((hours.get("tiny")?.ms ?? 0) / 1000), Math.round((60 * 58) / 108));
    const works = all.map(relativeWork);
    assert.deepEqual(
      works,
      works.toSorted((a, b) => a - b),
    );
  });

  test("of a language model is what its summaries took", () => {
    assert.equal(measuredSummary("qwen", { rates: { qwen: { summarise: 0.5 } }, windowMs: {} }), 30 * minute);
    assert.equal(measuredSummary("qwen", nothing), null);
  });
});

describe("the recommended model", () => {
  const on = (speed: number) => {
    const hours = expectHours(all, { rates: {}, windowMs: { base: speed } });
    return recommend(all, hours, "sv");
  };

  test("is the largest that is done with an hour in twenty minutes", () => {
    // Base in 6 seconds, a minute, 6 minutes, and an hour.
    assert.deepEqual([on(50), on(500), on(3000), on(30_000)], ["large", "small", "base", "tiny"]);
  });

  test("is the catalogue's where nothing was measured, and the largest that fits where that one does not", () => {
    assert.equal(recommend(all, new Map(), "sv"), "base");
    const cramped = all.map((model) => ({ ...model, fits: model === tiny }));
    assert.equal(recommend(cramped, new Map(), "sv"), "tiny");
    assert.equal(
      recommend(
        all.map((model) => ({ ...model, fits: false })),
        new Map(),
        "sv",
      ),
      null,
    );
  });

  test("is one for the language spoken, where there is one", () => {
    const multi = one("multi", 12, 768, { languages: ["multi"] });
    const hours = expectHours([...all, multi], { rates: {}, windowMs: { base: 50 } });
    assert.equal(recommend([...all, multi], hours, "sv"), "large");
    assert.equal(recommend([tiny, multi], hours, "so"), "multi");
    assert.equal(recommend([tiny, multi], hours, "auto"), "multi");
  });

  test("does not need more memory than there is, however fast it is", () => {
    const hours = expectHours(all, { rates: {}, windowMs: { base: 1 } });
    assert.equal(
      recommend(
        all.map((model) => ({ ...model, fits: model !== large })),
        hours,
        "sv",
      ),
      "small",
    );
  });
});
