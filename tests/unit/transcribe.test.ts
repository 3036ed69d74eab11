import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { LyssnaError } from "../../electron/errors.ts";
import type { Inference, WindowResult } from "../../electron/inference/protocol.ts";
import type { KeptWindow } from "../../electron/pipeline/hear-windows.ts";
import { transcribe } from "../../electron/pipeline/transcribe.ts";

const count = 8;
const windows = Array.from({ length: count }, (_, i) => ({
  spans: [{ startMs: i * 1000, endMs: (i + 1) * 1000 }],
}));
/** The sample tells its time. */
const openPcm = (startMs: number) =>
  (async function* () {
    for (let ms = startMs; ms < count * 1000; ms += 500) yield new Float32Array(8000).fill(ms);
  })();
const heard = (text: string, about: Partial<WindowResult> = {}): WindowResult => ({
  language: "sv",
  segments: [{ startMs: 100, endMs: 900, text, confidence: 0.9 }],
  dropped: {},
  ...about,
});
const texts = (segments: readonly { readonly text: string }[]) => segments.map(({ text }) => text);
const work = { signal: new AbortController().signal, report: () => {} };

type Answer = (window: number, language: string, signal: AbortSignal) => WindowResult | Promise<WindowResult>;

/** An inference process that answers by a script: which window it hears shows in the samples. */
function scripted(answer: Answer) {
  const asked: number[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  const inference: Inference = {
    loadSpeech: async () => ({ languages: ["sv"], demonstration: false }),
    openVoiceActivity: () => assert.fail("not here"),
    openVoices: () => assert.fail("not here"),
    async transcribeWindow({ samples, language }, signal) {
      const window = Math.floor((samples[0] ?? 0) / 1000);
      asked.push(window);
      mostInFlight = Math.max(mostInFlight, ++inFlight);
      try {
        return await answer(window, language, signal);
      } finally {
        inFlight--;
      }
    },
    close: () => {},
  };
  return { inference, asked, most: () => mostInFlight };
}

const base = { openPcm, windows, language: "sv", voice: null, finished: new Map(), keep: async () => {} };
const isCode = (code: string) => (error: unknown) => error instanceof LyssnaError && error.code === code;

describe("transcribe", () => {
  test("goes on at the windows without an answer, and the transcript is the undisturbed one", async () => {
    const run = async (finished: ReadonlyMap<number, KeptWindow>, kept: Map<number, KeptWindow>) => {
      const { inference, asked } = scripted((window) => heard(`fönster ${window}`));
      const keep = async (index: number, result: KeptWindow) => void kept.set(index, result);
      return { result: await transcribe({ ...base, inference, finished, keep }, work), asked };
    };
    const all = new Map<number, KeptWindow>();
    const undisturbed = await run(new Map(), all);
    const resumed = await run(new Map([...all].filter(([index]) => index !== 2 && index < 6)), new Map());
    assert.deepEqual(resumed.asked, [2, 6, 7]);
    assert.deepEqual(resumed.result, undisturbed.result);
    const { startMs, endMs, text, confidence } = resumed.result.segments[2] ?? assert.fail();
    assert.deepEqual([startMs, endMs, text, confidence], [2100, 2900, "fönster 2", 0.9]);
  });

  test("an answer of another plan belongs to other sound, and is asked for again", async () => {
    const { inference, asked } = scripted((window) => heard(`nytt ${window}`));
    const finished = new Map([[0, heard("gammalt")]]);
    const { segments } = await transcribe({ ...base, inference, finished }, work);
    assert.equal(asked.length, count);
    assert.ok(!texts(segments).includes("gammalt"));
  });

  test("several windows are in flight, never more than are wanted, and their order does not show", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(6), { minLength: count, maxLength: count }),
        fc.integer({ min: 1, max: 5 }),
        async (delays, windowsAtOnce) => {
          const { inference, most } = scripted(async (window) => {
            await sleep(delays[window] ?? 0);
            return heard(`fönster ${window}`);
          });
          const { segments } = await transcribe({ ...base, inference, windowsAtOnce }, work);
          assert.deepEqual(
            texts(segments),
            Array.from({ length: count }, (_, i) => `fönster ${i}`),
          );
          assert.ok(most() <= windowsAtOnce);
          if (windowsAtOnce > 1 && Math.min(...delays) > 0) assert.ok(most() > 1);
        },
      ),
      { numRuns: 15 },
    );
  });

  test("no more sound is held than what is in flight and the window that is next", async () => {
    let read = 0;
    const counted = (startMs: number) =>
      (async function* () {
        for await (const chunk of openPcm(startMs)) {
          read += chunk.length;
          yield chunk;
        }
      })();
    let answered = 0;
    const { inference } = scripted(async () => {
      await sleep(2);
      assert.ok(read <= (answered + 3 + 1) * 16_000 + 8000, `${read} samples read, ${answered} answered`);
      answered++;
      return heard("ja");
    });
    await transcribe({ ...base, openPcm: counted, inference, windowsAtOnce: 3 }, work);
    assert.equal(answered, count);
  });

  test("a window that fails is asked again alone when the others are done, and then marked with its times", async () => {
    let alone = true;
    let inFlight = 0;
    const { inference, asked } = scripted(async (window) => {
      inFlight++;
      await sleep(1);
      if (asked.length > count) alone &&= inFlight === 1;
      inFlight--;
      if (window === 1 || (window === 4 && asked.length <= count)) throw new LyssnaError("worker-ended");
      return heard(`fönster ${window}`);
    });
    const { segments, dropped } = await transcribe({ ...base, inference, windowsAtOnce: 3 }, work);
    assert.deepEqual(
      asked.toSorted((a, b) => a - b),
      [0, 1, 1, 2, 3, 4, 4, 5, 6, 7],
    );
    assert.ok(alone);
    assert.deepEqual(segments[1], { id: "s2", startMs: 1000, endMs: 2000, text: "", state: "not-transcribed" });
    assert.equal(segments[4]?.text, "fönster 4");
    assert.deepEqual(dropped, { failed: 1 });
  });

  test("what a failed window would have held is marked where it was said, not over the silence between", async () => {
    const spans = [
      { startMs: 0, endMs: 500 },
      { startMs: 3000, endMs: 3500 },
    ];
    const { inference } = scripted((window) => {
      if (window === 0) throw new LyssnaError("worker-ended");
      return heard("ja");
    });
    const both = [{ spans }, { spans: [{ startMs: 5000, endMs: 6000 }] }];
    const { segments } = await transcribe({ ...base, windows: both, inference }, work);
    assert.deepEqual(
      segments.map(({ startMs, endMs, state }) => [startMs, endMs, state]),
      [
        [0, 500, "not-transcribed"],
        [3000, 3500, "not-transcribed"],
        [5100, 5900, undefined],
      ],
    );
  });

  test("where every window fails the error is told: an empty transcript would look like silence", async () => {
    const { inference, asked } = scripted(() => {
      throw new LyssnaError("worker-ended");
    });
    const keep = () => assert.fail("nothing was heard");
    await assert.rejects(transcribe({ ...base, inference, keep }, work), isCode("worker-ended"));
    assert.ok(asked.length < count, "it does not try them all");
    const one = { ...base, windows: windows.slice(0, 1), inference, keep };
    await assert.rejects(transcribe(one, work), isCode("worker-ended"));
  });

  test("a model that is damaged ends the job: it would fail everywhere", async () => {
    const { inference } = scripted(() => {
      throw new LyssnaError("model-damaged", { model: "x", file: "onnx" });
    });
    await assert.rejects(transcribe({ ...base, inference, windowsAtOnce: 4 }, work), isCode("model-damaged"));
  });

  test("an answer that cannot be kept ends the job when what is in flight has settled", async () => {
    let settled = 0;
    const { inference } = scripted(async () => {
      await sleep(3);
      settled++;
      return heard("ja");
    });
    const keep = async () => {
      throw new LyssnaError("no-room");
    };
    await assert.rejects(transcribe({ ...base, inference, keep, windowsAtOnce: 4 }, work), isCode("no-room"));
    const then = settled;
    await sleep(10);
    assert.equal(settled, then);
  });

  test("what is cancelled in mid-flight ends with cancelled, once and at once", async () => {
    const stop = new AbortController();
    const { inference, asked } = scripted((_window, _language, signal) => {
      if (asked.length === 3) setImmediate(() => stop.abort(new LyssnaError("cancelled")));
      return new Promise((_done, failed) =>
        signal.addEventListener("abort", () => failed(new LyssnaError("cancelled"))),
      );
    });
    const cancellable = { ...work, signal: stop.signal };
    await assert.rejects(transcribe({ ...base, inference, windowsAtOnce: 3 }, cancellable), isCode("cancelled"));
    assert.equal(asked.length, 3);
  });

  test("progress never falls and ends at one", async () => {
    const fractions: number[] = [];
    const { inference } = scripted(async (window) => {
      await sleep((window * 7) % 5);
      return heard("ja", { language: window === 3 ? "en" : "sv" });
    });
    const report = ({ fraction }: { readonly fraction: number }) => void fractions.push(fraction);
    await transcribe({ ...base, inference, language: "auto", windowsAtOnce: 3 }, { ...work, report });
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
    );
    assert.equal(fractions.at(-1), 1);
  });
});

