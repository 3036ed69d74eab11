import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { windowMaxMs } from "../../electron/inference/protocol.ts";
import { regionsFromProbabilities, type SpeechRegion } from "../../electron/pipeline/detect-speech.ts";
import { planWindows, type SoundWindow } from "../../electron/pipeline/plan-windows.ts";
import { packedLengthMs } from "../../electron/pipeline/packed-time.ts";
import { sliceWindows } from "../../electron/pipeline/slice-windows.ts";

const frameMs = 32;
const frames = (...parts: readonly (readonly [number, number])[]) =>
  parts.flatMap(([seconds, probability]) => Array<number>(Math.round((seconds * 1000) / frameMs)).fill(probability));

describe("speech regions", () => {
  test("silence has none", () => {
    assert.deepEqual(regionsFromProbabilities(frames([60, 0.02]), 60_000), []);
  });

  test("speech between silences is one region with room around it", () => {
    const [region, ...more] = regionsFromProbabilities(frames([2, 0.01], [3, 0.9], [2, 0.01]), 7000);
    assert.equal(more.length, 0);
    assert.ok(region && region.startMs <= 2000 && region.startMs >= 1500, JSON.stringify(region));
    assert.ok(region.endMs >= 5000 && region.endMs <= 5500, JSON.stringify(region));
  });

  test("a click is not speech; a short dip does not end it", () => {
    assert.deepEqual(regionsFromProbabilities(frames([1, 0], [0.1, 0.9], [1, 0]), 2100), []);
    assert.equal(regionsFromProbabilities(frames([1, 0.9], [0.15, 0.1], [1, 0.9]), 2150).length, 1);
  });

  test("a short word that the voice is sure of is speech", () => {
    assert.equal(regionsFromProbabilities(frames([1, 0.01], [0.2, 0.9], [1, 0.01]), 2200).length, 1);
    assert.deepEqual(regionsFromProbabilities(frames([1, 0.01], [0.2, 0.6], [1, 0.01]), 2200), []);
  });

  test("a short word that the voice is unsure of is speech beside other speech only", () => {
    const beside = regionsFromProbabilities(frames([2, 0.01], [0.2, 0.6], [0.4, 0.01], [2, 0.9], [2, 0.01]), 6600);
    assert.equal(beside.length, 1);
    assert.ok((beside[0]?.startMs ?? 0) <= 2000 - 200, JSON.stringify(beside));
    const alone = regionsFromProbabilities(frames([2, 0.01], [0.2, 0.6], [1.5, 0.01], [2, 0.9], [2, 0.01]), 7700);
    assert.ok(alone.every(({ startMs }) => startMs > 2300));
  });

  test("a closed mouth in a word is no pause, and a pause near it is", () => {
    const word = frames([1.5, 0.99], [0.1, 0.01], [0.4, 0.99], [0.25, 0.01], [5, 0.99]);
    const [region] = regionsFromProbabilities(word, Math.round(word.length * frameMs));
    const quiet = region?.cuts.filter(({ voice }) => voice < 0.35) ?? [];
    assert.equal(quiet.length, 1);
    assert.ok(Math.abs((quiet[0]?.atMs ?? 0) - 2125) < 100, JSON.stringify(quiet));
  });

  test("regions lie in order inside the sound and never touch, whatever the probabilities", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 400 }), (probabilities) => {
        const durationMs = Math.round(probabilities.length * frameMs);
        const regions = regionsFromProbabilities(probabilities, durationMs);
        for (const [i, { startMs, endMs, cuts }] of regions.entries()) {
          assert.ok(startMs >= 0 && endMs <= durationMs && startMs < endMs);
          assert.ok(i === 0 || startMs > (regions[i - 1]?.endMs ?? 0));
          for (const [k, { atMs }] of cuts.entries()) {
            assert.ok(atMs > startMs && atMs < endMs && (k === 0 || atMs >= (cuts[k - 1]?.atMs ?? 0)));
          }
        }
      }),
    );
  });

  test("a dip in the voice is where a long region may be cut, and is known to be quiet", () => {
    const [region] = regionsFromProbabilities(frames([5.2, 0.9], [0.2, 0.1], [5, 0.9]), 10_400);
    const quiet = region?.cuts.filter(({ voice }) => voice < 0.35) ?? [];
    assert.equal(quiet.length, 1);
    assert.ok(Math.abs((quiet[0]?.atMs ?? 0) - 5300) < 100, JSON.stringify(quiet));
  });
});

/** Regions in order with gaps, some of them longer than a window; `everyMs` apart they may be cut in pauses. */
const regionsWith = (everyMs: number): fc.Arbitrary<SpeechRegion[]> =>
  fc
    .array(fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 300, max: 90_000 })), { maxLength: 30 })
    .map((parts) => {
      let at = 0;
      return parts.map(([gap, length]) => {
        const startMs = at + gap;
        at = startMs + length;
        const count = Math.max(0, Math.ceil(length / everyMs) - 1);
        const cuts = Array.from({ length: count }, (_, i) => ({ atMs: startMs + (i + 1) * everyMs, voice: 0.1 }));
        return { startMs, endMs: at, cuts };
      });
    });
