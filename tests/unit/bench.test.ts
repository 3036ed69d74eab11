// The parts of the benchmarks that compute: a wrong median or wait would be believed.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { takeTurns } from "../bench/take-turns.ts";
import { halfBits, quantiseBlocks } from "../bench/random-whisper/ggml-numbers.ts";
import { asTable, makeRow, median } from "../bench/report.ts";
import { meetingSound, sampleRateHz, soundFor } from "../bench/sound.ts";
import { waitExceededFor } from "../bench/stalls.ts";
import { readTiming } from "../bench/whisper-cpp.ts";

describe("what a benchmark reports", () => {
  test("the median has as many values below as above", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        assert.ok(below <= values.length / 2 && above <= values.length / 2);
      }),
    );
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
  });

  test("a bar is met from its own side, and a row without one is not judged", () => {
    const goal = { id: "x", unit: "×", bar: 4, aim: 6 } as const;
    const metAt = (value: number, better: "higher" | "lower") => makeRow({ ...goal, better }, value).met;
    assert.deepEqual(
      [metAt(4, "higher"), metAt(3.99, "higher"), metAt(4, "lower"), metAt(4.01, "lower")],
      [true, false, true, false],
    );
    assert.equal(makeRow({ ...goal, bar: null, better: "higher" }, 1).met, null);
    // A measurement that gave no number has reached nothing.
    assert.equal(metAt(Number.NaN, "higher"), false);
  });

  test("the table names what was not measured, and why", () => {
    const rows = [makeRow({ id: "fast", unit: "ms", bar: 40, aim: 20, better: "lower" }, 12)];
    const skipped = [
      { id: "one", reason: "no build" },
      { id: "two", reason: "it broke", failed: true },
    ];
    const table = asTable({ suite: "s", date: "2026-01-01", machine: "m", notes: [], rows, skipped });
    assert.match(table, /^fast {2}12 ms {2}≤ 40 {2}≤ 20 {2}met$/mu);
    assert.match(table, /^one skipped: no build$/mu);
    assert.match(table, /^two FAILED: it broke$/mu);
  });
});

describe("how it is measured", () => {
  test("ours runs before and after every round of the opponent", async () => {
    const order: string[] = [];
    const take = (name: string, elapsed: readonly number[]) => async () => {
      order.push(name);
      return elapsed[order.filter((one) => one === name).length - 1] ?? Number.NaN;
    };
    const times = await takeTurns({
      ours: take("ours", [9, 1, 2]),
      theirs: take("theirs", [10, 20]),
      rounds: 2,
      progress: () => {},
    });
    assert.deepEqual(order, ["ours", "theirs", "ours", "theirs", "ours"]);
    assert.deepEqual(times, { oursMs: 2, theirsMs: 15 });
  });

  test("a wait is counted by the moments that meet it", () => {
    // One stall of 100 ms in a second: one moment in ten waits at all, one in a hundred longer than 90 ms.
    assert.equal(waitExceededFor([0, 100, 0], 1000, 0.1), 0);
    assert.equal(waitExceededFor([0, 100, 0], 1000, 0.01), 90);
    // Ten stalls of 10 ms take as long, but none of their moments waits longer than 10 ms.
    assert.ok(
      Math.abs(
        waitExceededFor(
          Array.from({ length: 10 }, () => 10),
          1000,
          0.01,
        ) - 9,
      ) < 1e-9,
    );
  });

  test("of all moments, the share and no more wait longer than it says", () => {
    const stalls = fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(stalls, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (lateMs, share) => {
        const totalMs = lateMs.reduce((sum, late) => sum + late, 0) + 1000;
        const wait = waitExceededFor(lateMs, totalMs, share);
        const longer = (limit: number) => lateMs.reduce((sum, late) => sum + Math.max(0, late - limit), 0);
        assert.ok(longer(wait) <= share * totalMs + 1e-6);
        if (wait > 0) assert.ok(longer(wait) >= share * totalMs - 1e-6);
      }),
    );
  });

  test("meeting sound is the same every time, with the share of silence that was asked for", () => {
    const sound = meetingSound(3, 0.25);
    assert.deepEqual(meetingSound(3, 0.25), sound);
    // Pauses are the stretches of a second or more in which every sample is zero.
    let silent = 0;
    let run = 0;
    for (const sample of [...sound, 1]) {
      if (sample === 0) run += 1;
      else {
        if (run >= sampleRateHz) silent += run;
        run = 0;
      }
    }
    const share = silent / sound.length;
    assert.ok(share > 0.2 && share < 0.3, `${share}`);
  });

  test("sound that is repeated goes on where a later start is asked for", async () => {
    const sound = Float32Array.from({ length: 40_001 }, (_, at) => at);
    const collect = async (startMs: number) => {
      const pieces: number[] = [];
      for await (const piece of soundFor(sound, 0.1, startMs)) pieces.push(...piece);
      return pieces;
    };
    const whole = await collect(0);
    assert.equal(whole.length, 0.1 * 60 * sampleRateHz);
    assert.ok(whole.every((value, at) => value === at % sound.length));
    assert.deepEqual(await collect(2500), whole.slice(2.5 * sampleRateHz));
  });
});

describe("files and answers of whisper.cpp", () => {
  test("half precision is exact for what it can hold, and the nearest otherwise", () => {
    for (const [value, bits] of [
      [0, 0],
      [1, 0x3c00],
      [-2, 0xc000],
      [0.5, 0x3800],
      [65_504, 0x7bff],
      [2 ** -14, 0x0400],
      [2 ** -24, 0x0001],
      [1 / 3, 0x3555],
      [2047.9, 0x6800],
    ] as const) {
      assert.equal(halfBits(value), bits, `${value}`);
    }
  });

  test("a block is a scale and bytes that give the numbers back", () => {
    const values = Float32Array.from({ length: 64 }, (_, at) => Math.sin(at) * (at < 32 ? 1 : 100));
    const bytes = quantiseBlocks(values);
    assert.equal(bytes.length, 2 * 34);
    const view = new DataView(bytes.buffer);
    for (const [at, value] of values.entries()) {
      const block = Math.floor(at / 32);
      const scale = (block === 0 ? 1 : 100) / 127;
      assert.ok(Math.abs(view.getInt8(block * 34 + 2 + (at % 32)) * scale - value) <= scale);
    }
    assert.throws(() => quantiseBlocks(new Float32Array(33)), RangeError);
  });

  test("a timing is read from its line", () => {
    const text =
      "whisper_print_timings:     load time =    57.24 ms\nwhisper_print_timings:    total time =  4571.64 ms\n";
    assert.equal(readTiming(text, "total"), 4571.64);
    assert.throws(() => readTiming(text, "mel"));
  });
});
