// Voice activity on a graph of our own: the same probabilities as Silero's published one, however the sound comes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { streamThrough } from "../../electron/inference/voice-activity.ts";
import { openBatchSilero } from "../../electron/inference/voice-activity/batch-silero.ts";
import { answersAlike, loadSilero, readPublishedSilero } from "../../electron/inference/voice-activity/load-silero.ts";
import { openPublishedSilero } from "../../electron/inference/voice-activity/published-silero.ts";
import { createRaiser } from "../../electron/inference/voice-activity/raise-quiet.ts";
import { contextSamples, emptyState, type Silero } from "../../electron/inference/voice-activity/silero.ts";
import { say } from "../../models/demonstration/say.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";
import { gaussian, seeded } from "../seeded.ts";

const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 } as const;
const voice = loadVoice();
const speak = (text: string): Float32Array => Float32Array.from(say(text, voice), (sample) => sample / 32_768);
const spoken = speak("Jag är trött och orolig, eftersom jag inte kan betala hyran. Tack. Vi ska söka bidrag.");
const random = seeded(3);
const noise = (amplitude: number): Float32Array => spoken.map((sample) => sample + amplitude * gaussian(random));
const furthest = (one: Float32Array, other: Float32Array): number =>
  one.reduce((most, value, at) => Math.max(most, Math.abs(value - (other[at] ?? Number.NaN))), 0);
const packaged = (file: string): Buffer =>
  readFileSync(join(dirname(createRequire(import.meta.url).resolve("@ricky0123/vad-web")), file));

