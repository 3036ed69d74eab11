import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { windowMaxMs, type Inference, type WindowResult } from "../../electron/inference/protocol.ts";
import { regionsFromProbabilities, type SpeechRegion } from "../../electron/pipeline/detect-speech.ts";
import { planWindows } from "../../electron/pipeline/plan-windows.ts";
import { sliceWindows, transcribe } from "../../electron/pipeline/transcribe.ts";
import { LyssnaError } from "../../electron/errors.ts";

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
    assert.ok(region && region.startMs <= 2000 && region.startMs >= 1700, JSON.stringify(region));
    assert.ok(region.endMs >= 5000 && region.endMs <= 5300, JSON.stringify(region));
  });

  test("a click is not speech; a short dip does not end it", () => {
    assert.deepEqual(regionsFromProbabilities(frames([1, 0], [0.1, 0.9], [1, 0]), 2100), []);
    assert.equal(regionsFromProbabilities(frames([1, 0.9], [0.15, 0.1], [1, 0.9]), 2150).length, 1);
  });

  test("regions lie in order inside the sound and never touch, whatever the probabilities", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 400 }), (probabilities) => {
        const durationMs = Math.round(probabilities.length * frameMs);
        const regions = regionsFromProbabilities(probabilities, durationMs);
        for (const [i, { startMs, endMs, cutsMs }] of regions.entries()) {
          assert.ok(startMs >= 0 && endMs <= durationMs && startMs < endMs);
          assert.ok(i === 0 || startMs > (regions[i - 1]?.endMs ?? 0));
          assert.deepEqual(
            cutsMs,
            cutsMs.toSorted((a, b) => a - b),
          );
        }
      }),
    );
  });
});

/** Regions in order with gaps, some of them longer than a window. */
const someRegions: fc.Arbitrary<SpeechRegion[]> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 300, max: 90_000 })), { maxLength: 30 })
  .map((parts) => {
    let at = 0;
    return parts.map(([gap, length]) => {
      const startMs = at + gap;
      at = startMs + length;
      const cutsMs = Array.from({ length: Math.floor(length / 1500) }, (_, i) => startMs + (i + 1) * 1400);
      return { startMs, endMs: at, cutsMs };
    });
  });

describe("windows", () => {
  test("cover every region, are at most 30 s long, in order, without overlap", () => {
    fc.assert(
      fc.property(someRegions, (regions) => {
        const windows = planWindows(regions, (regions.at(-1)?.endMs ?? 0) + 500);
        for (const [i, { startMs, endMs }] of windows.entries()) {
          assert.ok(endMs > startMs && endMs - startMs <= windowMaxMs);
          assert.ok(i === 0 || startMs >= (windows[i - 1]?.endMs ?? 0));
        }
        const covered = (ms: number) => windows.some(({ startMs, endMs }) => startMs <= ms && ms <= endMs);
        for (const { startMs, endMs } of regions) {
          for (let ms = startMs; ms <= endMs; ms += 250) assert.ok(covered(ms));
        }
      }),
    );
  });

  test("a long silence is not heard", () => {
    const region = (startMs: number, endMs: number) => ({ startMs, endMs, cutsMs: [] });
    const windows = planWindows([region(0, 3000), region(20_000, 22_000)], 30_000);
    assert.deepEqual(windows, [
      { startMs: 0, endMs: 3000 },
      { startMs: 20_000, endMs: 22_000 },
    ]);
  });

  test("a long region is cut where the voice is weakest", () => {
    const windows = planWindows([{ startMs: 0, endMs: 50_000, cutsMs: [10_000, 27_500, 40_000] }], 50_000);
    assert.deepEqual(windows, [
      { startMs: 0, endMs: 27_500 },
      { startMs: 27_500, endMs: 50_000 },
    ]);
  });

  test("slices hold the right samples whatever the chunks", async () => {
    const chunkSizes = fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(someRegions, chunkSizes, async (regions, sizes) => {
        const windows = planWindows(regions.slice(0, 3), regions.at(-1)?.endMs ?? 0);
        const fromMs = windows[0]?.startMs ?? 0;
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
          const window = windows[i++];
          assert.equal(slice[0], Math.round(((window?.startMs ?? 0) - fromMs) * 16));
          assert.equal(slice.length, Math.round(((window?.endMs ?? 0) - fromMs) * 16) - (slice[0] ?? 0));
        }
        assert.equal(i, windows.length);
      }),
      { numRuns: 8 },
    );
  });
});

