import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { AutoProcessor, WhisperForConditionalGeneration } from "@huggingface/transformers";
import { createWindowDecoder } from "../../electron/inference/whisper/decode-windows.ts";
import { loadWhisper, type Whisper } from "../../electron/inference/whisper/load.ts";
import { createLogMel } from "../../electron/inference/whisper/log-mel.ts";
import { readModel } from "../../electron/onnx/read.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { say } from "../../models/demonstration/say.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";
import { makeRandomWhisper } from "../bench/random-whisper/make-random-whisper.ts";
import { temporaryFolder } from "../sound-files.ts";

const end = 50_257;
const windows = 8;
const tokenCount = 16;

/** Sounds that differ in pitch, sweep and length. */
const sounds = Array.from({ length: windows }, (_, k) =>
  Float32Array.from(
    { length: 480_000 - k * 30_000 },
    (_value, i) => Math.sin(i * i * 1e-6 * (k + 1)) * 0.3 + Math.sin(i * 0.01 * (k + 2)) * 0.2,
  ),
);

/**
 * The random model as it comes answers the same tokens whatever it hears. Here its places are made weak and its other
 * weights strong, so that what it says wanders with the sound and with what was said before.
 */
async function makeWanderingWhisper(dir: string): Promise<void> {
  cpSync(await makeRandomWhisper(join(dir, "..", "random"), { name: "tiny", format: "fp32" }), dir, {
    recursive: true,
  });
  for (const part of ["encoder_model", "decoder_model_merged"]) {
    const path = join(dir, "onnx", `${part}.onnx`);
    const bytes = readFileSync(path);
    for (const { type, dims, data } of readModel(bytes).constants.values()) {
      if (type !== "float32" || dims.length !== 2) continue;
      const values = new Float32Array(data.slice().buffer);
      const [rows = 0, width = 0] = dims;
      if (rows === 448) for (const i of values.keys()) values[i] = 0.3 * Math.sin(i * 12.9898);
      else if (rows > 50_000) {
        for (let at = 0; at < values.length; at += width) {
          const row = values.subarray(at, at + width);
          const scale = 0.4 / Math.hypot(...row);
          for (const i of row.keys()) row[i] = (row[i] ?? 0) * scale;
        }
      } else for (const i of values.keys()) values[i] = (values[i] ?? 0) * 6;
      data.set(new Uint8Array(values.buffer));
    }
    writeFileSync(path, bytes);
  }
}

/** The tokens of each window, decoded all at once or one after another. */
async function decodeAll(whisper: Whisper, heard: readonly Float32Array[], timestamps: boolean, together: boolean) {
  const decoder = createWindowDecoder(whisper.rows);
  const { tokens, decode } = whisper;
  const one = async (samples: Float32Array) => {
    const options = { tokens, decode, language: "sv", temperatures: [0], maxTokens: tokenCount, timestamps };
    return (await decoder.decode(samples, options)).said;
  };
  if (together) return Promise.all(heard.map(one));
  const said: (readonly number[])[] = [];
  for (const samples of heard) said.push(await one(samples));
  return said;
}

/** What transformers.js itself answers, without its prompt and end. */
async function generate(dir: string, heard: readonly Float32Array[], timestamps: boolean) {
  const model = await WhisperForConditionalGeneration.from_pretrained(dir, { dtype: "fp32", device: "cpu" });
  const processor = await AutoProcessor.from_pretrained(dir, {});
  const said: number[][] = [];
  for (const samples of heard) {
    const { input_features: inputs } = (await processor(samples)) as { input_features: unknown };
    const options = {
      inputs,
      language: "sv",
      task: "transcribe",
      return_timestamps: timestamps,
      max_new_tokens: tokenCount,
    };
    const answer = (await model.generate(options as never)) as unknown as { readonly data: BigInt64Array };
    const all = Array.from(answer.data, Number).slice(timestamps ? 3 : 4);
    said.push(all.filter((id) => id !== processor.tokenizer?.["eos_token_id"] && id !== end));
  }
  await model.dispose();
  return said;
}

