// The demonstration model, heard through stock transformers.js: its text depends on the sound, and on nothing else.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { AutoProcessor, AutoTokenizer, type Tensor, WhisperForConditionalGeneration } from "@huggingface/transformers";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { demonstrationScript } from "../../models/demonstration/recording.ts";
import { say, wavBytes } from "../../models/demonstration/say.ts";
import { vocabulary } from "../../models/demonstration/vocabulary.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";
import { gaussian, seeded } from "../seeded.ts";
import { wordErrorRate, wordsOf } from "../word-error-rate.ts";

const sampleRateHz = 16_000;
const windowSamples = 30 * sampleRateHz;
const folder = mkdtempSync(join(tmpdir(), "lyssna-demonstration-"));
const modelDir = join(folder, "model");
const voice = loadVoice();

interface Heard {
  readonly text: string;
  readonly segments: readonly { readonly startMs: number; readonly endMs: number; readonly text: string }[];
}
let hear: (samples: Float32Array) => Promise<Heard>;
let hearPlain: (samples: Float32Array) => Promise<string>;

before(async () => {
  await makeDemonstrationModel(modelDir);
  const options = { local_files_only: true, dtype: "fp32", device: "cpu" } as const;
  const model = await WhisperForConditionalGeneration.from_pretrained(modelDir, options);
  const processor = await AutoProcessor.from_pretrained(modelDir, { local_files_only: true });
  const tokenizer = await AutoTokenizer.from_pretrained(modelDir, { local_files_only: true });
  const idOf = (token: string): number => tokenizer.encode(token)[0] ?? -1;
  const [firstTimestamp, endOfText] = [idOf("<|0.00|>"), idOf("<|endoftext|>")];
  const decode = (ids: readonly number[]): string => (ids.length === 0 ? "" : tokenizer.decode([...ids]));
  const generate = async (samples: Float32Array, timestamps: boolean): Promise<number[]> => {
    const features = (await processor(samples)) as { readonly input_features: Tensor };
    const asked = { language: "sv", task: "transcribe", return_timestamps: timestamps, max_new_tokens: 440 };
    const answer = await model.generate({ inputs: features.input_features, ...asked });
    const sequence = Array.from((answer as Tensor).data as BigInt64Array, Number);
    return sequence.slice(timestamps ? 3 : 4);
  };
  hear = async (samples) => {
    const segments: { startMs: number; endMs: number; text: string }[] = [];
    let open: { startMs: number; ids: number[] } | null = null;
    for (const id of await generate(samples, true)) {
      if (id < endOfText) open?.ids.push(id);
      if (id < firstTimestamp) continue;
      const timeMs = (id - firstTimestamp) * 20;
      if (open === null) open = { startMs: timeMs, ids: [] };
      else {
        segments.push({ startMs: open.startMs, endMs: timeMs, text: decode(open.ids).trim() });
        open = null;
      }
    }
    return { text: segments.map((segment) => segment.text).join(" "), segments };
  };
  hearPlain = async (samples) => decode((await generate(samples, false)).filter((id) => id < endOfText)).trim();
});
after(() => rmSync(folder, { recursive: true, force: true }));

const toFloats = (samples: Int16Array): Float32Array => Float32Array.from(samples, (sample) => sample / 32_768);

/** New sentences: words drawn from the vocabulary, nothing that anybody wrote. */
function sentences(seed: number, seconds: number): string[] {
  const random = seeded(seed);
  const word = (): string => vocabulary[Math.floor(random() * vocabulary.length)] as string;
  const made: string[] = [];
  for (;;) {
    const words = Array.from({ length: 3 + Math.floor(random() * 7) }, word);
    const next = `${words.slice(0, 2).join(" ")}, ${words.slice(2).join(" ")}.`;
    if (say([...made, next].join(" "), voice).length > seconds * sampleRateHz) return made;
    made.push(next);
  }
}

const newText = sentences(11, 27).join(" ");
const newSound = toFloats(say(newText, voice));

const shifted = (samples: Float32Array, by: number): Float32Array => {
  const moved = new Float32Array(samples.length + by);
  moved.set(samples, by);
  return moved;
};

const noise = (seed: number, length: number, amplitude: number): Float32Array => {
  const random = seeded(seed);
  return Float32Array.from({ length }, () => gaussian(random) * amplitude);
};

const rms = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