describe("the language, where each window tells its own", () => {
  const speaking = (languages: readonly (readonly [string, number])[]) =>
    scripted((window, asked) => {
      const [language, languageProbability] = languages[window] ?? ["sv", 0.9];
      if (asked !== "auto") return heard(`${asked} ${window}`, { language: asked });
      return heard(`${language} ${window}`, { language, languageProbability });
    });
  const sv = ["sv", 0.9] as const;

  test("a lone odd window that is not sure is heard again in the majority's", async () => {
    const { inference, asked } = speaking([sv, sv, ["no", 0.6], sv, sv]);
    const { language, segments } = await transcribe({ ...base, inference, language: "auto" }, work);
    assert.equal(language, "sv");
    assert.deepEqual(asked, [0, 1, 2, 3, 4, 5, 6, 7, 2]);
    assert.ok(segments.every((segment) => segment.language === undefined && segment.text.startsWith("sv")));
  });

  test("a meeting that changes language keeps each window's own, and says so", async () => {
    const { inference, asked } = speaking([sv, sv, ["en", 0.7], ["en", 0.75], ["en", 0.6], sv]);
    const { language, segments } = await transcribe({ ...base, inference, language: "auto" }, work);
    assert.equal(language, "sv");
    assert.equal(asked.length, count);
    assert.deepEqual(
      segments.map((segment) => segment.language ?? "–"),
      ["–", "–", "en", "en", "en", "–", "–", "–"],
    );
  });

  test("one window that is sure stands", async () => {
    const { inference } = speaking([sv, sv, sv, ["ar", 0.97]]);
    const { segments } = await transcribe({ ...base, inference, language: "auto" }, work);
    assert.equal(segments[3]?.language, "ar");
  });

  test("what is clearly worse in the majority's language is not taken", async () => {
    const { inference } = scripted((window, asked) => {
      if (asked !== "auto")
        return {
          ...heard("gissning", { language: asked }),
          segments: [{ startMs: 0, endMs: 500, text: "gissning", confidence: 0.3 }],
        };
      return heard(`ord ${window}`, { language: window === 5 ? "fi" : "sv", languageProbability: 0.6 });
    });
    const { segments } = await transcribe({ ...base, inference, language: "auto" }, work);
    assert.deepEqual([segments[5]?.text, segments[5]?.language], ["ord 5", "fi"]);
  });

  test("long windows weigh more than short ones, and silent ones nothing", async () => {
    const long = [
      { spans: [{ startMs: 0, endMs: 4000 }] },
      { spans: [{ startMs: 4000, endMs: 5000 }] },
      { spans: [{ startMs: 5000, endMs: 6000 }] },
      { spans: [{ startMs: 6000, endMs: 8000 }] },
    ];
    const { inference } = scripted((window, asked) => {
      if (window === 6) return { language: "ja", languageProbability: 1, segments: [], dropped: { "no-speech": 1 } };
      const language = asked !== "auto" ? asked : window === 0 ? "en" : "sv";
      return heard("ord", { language, languageProbability: 0.9 });
    });
    assert.equal((await transcribe({ ...base, windows: long, inference, language: "auto" }, work)).language, "en");
  });

  test("a language that is given is asked for, and nothing is detected", async () => {
    const { inference } = speaking([["en", 0.99]]);
    const { language, segments } = await transcribe({ ...base, inference, language: "fi" }, work);
    assert.equal(language, "fi");
    assert.ok(texts(segments).every((text) => text.startsWith("fi")));
  });
});