describe("with random weights of the tiny shape", () => {
  const folder = temporaryFolder();
  const dir = join(folder.dir, "wandering");
  let whisper: Whisper;
  before(async () => {
    await makeWanderingWhisper(dir);
    whisper = await loadWhisper({ dir, threads: 2, batch: windows });
  });
  after(() => folder[Symbol.dispose]());

  test("our own graphs run, and their answers were found to be the published ones'", () => {
    assert.equal(whisper.info.graphs, "own");
  });

  test("without timestamps the tokens are those of transformers.js, alone and in a batch", async () => {
    const expected = await generate(dir, sounds.slice(0, 4), false);
    assert.ok(new Set(expected.flat()).size > 20, "the model says different things");
    const together = await decodeAll(whisper, sounds, false, true);
    assert.deepEqual(together.slice(0, 4), expected);
    assert.deepEqual(await decodeAll(whisper, sounds, false, false), together);
  });

  test("with timestamps a batch says what each window says alone, by the rules of the reference", async () => {
    const together = await decodeAll(whisper, sounds, true, true);
    assert.deepEqual(together, await decodeAll(whisper, sounds, true, false));
    assert.ok(together.flat().filter((id) => id > 50_363).length > windows, "times among them");
    const { rows, tokens } = whisper;
    for (const [at, samples] of sounds.slice(0, 3).entries()) {
      const row = await rows.join(samples);
      const said: number[] = [];
      const prompt = [tokens.start, tokens.languages.get("sv") ?? 0, tokens.transcribe ?? 0];
      for (let fed = 0; said.length < tokenCount; fed++) {
        const [scores] = await rows.step([row], [prompt[fed] ?? said[fed - prompt.length] ?? 0], true);
        if (fed + 1 < prompt.length) continue;
        const logits = scores?.logits?.slice() ?? new Float32Array(0);
        obeyReference(logits, said);
        const next = logits.indexOf(logits.reduce((most, value) => Math.max(most, value), -Infinity));
        if (next === end) break;
        said.push(next);
      }
      rows.leave(row);
      assert.deepEqual(together[at], said);
    }
  });

  test("the features are those of transformers.js within 1e-4", async () => {
    const processor = await AutoProcessor.from_pretrained(dir, {});
    const logMel = await createLogMel(processor.feature_extractor?.config["mel_filters"] as number[][], {});
    const speech = Float32Array.from(say("Jag ringer läkaren imorgon.", loadVoice()), (sample) => sample / 32_768);
    for (const samples of [...sounds.slice(0, 2), speech, new Float32Array(16_000), new Float32Array(0)]) {
      const extracted = (await processor(samples)) as { input_features: { data: Float32Array } };
      const { data } = await logMel.run(samples);
      const furthest = extracted.input_features.data.reduce(
        (most, value, at) => Math.max(most, Math.abs(value - Number(data[at]))),
        0,
      );
      assert.ok(furthest <= 1e-4, `${furthest}`);
    }
  });
});

/** The timestamp rules once more, as openai/whisper's decoding.py has them, on the plain list of logits. */
function obeyReference(logits: Float32Array, said: readonly number[]): void {
  const [begin, noTimestamps] = [50_364, 50_363];
  const bar = (from: number, to: number) => logits.fill(-Infinity, from, to);
  for (const id of [50_258, 50_358, 50_359, 50_360, 50_361, 50_362, noTimestamps]) logits[id] = -Infinity;
  const last = said.at(-1) ?? 0;
  const beforeLast = said.at(-2);
  if (said.length > 0 && last >= begin) {
    if (beforeLast === undefined || beforeLast >= begin) bar(begin, logits.length);
    else {
      // The reference leaves the tokens of languages open here; we do not.
      bar(0, end);
      bar(end + 1, begin);
    }
  }
  const times = said.filter((id) => id >= begin);
  const latest = times.at(-1);
  if (latest !== undefined) bar(begin, last >= begin && !((beforeLast ?? begin) >= begin) ? latest : latest + 1);
  if (said.length === 0) {
    bar(0, begin);
    bar(begin + 51, logits.length);
  }
  const mass = Math.log(logits.subarray(begin).reduce((sum, value) => sum + Math.exp(value), 0));
  if (mass > logits.subarray(0, begin).reduce((most, value) => Math.max(most, value), -Infinity)) bar(0, begin);
}

describe("in 8 bits", () => {
  const folder = temporaryFolder();
  after(() => folder[Symbol.dispose]());

  test("no row of a batch changes what may follow in another", async () => {
    const dir = await makeRandomWhisper(folder.dir, { name: "tiny", format: "q8" });
    const { rows, info } = await loadWhisper({ dir, threads: 2, batch: 4 });
    assert.equal(info.graphs, "own");
    const listen = async (heard: readonly Float32Array[]) => {
      const joined = [];
      for (const samples of heard) joined.push(await rows.join(samples));
      const answers: Float32Array[] = [];
      for (let step = 0; step < 6; step++) {
        const [first] = await rows.step(
          joined,
          joined.map((_, at) => 700 + 31 * step + 1000 * at),
          true,
        );
        answers.push(first?.logits?.slice() ?? new Float32Array(0));
      }
      for (const row of joined) rows.leave(row);
      return answers;
    };
    const alone = await listen(sounds.slice(0, 1));
    const crowded = await listen([0, 5, 6, 7].flatMap((at) => sounds[at] ?? []));
    for (const [step, logits] of alone.entries()) {
      const furthest = logits.reduce(
        (most, value, at) => Math.max(most, Math.abs(value - (crowded[step]?.[at] ?? 0))),
        0,
      );
      assert.ok(furthest < 1e-3, `step ${step}: ${furthest}`);
    }
  });
});

describe("with the demonstration model", () => {
  const folder = temporaryFolder();
  after(() => folder[Symbol.dispose]());

  for (const timestamps of [true, false]) {
    test(`the tokens are those of transformers.js, alone and in a batch, ${timestamps ? "with" : "without"} timestamps`, async () => {
      const dir = join(folder.dir, "demonstration");
      await makeDemonstrationModel(dir);
      const voice = loadVoice();
      const spoken = ["Jag ringer läkaren imorgon.", "Vi beslutar att du ska söka bidrag.", "Tack."].map((text) =>
        Float32Array.from(say(text, voice), (sample) => sample / 32_768),
      );
      const whisper = await loadWhisper({ dir });
      const expected = await generate(dir, spoken, timestamps);
      assert.ok(expected.every((said) => said.length > 0));
      assert.deepEqual(await decodeAll(whisper, spoken, timestamps, true), expected);
      assert.deepEqual(await decodeAll(whisper, spoken, timestamps, false), expected);
    });
  }
});
