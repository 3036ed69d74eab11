import assert from "node:assert/strict";
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { LyssnaError } from "../../electron/errors.ts";
import { createInference } from "../../electron/inference/client.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import type { Inference, InferencePort, StartInference } from "../../electron/inference/protocol.ts";
import type { WhisperTokens } from "../../electron/inference/whisper/tokens.ts";
import { applyRules } from "../../electron/inference/whisper/rules.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { say } from "../../models/demonstration/say.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";
import { temporaryFolder } from "../sound-files.ts";
import { wordErrorRate } from "../word-error-rate.ts";

const never = new AbortController().signal;
const voice = loadVoice();
const speak = (text: string): Float32Array => Float32Array.from(say(text, voice), (sample) => sample / 32_768);
const isCode = (code: string) => (error: unknown) => error instanceof LyssnaError && error.code === code;

describe("the inference process", () => {
  const folder = temporaryFolder();
  const modelDir = join(folder.dir, "model");
  const ports: InferencePort[] = [];
  const start: StartInference = () => {
    const port = startNodeInference()();
    ports.push(port);
    return port;
  };
  let inference: Inference;

  before(async () => {
    await makeDemonstrationModel(modelDir);
    inference = createInference(start);
  });
  after(() => {
    inference.close();
    folder[Symbol.dispose]();
  });

  const hear = async (samples: Float32Array, language = "sv") => {
    await inference.loadSpeech({ dir: modelDir }, never);
    return inference.transcribeWindow({ samples, language }, never);
  };

  test("tells what the model is", async () => {
    const info = await inference.loadSpeech({ dir: modelDir }, never);
    assert.equal(info.demonstration, true);
    assert.deepEqual([...info.languages].toSorted(), ["en", "sv"]);
  });

  test("hears what is said, with times in order and a confidence", async () => {
    const text = "Vi beslutar att du ska söka bidrag. Jag lovar att ringa läkaren imorgon.";
    const { segments } = await hear(speak(text));
    assert.equal(wordErrorRate(text, segments.map((segment) => segment.text).join(" ")), 0);
    for (const [i, { startMs, endMs, confidence }] of segments.entries()) {
      assert.ok(startMs < endMs && startMs >= (segments[i - 1]?.endMs ?? 0));
      assert.ok(confidence !== undefined && confidence > 0.5 && confidence <= 1);
    }
  });

  test("detects the language in one step", async () => {
    assert.equal((await hear(speak("Tack. Det är bra."), "auto")).language, "sv");
  });

  test("silence and noise give no text, and say why", async () => {
    const noise = Float32Array.from({ length: 160_000 }, (_, i) => Math.sin(i * i) * 0.05);
    for (const samples of [new Float32Array(160_000), noise]) {
      const { segments, dropped } = await hear(samples);
      assert.deepEqual([segments, dropped], [[], { "no-speech": 1 }]);
    }
  });

  test("voice activity answers one probability a frame and hears the voice", async () => {
    const stream = await inference.openVoiceActivity();
    const silence = await stream.push(new Float32Array(16_000 + 100));
    const spoken = await stream.push(speak("Jag är trött och orolig, eftersom jag inte kan betala hyran."));
    const rest = await stream.close();
    assert.equal(silence.length, 31);
    assert.ok(silence.every((probability) => probability < 0.3));
    assert.ok(spoken.filter((probability) => probability > 0.5).length > spoken.length / 2);
    assert.equal(rest.length, 1);
  });

  test("what is cancelled ends within a second, and the next call works", async () => {
    await inference.loadSpeech({ dir: modelDir }, never);
    const stop = new AbortController();
    const pending = inference.transcribeWindow({ samples: new Float32Array(480_000), language: "sv" }, stop.signal);
    const askedAt = performance.now();
    stop.abort();
    await assert.rejects(pending, isCode("cancelled"));
    assert.ok(performance.now() - askedAt < 1000);
    assert.equal((await hear(speak("Tack."))).segments.length, 1);
  });

  test("a process killed in mid-work fails what was asked, and the next call starts a fresh one", async () => {
    await inference.loadSpeech({ dir: modelDir }, never);
    const pending = inference.transcribeWindow({ samples: speak("Tack."), language: "sv" }, never);
    ports.at(-1)?.kill();
    await assert.rejects(pending, isCode("worker-ended"));
    assert.equal(
      (await inference.transcribeWindow({ samples: speak("Tack."), language: "sv" }, never)).segments.length,
      1,
    );
  });

  test("a folder that is no whole model is named with the file that is wrong", async () => {
    await assert.rejects(inference.loadSpeech({ dir: join(folder.dir, "no") }, never), isCode("model-missing"));
    const spoil = async (file: string, how: (path: string) => void) => {
      const dir = join(folder.dir, `spoilt-${file.replaceAll(/\W/gu, "-")}`);
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      cpSync(modelDir, dir, { recursive: true });
      how(join(dir, file));
      await assert.rejects(inference.loadSpeech({ dir }, never), (error: unknown) => {
        assert.ok(error instanceof LyssnaError);
        assert.equal(error.code, "model-damaged");
        assert.ok(file.startsWith(String(error.details["file"])), String(error.details["file"]));
        return true;
      });
    };
    await spoil("tokenizer.json", (path) => rmSync(path));
    await spoil("tokenizer.json", (path) => {
      const { model, ...rest } = JSON.parse(readFileSync(path, "utf8")) as { model: { vocab: Record<string, number> } };
      const vocab = Object.fromEntries(Object.entries(model.vocab).slice(0, 50));
      writeFileSync(path, JSON.stringify({ ...rest, model: { ...model, vocab } }));
    });
    await spoil("config.json", (path) => writeFileSync(path, "{"));
    await spoil("onnx/encoder_model.onnx", (path) => rmSync(path));
    await spoil("onnx/decoder_model_merged.onnx", (path) => writeFileSync(path, "not a graph"));
    copyFileSync(join(modelDir, "config.json"), join(folder.dir, "kept.json"));
    assert.equal((await hear(speak("Tack."))).segments.length, 1);
  });
});

