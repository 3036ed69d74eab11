// Hours of rooms in which nobody speaks, and three hours of the demonstration voice in bad sound, none of it twice.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createInference } from "../../electron/inference/client.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import type { Inference } from "../../electron/inference/protocol.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { addNoise, amplify, hearPieces, makeSentences, type Recording, recordSentences } from "../hard-recordings.ts";
import { makeNotSpeech } from "../not-speech.ts";
import { temporaryFolder } from "../sound-files.ts";
import { wordErrorRate } from "../word-error-rate.ts";

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

describe("an hour in which nobody speaks", () => {
  const names = ["silence", "mains hum", "keyboard clatter", "applause", "chords and drums", "wind and rumble"];
  for (const name of names) {
    test(name, async () => {
      const minutes = function* () {
        for (let minute = 0; minute < 60; minute++) yield makeNotSpeech(name, 60, minute);
      };
      const { segments, durationMs } = await hearPieces(minutes, { inference, modelDir });
      assert.equal(durationMs, 3_600_000);
      assert.deepEqual(
        segments.map(({ text }) => text),
        [],
      );
    });
  }
});

describe("three hours in bad sound", () => {
  const treatments: readonly ((sound: Float32Array, seed: number) => Float32Array)[] = [
    (sound) => sound,
    (sound, seed) => addNoise(sound, makeNotSpeech("white noise", 30, seed), 10 + (seed % 11)),
    (sound) => amplify(sound, -40),
    (sound, seed) => addNoise(sound, makeNotSpeech("rain", 30, seed), 15),
    (sound) => amplify(sound, 12),
    (sound, seed) => addNoise(sound, makeNotSpeech("chords and drums", 30, seed), 15),
  ];
  const piece = (index: number): Recording => {
    const { text, sound } = recordSentences(makeSentences(10, 10_000 + index), index % 5 === 0 ? 40 : 4, index);
    return { text, sound: treatments[index % treatments.length]?.(sound, index) ?? sound };
  };

  test("word errors of at most five in a hundred", async () => {
    const wantedSamples = 3 * 3600 * 16_000;
    const pieces = function* () {
      for (let index = 0, samples = 0; samples < wantedSamples; index++) {
        const { sound } = piece(index);
        yield sound;
        if (index % 4 === 0) yield makeNotSpeech("a melody on strings", 10, index);
        samples += sound.length;
      }
    };
    let [index, samples] = [0, 0];
    const texts: string[] = [];
    while (samples < wantedSamples) {
      const { text, sound } = piece(index++);
      texts.push(text);
      samples += sound.length;
    }
    const { segments } = await hearPieces(pieces, { inference, modelDir });
    const said = texts.join(" ");
    const heard = segments.map(({ text }) => text).join(" ");
    const rate = wordErrorRate(said, heard);
    assert.ok(rate <= 0.05, `${(100 * rate).toFixed(1)} %`);
  });
});