describe("transcribe", () => {
  const windows = [0, 1, 2, 3].map((i) => ({ startMs: i * 1000, endMs: (i + 1) * 1000 }));
  const openPcm = (startMs: number) =>
    (async function* () {
      for (let ms = startMs; ms < 4000; ms += 500) yield new Float32Array(8000).fill(ms);
    })();
  const heard = (text: string, language = "sv"): WindowResult => ({
    language,
    segments: [{ startMs: 100, endMs: 900, text, confidence: 0.9 }],
    dropped: {},
  });
  const work = { signal: new AbortController().signal, report: () => {} };

  /** An inference process that answers by a script: which window it hears shows in the samples. */
  function scripted(answer: (window: number) => WindowResult): Inference & { readonly asked: number[] } {
    const asked: number[] = [];
    return {
      asked,
      loadSpeech: async () => ({ languages: ["sv"], demonstration: false }),
      openVoiceActivity: () => assert.fail("not here"),
      async transcribeWindow({ samples }) {
        const window = Math.floor((samples[0] ?? 0) / 1000);
        asked.push(window);
        return answer(window);
      },
      close: () => {},
    };
  }

  test("goes on at the first window without an answer, and the transcript is the undisturbed one", async () => {
    const run = (finished: ReadonlyMap<number, WindowResult>, kept: Map<number, WindowResult>) => {
      const inference = scripted((window) => heard(`fönster ${window}`));
      const keep = async (index: number, result: WindowResult) => void kept.set(index, result);
      return transcribe({ openPcm, windows, inference, language: "sv", finished, keep }, work).then((result) => ({
        result,
        asked: inference.asked,
      }));
    };
    const all = new Map<number, WindowResult>();
    const undisturbed = await run(new Map(), all);
    const resumed = await run(new Map([...all].slice(0, 2)), new Map());
    assert.deepEqual(undisturbed.asked, [0, 1, 2, 3]);
    assert.deepEqual(resumed.asked, [2, 3]);
    assert.deepEqual(resumed.result, undisturbed.result);
    assert.deepEqual(resumed.result.segments[2], {
      id: "s3",
      startMs: 2100,
      endMs: 2900,
      text: "fönster 2",
      confidence: 0.9,
    });
  });

  test("a window that fails is tried once more, and then marked with its times", async () => {
    const inference = scripted((window) => {
      if (window === 1) throw new LyssnaError("worker-ended");
      return heard("ja");
    });
    const options = { openPcm, windows, inference, language: "sv", finished: new Map(), keep: async () => {} };
    const { segments, dropped } = await transcribe(options, work);
    assert.deepEqual(inference.asked, [0, 1, 1, 2, 3]);
    assert.deepEqual(segments[1], { id: "s2", startMs: 1000, endMs: 2000, text: "", state: "not-transcribed" });
    assert.deepEqual(dropped, { failed: 1 });
  });

  test("a model that is damaged ends the job: it would fail everywhere", async () => {
    const inference = scripted(() => {
      throw new LyssnaError("model-damaged", { model: "x", file: "onnx" });
    });
    const options = { openPcm, windows, inference, language: "sv", finished: new Map(), keep: async () => {} };
    await assert.rejects(transcribe(options, work), (error: LyssnaError) => error.code === "model-damaged");
  });

  test("with automatic language the most frequent one is the recording's", async () => {
    const inference = scripted((window) => heard("ord", window === 2 ? "en" : "sv"));
    const options = { openPcm, windows, inference, language: "auto", finished: new Map(), keep: async () => {} };
    assert.equal((await transcribe(options, work)).language, "sv");
  });
});
