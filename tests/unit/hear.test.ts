// From sound to segments with the real voice activity, the real decoder and the demonstration model.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Segment } from "../../electron/formats.ts";
import { createInference } from "../../electron/inference/client.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import type { Inference } from "../../electron/inference/protocol.ts";
import type { Ffmpeg } from "../../electron/pipeline/ffmpeg.ts";
import { hear, keepNothing, transcribeFile } from "../../electron/pipeline/pipeline.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { demonstrationScript } from "../../models/demonstration/recording.ts";
import { say, wavBytes } from "../../models/demonstration/say.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";
import { ffmpeg, makeWithFfmpeg, temporaryFolder, withoutFfmpeg } from "../sound-files.ts";
import { wordErrorRate } from "../word-error-rate.ts";

const rate = 16_000;
const voice = loadVoice();
const speak = (text: string): Float32Array => Float32Array.from(say(text, voice), (sample) => sample / 32_768);
const work = { signal: new AbortController().signal, report: () => {} };
const textOf = (segments: readonly Segment[]) => segments.map(({ text }) => text).join(" ");

describe("hear", () => {
  const folder = temporaryFolder();
  const modelDir = join(folder.dir, "model");
  let inference: Inference;
  before(async () => {
    await makeDemonstrationModel(modelDir);
    inference = createInference(startNodeInference());
  });
  after(() => {
    inference.close();
    folder[Symbol.dispose]();
  });

  const hearSamples = (samples: Float32Array) => {
    const openPcm = (startMs: number) =>
      (async function* () {
        for (let at = startMs * 16; at < samples.length; at += rate) yield samples.slice(at, at + rate);
      })();
    const sounds = [{ openPcm, progressed: keepNothing }];
    return hear({ sounds, durationMs: null, modelDir, language: "sv", inference }, work);
  };

  /** The sentences with silences between, and where each begins and ends by the sound itself. */
  function withSilences(sentences: readonly string[], silencesS: readonly number[]) {
    const spoken = sentences.map(speak);
    const places: { startMs: number; endMs: number }[] = [];
    const length = spoken.reduce((sum, { length: own }, i) => sum + own + (silencesS[i] ?? 0) * rate, rate);
    const samples = new Float32Array(length);
    let at = rate;
    for (const [i, sound] of spoken.entries()) {
      samples.set(sound, at);
      const loud = (value: number) => Math.abs(value) > 0.01;
      places.push({ startMs: (at + sound.findIndex(loud)) / 16, endMs: (at + sound.findLastIndex(loud)) / 16 });
      at += sound.length + (silencesS[i] ?? 0) * rate;
    }
    return { samples, places };
  }

  test("the demonstration recording comes out word for word, packed", async () => {
    const { segments } = await hearSamples(speak(demonstrationScript()));
    assert.equal(wordErrorRate(demonstrationScript(), textOf(segments)), 0);
  });

  test("times are right within a few tenths of a second across silences that were left out", async () => {
    const sentences = [
      "Jag bor hemma hos mamma.",
      "Hyran är åtta tusen kronor.",
      "Vi beslutar att du ska söka bidrag.",
      "Tack.",
      "Jag lovar att ringa läkaren imorgon.",
      "Klienten sover dåligt.",
    ];
    const { samples, places } = withSilences(sentences, [25, 1.5, 40, 6, 90, 3]);
    const { segments } = await hearSamples(samples);
    assert.deepEqual(
      segments.map(({ text }) => text.replaceAll(/[.,]/gu, "").toLowerCase()),
      sentences.map((text) => text.replaceAll(/[.,]/gu, "").toLowerCase()),
    );
    for (const [i, { startMs, endMs, words = [] }] of segments.entries()) {
      const place = places[i] ?? assert.fail();
      const off = Math.max(Math.abs(startMs - place.startMs), Math.abs(endMs - place.endMs));
      assert.ok(off <= 300, `${segments[i]?.text} ${startMs}–${endMs}, said ${place.startMs}–${place.endMs}`);
      assert.ok(words.every((word) => word.startMs >= startMs && word.endMs <= endMs));
    }
  });

  test("what is said again and again is written again and again", async () => {
    const sentences = Array<string>(6).fill("Jag är orolig.");
    const { samples } = withSilences(sentences, [0.5, 1, 0.3, 5, 1, 1]);
    const { segments, dropped } = await hearSamples(samples);
    assert.equal(wordErrorRate(sentences.join(" "), textOf(segments)), 0);
    assert.equal(dropped?.["loop"], undefined);
    const nej = "Nej nej nej nej. Nej. Nej. Ja ja. Ja.";
    assert.equal(wordErrorRate(nej, textOf((await hearSamples(speak(nej))).segments)), 0);
  });

  test("silence gives nothing and does not load the model", async () => {
    const { segments } = await hearSamples(new Float32Array(60 * rate));
    assert.deepEqual(segments, []);
  });

  describe("files with faults", { skip: withoutFfmpeg }, () => {
    const first = "Jag bor hemma. Hyran är tusen kronor.";
    const second = "Vi beslutar att du ska söka bidrag. Tack.";
    const at = (name: string) => join(folder.dir, name);
    const heardIn = async (name: string) => {
      const options = { path: at(name), modelDir, language: "sv", ffmpeg: ffmpeg as Ffmpeg, inference };
      return textOf((await transcribeFile(options, work)).segments);
    };
    before(() => {
      writeFileSync(at("a.wav"), wavBytes(say(first, voice)));
      writeFileSync(at("b.wav"), wavBytes(say(second, voice)));
    });

    test("two rates in one file: both halves", async () => {
      makeWithFfmpeg("-i", at("a.wav"), "-ar", "16000", "-acodec", "libopus", at("a.ogg"));
      makeWithFfmpeg("-i", at("b.wav"), "-ar", "48000", "-ac", "2", "-acodec", "libopus", at("b.ogg"));
      makeWithFfmpeg("-i", at("a.wav"), "-ar", "44100", "-b:a", "64k", at("a.mp3"));
      makeWithFfmpeg("-i", at("b.wav"), "-ar", "22050", "-b:a", "48k", at("b.mp3"));
      for (const ending of ["ogg", "mp3"]) {
        writeFileSync(
          at(`båda.${ending}`),
          Buffer.concat([readFileSync(at(`a.${ending}`)), readFileSync(at(`b.${ending}`))]),
        );
        assert.equal(wordErrorRate(`${first} ${second}`, await heardIn(`båda.${ending}`)), 0);
      }
    });

    test("a dead channel, and one that is faint besides: all words", async () => {
      makeWithFfmpeg("-i", at("a.wav"), "-af", "pan=stereo|c0=c0|c1=0*c0", at("höger.wav"));
      makeWithFfmpeg("-i", at("a.wav"), "-af", "pan=stereo|c0=0*c0|c1=0.05*c0", at("svag.wav"));
      for (const name of ["höger.wav", "svag.wav"]) assert.equal(wordErrorRate(first, await heardIn(name)), 0);
    });

    test("samples that are no numbers, and clipped ones: all words", async () => {
      const samples = speak(first).map((value) => Math.max(-1, Math.min(1, value * 3)));
      for (let i = 3000; i < samples.length; i += 4000) samples.fill(Number.NaN, i, i + 20);
      for (let i = 1000; i < samples.length; i += 5000) samples[i] = Infinity;
      writeFileSync(at("nan.f32"), Buffer.from(samples.buffer));
      makeWithFfmpeg(
        "-f",
        "f32le",
        "-ar",
        "16000",
        "-ac",
        "1",
        "-i",
        at("nan.f32"),
        "-acodec",
        "pcm_f32le",
        at("nan.wav"),
      );
      assert.equal(wordErrorRate(first, await heardIn("nan.wav")), 0);
    });
  });
});