describe("voice activity", () => {
  let own: Silero;
  let published: Silero;
  before(async () => {
    const model = await readPublishedSilero();
    [own, published] = [await openBatchSilero(model, options), await openPublishedSilero(model, options)];
  });
  after(() => Promise.all([own.release(), published.release()]));

  async function hearThrough(silero: Silero, pushes: readonly Float32Array[]): Promise<Float32Array> {
    const stream = streamThrough(silero);
    const answers: number[] = [];
    for (const samples of pushes) answers.push(...(await stream.push(samples)));
    answers.push(...(await stream.close()));
    return Float32Array.from(answers);
  }

  const sounds: Readonly<Record<string, () => Float32Array>> = {
    speech: () => spoken,
    "speech in noise": () => noise(0.02),
    "speech drowned in noise": () => noise(0.5),
    "speech far beyond full scale": () => spoken.map((sample) => sample * 30),
    "speech that can hardly be heard": () => spoken.map((sample) => sample / 300),
    silence: () => new Float32Array(100_000),
    "one offset throughout": () => new Float32Array(100_000).fill(0.7),
  };
  for (const [name, make] of Object.entries(sounds)) {
    test(`as published, frame by frame: ${name}`, async () => {
      const sound = make();
      const expected = await hearThrough(published, [sound]);
      const answers = await hearThrough(own, [sound]);
      assert.equal(answers.length, Math.ceil(sound.length / 512));
      assert.equal(answers.length, expected.length);
      assert.ok(furthest(answers, expected) <= 1e-4, `${furthest(answers, expected)}`);
    });
  }

  test("however the sound is cut, empty pushes and odd ones too", async () => {
    const expected = await hearThrough(own, [spoken]);
    const cuts = fc.array(fc.oneof(fc.nat(3), fc.nat(2000), fc.nat(spoken.length)), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, async (lengths) => {
        let at = 0;
        const pushes = lengths.map((length) => spoken.subarray(at, (at += length)));
        const answers = await hearThrough(own, [...pushes, spoken.subarray(at)]);
        assert.equal(answers.length, expected.length);
        assert.ok(furthest(answers, expected) <= 1e-4);
      }),
      { numRuns: 12 },
    );
  });

  test("what is no number is silence, and is forgotten", async () => {
    const gap = (value: number): Float32Array[] => [spoken, new Float32Array(5000).fill(value), spoken];
    const expected = await hearThrough(own, gap(0));
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      assert.deepEqual(await hearThrough(own, gap(value)), expected);
    }
    for (const value of [1e30, -3e38]) {
      const answers = await hearThrough(own, gap(value));
      assert.ok(answers.every((answer) => answer >= 0 && answer <= 1));
      const tail = expected.length - 100;
      assert.ok(furthest(answers.slice(tail), expected.slice(tail)) < 0.05);
    }
  });

  const voiced = (answers: Float32Array): number => answers.filter((answer) => answer >= 0.5).length;
  const softer = (sound: Float32Array, decibels: number): Float32Array =>
    sound.map((sample) => sample / 10 ** (decibels / 20));

  test("a faint recording is heard as a loud one is, also after a knock", async () => {
    const usual = voiced(await hearThrough(own, [spoken]));
    for (const decibels of [20, 40, 50]) {
      const faint = voiced(await hearThrough(own, [softer(spoken, decibels)]));
      assert.ok(faint > 0.9 * usual && faint < 1.2 * usual, `${faint} frames ${decibels} dB down, ${usual} otherwise`);
    }
    const knock = Float32Array.from({ length: 16_000 }, (_, n) => Math.exp(-n / 200) * Math.sin(n / 3));
    const knocked = voiced(await hearThrough(own, [knock, softer(spoken, 45)]));
    assert.ok(knocked > 0.9 * usual, `${knocked} frames after a knock, ${usual} otherwise`);
  });

  test("a faint hiss is not raised into speech, and what is loud enough is not raised at all", async () => {
    const hiss = Float32Array.from({ length: 160_000 }, () => gaussian(random) / 32_768);
    assert.equal(voiced(await hearThrough(own, [hiss])), 0);
    const frames = spoken.slice(8192, 8192 + 60 * 512);
    const raised = frames.slice();
    const raiser = createRaiser();
    raiser.raise(frames.slice());
    raiser.raise(raised);
    assert.deepEqual(raised, frames);
  });

  test("nothing at all gives nothing, and a stream closes twice in peace", async () => {
    const stream = streamThrough(own);
    assert.equal((await stream.push(new Float32Array(0))).length, 0);
    assert.equal((await stream.close()).length, 0);
    await stream.push(spoken.subarray(0, 700));
    assert.equal((await stream.close()).length, 1);
    assert.equal((await stream.close()).length, 0);
  });

  test("a graph that answers otherwise is noticed", async () => {
    assert.equal(await answersAlike(own, published), true);
    const off = (by: number): Silero => ({
      ...own,
      async hear(sound, state) {
        const heard = await own.hear(sound, state);
        return { ...heard, probabilities: heard.probabilities.map((value) => value + by) };
      },
    });
    assert.equal(await answersAlike(off(0.001), published), false);
    assert.equal(await answersAlike(off(Number.NaN), published), false);
    const forgetful: Silero = { ...own, hear: (sound) => own.hear(sound, emptyState) };
    assert.equal(await answersAlike(forgetful, published), false);
  });

  test("a file of another build is refused, and one of the same build is not", async () => {
    await assert.rejects(openBatchSilero(packaged("silero_vad_legacy.onnx"), options), RangeError);
    const next = packaged("silero_vad_v6.onnx");
    const [batched, byFrame] = [await openBatchSilero(next, options), await openPublishedSilero(next, options)];
    assert.equal(await answersAlike(batched, byFrame), true);
    await Promise.all([batched.release(), byFrame.release()]);
  });

  test("what is loaded hears many frames at once", async () => {
    const sound = new Float32Array(contextSamples + 512 * 2000);
    const time = async (silero: Silero): Promise<number> => {
      const startedAt = performance.now();
      await silero.hear(sound, emptyState);
      return performance.now() - startedAt;
    };
    const loaded = await loadSilero();
    // Ten times as fast by measurement: half of that leaves room for what else the machine does.
    const ratios: number[] = [];
    for (let round = 0; round < 3; round++) ratios.push((await time(published)) / (await time(loaded)));
    assert.ok(Math.max(...ratios) > 4, ratios.join(" "));
    await loaded.release();
  });
});