describe("what Whisper may say next", () => {
  const tokens: WhisperTokens = {
    start: 100,
    end: 99,
    noTimestamps: 109,
    noSpeech: 108,
    timestampBegin: 110,
    languages: new Map([["sv", 101]]),
    transcribe: 102,
    suppress: [7, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109],
    beginSuppress: [9, 99],
    maxInitialTimestamp: 50,
  };
  const allowed = (said: readonly number[], set: Readonly<Record<number, number>> = {}): Set<number> => {
    const logits = new Float32Array(110 + 1501);
    for (const [id, value] of Object.entries(set)) logits[Number(id)] = value;
    applyRules(logits, said, tokens);
    return new Set([...logits.entries()].flatMap(([id, logit]) => (logit > -Infinity ? [id] : [])));
  };

  test("it begins with an early time", () => {
    assert.deepEqual(allowed([]), new Set(Array.from({ length: 51 }, (_, i) => 110 + i)));
  });

  test("after the opening time comes a word, never a suppressed one", () => {
    const next = allowed([110]);
    assert.ok(next.has(1) && !next.has(7) && !next.has(110) && !next.has(160) && !next.has(109) && !next.has(101));
  });

  test("after a closing time comes a time no earlier, or the end", () => {
    const next = allowed([110, 1, 2, 150], { 99: 20 });
    assert.ok(next.has(150) && next.has(200) && next.has(99) && !next.has(149) && !next.has(1));
  });

  test("times together likelier than any word make it a time", () => {
    assert.ok(!allowed([110, 1]).has(2), "1400 equal times outweigh one word");
    assert.ok(allowed([110, 1], { 2: 20 }).has(2), "a clear word stands");
  });

  test("whatever has been said, times never go back and something may follow", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 30 }), (choices) => {
        const said: number[] = [];
        for (const choice of choices) {
          const next = [...allowed(said)];
          assert.ok(next.length > 0);
          const id = next[choice % next.length] ?? 99;
          if (id === 99) break;
          const last = said.findLast((token) => token >= 110) ?? 0;
          assert.ok(id < 110 || id >= last);
          said.push(id);
        }
      }),
    );
  });
});