describe("the text is what the sound says", () => {
  for (const seed of [1, 2, 3]) {
    test(`sentences nobody has heard before (${seed})`, async () => {
      const text = sentences(seed, 28).join(" ");
      assert.equal(wordErrorRate(text, (await hear(toFloats(say(text, voice)))).text), 0);
    });
  }

  test("sentences begin with a capital, end with a full stop and keep their commas", async () => {
    const text = "Åtgärd är färdig. Ja, det är en åtgärd.";
    assert.equal(await hearPlain(toFloats(say(text, voice))), text);
  });

  test("every word of the vocabulary is heard as itself", async () => {
    for (let from = 0; from < vocabulary.length; from += 40) {
      const words = vocabulary.slice(from, from + 40);
      assert.deepEqual(wordsOf(await hearPlain(toFloats(say(words.join(" "), voice)))), words);
    }
  });

  test("the demonstration recording, in windows cut at its pauses", async () => {
    const paragraphs = demonstrationScript()
      .trim()
      .split(/\n\s*\n/u);
    for (const paragraph of paragraphs) {
      assert.equal(wordErrorRate(paragraph, (await hear(toFloats(say(paragraph, voice)))).text), 0);
    }
  });

  test("times are right within 0.3 s, one segment to a sentence", async () => {
    const made = sentences(5, 27);
    const { segments } = await hear(toFloats(say(made.join(" "), voice)));
    assert.equal(segments.length, made.length);
    // Where each sentence starts and ends follows from how long the ones before it take to say.
    const edgeMs = 300;
    const lastPauseMs = 750;
    made.forEach((_, at) => {
      const lengthMs = (count: number): number =>
        count === 0 ? 0 : say(made.slice(0, count).join(" "), voice).length / 16 - 2 * edgeMs;
      const segment = segments[at];
      assert.ok(segment);
      assert.ok(Math.abs(segment.startMs - (edgeMs + lengthMs(at))) < 300, `start ${at}: ${segment.startMs}`);
      assert.ok(
        Math.abs(segment.endMs - (edgeMs + lengthMs(at + 1) - lastPauseMs)) < 300,
        `end ${at}: ${segment.endMs}`,
      );
    });
  });

  test("a shifted start changes the times and not the text", async () => {
    const short = toFloats(say(sentences(6, 12).join(" "), voice));
    const straight = await hear(short);
    for (const shiftSamples of [37, 1234, 16_061, 100_003]) {
      const moved = await hear(shifted(short, shiftSamples));
      assert.equal(moved.text, straight.text);
      moved.segments.forEach((segment, at) => {
        const expected = (straight.segments[at]?.startMs ?? 0) + shiftSamples / 16;
        assert.ok(Math.abs(segment.startMs - expected) <= 40, `${segment.startMs} for ${expected}`);
      });
    }
  });

  test("softer and louder, to the edge of clipping and beyond", async () => {
    for (const gainDb of [-24, -12, 6]) {
      const gain = 10 ** (gainDb / 20);
      const sound = newSound.map((sample) => Math.max(-1, Math.min(1, sample * gain)));
      assert.equal(wordErrorRate(newText, await hearPlain(sound)), 0, `${gainDb} dB`);
    }
  });

  test("noise 20 dB under the speech", async () => {
    const hiss = noise(3, newSound.length, rms(newSound) / 10);
    assert.ok(wordErrorRate(newText, await hearPlain(newSound.map((sample, at) => sample + (hiss[at] ?? 0)))) <= 0.05);
  });
});

describe("no text where nobody speaks", () => {
  const random = seeded(8);
  const wave = (value: (seconds: number) => number): Float32Array =>
    Float32Array.from({ length: windowSamples }, (_, at) => value(at / sampleRateHz));
  const tone = (hz: number) => (seconds: number) => Math.sin(2 * Math.PI * hz * seconds);
  let brown = 0;
  const chord = [220, 277.2, 329.6, 440];
  const sounds: Readonly<Record<string, () => Float32Array>> = {
    silence: () => new Float32Array(windowSamples),
    "white noise": () => noise(4, windowSamples, 0.1),
    "noise that falls with frequency": () => wave(() => (brown = 0.98 * brown + 0.02 * gaussian(random))),
    "mains hum": () => wave((at) => 0.3 * tone(50)(at) + 0.2 * tone(150)(at) + 0.02 * gaussian(random)),
    "a tone": () => wave((at) => 0.4 * tone(880)(at)),
    "chords on a beat": () =>
      wave(
        (at) =>
          0.1 *
          Math.exp(-4 * (at % 0.5)) *
          chord.reduce((sum, hz) => sum + tone(hz * 2 ** ((Math.floor(at) % 5) / 12))(at), 0),
      ),
    "bursts of noise as long as words": () => wave((at) => (at % 0.6 < 0.35 ? 0.1 * gaussian(random) : 0)),
  };
  for (const [name, make] of Object.entries(sounds)) {
    test(name, async () => {
      const sound = make();
      assert.equal(await hearPlain(sound), "");
      assert.equal((await hear(sound)).text, "");
    });
  }
});

describe("copies", () => {
  const ffmpegMissing = spawnSync("ffmpeg", ["-version"]).error !== undefined && "ffmpeg is not on this machine";
  const copies: Readonly<Record<string, readonly [format: string, ...options: string[]]>> = {
    "MP3 at 64 kbit/s": ["mp3", "-b:a", "64k"],
    "AAC at 48 kbit/s": ["adts", "-c:a", "aac", "-b:a", "48k"],
    "Opus at 32 kbit/s": ["ogg", "-c:a", "libopus", "-b:a", "32k"],
    "Opus at 24 kbit/s": ["ogg", "-c:a", "libopus", "-b:a", "24k"],
    "telephony, 8 kHz mu-law": ["wav", "-ar", "8000", "-c:a", "pcm_mulaw"],
  };
  for (const [name, [format, ...options]] of Object.entries(copies)) {
    test(name, { skip: ffmpegMissing }, async () => {
      const run = (input: Buffer, ...args: string[]): Buffer =>
        execFileSync("ffmpeg", ["-v", "error", ...args, "-"], { input, maxBuffer: 2 ** 26 });
      const copy = run(wavBytes(say(newText, voice)), "-f", "wav", "-i", "-", ...options, "-f", format);
      const demuxer = format === "adts" ? "aac" : format;
      const pcm = run(copy, "-f", demuxer, "-i", "-", "-ar", String(sampleRateHz), "-ac", "1", "-f", "s16le");
      const samples = new Int16Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.byteLength));
      assert.ok(wordErrorRate(newText, await hearPlain(toFloats(samples))) <= 0.05);
    });
  }
});

describe("the folder", () => {
  test("says what it is, and is made once", async () => {
    const config = JSON.parse(readFileSync(join(modelDir, "config.json"), "utf8")) as Record<string, unknown>;
    assert.equal(config["lyssna_demonstration"], true);
    const made = (): number => statSync(join(modelDir, "onnx", "encoder_model.onnx")).mtimeMs;
    const first = made();
    await makeDemonstrationModel(modelDir);
    assert.equal(made(), first);
  });
});
