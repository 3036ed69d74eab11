// What the demonstration voice says is heard in bad sound too, and rooms in which nobody speaks give no text.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createInference } from "../../electron/inference/client.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import type { Inference } from "../../electron/inference/protocol.ts";
import type { Ffmpeg } from "../../electron/pipeline/ffmpeg.ts";
import { transcribeFile } from "../../electron/pipeline/pipeline.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import {
  addNoise,
  amplify,
  hearSamples,
  joinSounds,
  makeSentences,
  type Recording,
  recordSentences,
  writeSound,
} from "../hard-recordings.ts";
import { makeNotSpeech, notSpeechNames } from "../not-speech.ts";
import { ffmpeg, makeWithFfmpeg, temporaryFolder, withoutFfmpeg } from "../sound-files.ts";
import { wordErrorRate } from "../word-error-rate.ts";

const work = { signal: new AbortController().signal, report: () => {} };
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

describe("nobody speaks", () => {
  for (const name of notSpeechNames) {
    test(`${name}: no text, loud and soft`, async () => {
      const loud = makeNotSpeech(name, 40, 21);
      const sound = joinSounds([loud, amplify(loud, -40)]);
      const { segments } = await hearSamples(sound, { inference, modelDir });
      assert.deepEqual(
        segments.map(({ text }) => text),
        [],
      );
    });
  }
});

const usual = recordSentences(makeSentences(14, 901), 3, 5);
const inNoise = (name: string, snrDb: number): Recording => ({
  text: usual.text,
  sound: addNoise(usual.sound, makeNotSpeech(name, 30, 8), snrDb),
});

describe("bad sound", () => {
  const recordings: Readonly<Record<string, () => Recording>> = {
    "other sentences": () => recordSentences(makeSentences(20, 902), 2, 6),
    "long pauses": () => recordSentences(makeSentences(8, 903), 40, 7),
    "no pauses but between words": () =>
      recordSentences([makeSentences(14, 904).join(" ").replaceAll(/[.,]/gu, "")], 1, 8),
    "white noise at 20 dB": () => inNoise("white noise", 20),
    "white noise at 10 dB": () => inNoise("white noise", 10),
    "a fan at 10 dB": () => inNoise("a fan that speeds up and slows down", 10),
    "rain at 10 dB": () => inNoise("rain", 10),
    "hum at 10 dB": () => inNoise("mains hum", 10),
    "music under it at 15 dB": () => inNoise("chords and drums", 15),
    "keyboard clatter at 15 dB": () => inNoise("keyboard clatter", 15),
    "40 dB down": () => ({ ...usual, sound: amplify(usual.sound, -40) }),
    "40 dB down with noise at 20 dB": () => {
      const { sound, text } = inNoise("white noise", 20);
      return { text, sound: amplify(sound, -40) };
    },
    "clipped by 12 dB": () => ({ ...usual, sound: amplify(usual.sound, 12) }),
    "an offset": () => ({ ...usual, sound: usual.sound.map((value) => value + 0.2) }),
    "music and applause between": () => {
      const sentences = makeSentences(12, 905);
      const pieces = sentences.map((sentence, at) => recordSentences([sentence], 1, at).sound);
      const between = ["chords and drums", "applause", "a melody on strings"].map((name) => makeNotSpeech(name, 8, 9));
      return {
        text: sentences.join(" "),
        sound: joinSounds(pieces.flatMap((piece, at) => [piece, between[at % 6] ?? new Float32Array(0)])),
      };
    },
  };
  for (const [name, make] of Object.entries(recordings)) {
    test(name, async () => {
      const { text, sound } = make();
      const { segments } = await hearSamples(sound, { inference, modelDir });
      const heard = segments.map((segment) => segment.text).join(" ");
      assert.ok(wordErrorRate(text, heard) <= 0.05, `${text}\n${heard}`);
    });
  }

  const copies: Readonly<Record<string, readonly string[]>> = {
    "mp3-64.mp3": ["-b:a", "64k"],
    "opus-32.ogg": ["-acodec", "libopus", "-b:a", "32k"],
    "aac-48.m4a": ["-acodec", "aac", "-b:a", "48k"],
    "telephone.wav": ["-ar", "8000", "-acodec", "pcm_mulaw"],
  };
  for (const [file, options] of Object.entries(copies)) {
    test(`as ${file}, with noise at 20 dB`, { skip: withoutFfmpeg }, async () => {
      const { text, sound } = inNoise("white noise", 20);
      const [source, path] = [join(folder.dir, "source.wav"), join(folder.dir, file)];
      writeSound(source, sound);
      makeWithFfmpeg("-i", source, ...options, path);
      const asked = { path, modelDir, language: "sv", ffmpeg: ffmpeg as Ffmpeg, inference };
      const { segments } = await transcribeFile(asked, work);
      assert.ok(wordErrorRate(text, segments.map((segment) => segment.text).join(" ")) <= 0.05);
    });
  }
});