const someRegions = fc.oneof(regionsWith(1400), regionsWith(45_000));
const speech = (startMs: number, endMs: number): SpeechRegion => ({ startMs, endMs, cuts: [] });
const spansOf = (windows: readonly SoundWindow[]) => windows.flatMap(({ spans }) => spans);

describe("windows", () => {
  test("hold every moment of every region in exactly one window, in order", () => {
    fc.assert(
      fc.property(someRegions, (regions) => {
        const spans = spansOf(planWindows(regions));
        for (const [i, { startMs, endMs }] of spans.entries()) {
          assert.ok(startMs < endMs && (i === 0 || startMs >= (spans[i - 1]?.endMs ?? 0)), JSON.stringify(spans));
        }
        for (const region of regions) {
          const inside = spans.filter(({ startMs, endMs }) => startMs < region.endMs && endMs > region.startMs);
          const heardMs = inside.reduce(
            (sum, { startMs, endMs }) => sum + Math.min(endMs, region.endMs) - Math.max(startMs, region.startMs),
            0,
          );
          assert.equal(heardMs, region.endMs - region.startMs);
        }
      }),
    );
  });

  test("are at most 30 s long, and no pause in one is longer than a second", () => {
    fc.assert(
      fc.property(someRegions, (regions) => {
        const speechMs = regions.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
        const windows = planWindows(regions);
        for (const { spans } of windows) assert.ok(packedLengthMs(spans) <= windowMaxMs);
        const pauses = Math.max(0, regions.length - 1);
        assert.ok(packedLengthMs(spansOf(windows)) <= speechMs + pauses * 600);
      }),
    );
  });

  test("are filled to six tenths at least, all but the last, whole regions before full windows", () => {
    fc.assert(
      fc.property(regionsWith(1400), (regions) => {
        for (const { spans } of planWindows(regions).slice(0, -1)) {
          assert.ok(packedLengthMs(spans) >= 0.6 * windowMaxMs, JSON.stringify(spans));
        }
      }),
    );
  });

  test("short utterances with minutes between them share a window; the silence is not heard", () => {
    const windows = planWindows([speech(0, 3000), speech(200_000, 202_000), speech(202_300, 204_000)]);
    assert.deepEqual(windows, [
      {
        spans: [
          { startMs: 0, endMs: 3000 },
          { startMs: 200_000, endMs: 202_000 },
          { startMs: 202_300, endMs: 204_000 },
        ],
      },
    ]);
  });

  test("a long region is cut in a pause rather than where the window is full", () => {
    const cuts = [
      { atMs: 27_500, voice: 0.05 },
      { atMs: 29_500, voice: 0.95 },
    ];
    assert.deepEqual(spansOf(planWindows([{ startMs: 0, endMs: 50_000, cuts }])), [
      { startMs: 0, endMs: 27_500 },
      { startMs: 27_500, endMs: 50_000 },
    ]);
  });

  test("half a window is not left empty for a better pause", () => {
    const cuts = [
      { atMs: 15_000, voice: 0.05 },
      { atMs: 29_500, voice: 0.9 },
    ];
    assert.equal(planWindows([{ startMs: 0, endMs: 59_000, cuts }]).length, 2);
  });

  test("the last window is no scrap where its neighbour can spare some", () => {
    const regions = Array.from({ length: 31 }, (_, i) => speech(i * 1100, i * 1100 + 1000));
    const lengths = planWindows(regions).map(({ spans }) => packedLengthMs(spans));
    assert.equal(lengths.length, 2);
    assert.ok((lengths[1] ?? 0) > 3000, JSON.stringify(lengths));
  });

  test("slices hold the spans' samples end to end, whatever the chunks", async () => {
    const chunkSizes = fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(someRegions, chunkSizes, async (regions, sizes) => {
        const windows = planWindows(regions.slice(0, 3));
        const fromMs = windows[0]?.spans[0]?.startMs ?? 0;
        // Each sample tells its own place.
        const pcm = (async function* () {
          for (let at = 0, i = 0; at < 300 * 16_000; i++) {
            const size = sizes[i % sizes.length] ?? 1;
            const first = at;
            yield Float32Array.from({ length: size }, (_, k) => first + k);
            at += size;
          }
        })();
        let i = 0;
        for await (const slice of sliceWindows(pcm, windows, fromMs)) {
          const { spans } = windows[i++] ?? { spans: [] };
          assert.equal(slice.length, packedLengthMs(spans) * 16);
          let at = 0;
          for (const { startMs, endMs } of spans) {
            assert.equal(slice[at], (startMs - fromMs) * 16);
            at += (endMs - startMs) * 16;
            assert.equal(slice[at - 1], (endMs - fromMs) * 16 - 1);
          }
        }
        assert.equal(i, windows.length);
      }),
      { numRuns: 8 },
    );
  });

  test("sound that ends early leaves silence, and every window is answered", async () => {
    const windows = [{ spans: [{ startMs: 0, endMs: 1000 }] }, { spans: [{ startMs: 2000, endMs: 3000 }] }];
    const pcm = (async function* () {
      yield new Float32Array(8000).fill(1);
    })();
    const slices: Float32Array[] = [];
    for await (const slice of sliceWindows(pcm, windows, 0)) slices.push(slice);
    assert.deepEqual(
      slices.map((slice) => slice.reduce((sum, value) => sum + value, 0)),
      [8000, 0],
    );
  });
});
