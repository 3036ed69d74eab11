// A model suited to the machine through real inference processes: the guard, the measurement, the way back from graphics.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { LyssnaError } from "../../electron/errors.ts";
import { createInference } from "../../electron/inference/client.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import type { AnswerMessage, Device, SpeechModelInfo, StartInference } from "../../electron/inference/protocol.ts";
import {
  createSuitedInference,
  type SuitedInference,
  type SuitedOptions,
} from "../../electron/models/suited-inference.ts";
import type { TuningRecord } from "../../electron/models/tuning-record.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { say } from "../../models/demonstration/say.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";
import { makeRandomWhisper } from "../bench/random-whisper/make-random-whisper.ts";
import { temporaryFolder } from "../sound-files.ts";
import { wordErrorRate } from "../word-error-rate.ts";

const never = new AbortController().signal;
const said = "Vi beslutar att du ska söka bidrag.";
const samples = Float32Array.from(say(said, loadVoice()), (sample) => sample / 32_768);
const roomy = { totalBytes: 16e9, freeBytes: 12e9, cores: 2 };

/**
 * A process that says it computes on graphics while it does so on the processor: no machine that tests run on is sure to
 * have graphics. `crash` ends it as a driver would.
 */
function pretendGraphics(): { readonly start: StartInference; crash(): void } {
  const running = new Set<{ kill(): void }>();
  return {
    start: () => {
      const port = startNodeInference()();
      const claimed = new Map<number, Device>();
      running.add(port);
      port.onExit(() => running.delete(port));
      return {
        ...port,
        post(message) {
          const { request } = message;
          if (request.type !== "load-speech") return port.post(message);
          const { device = "cpu", ...model } = request.model;
          claimed.set(message.id, device);
          port.post({ ...message, request: { ...request, model } });
        },
        onMessage: (listener) =>
          port.onMessage((message: AnswerMessage) => {
            const device = claimed.get(message.id);
            const isLoaded = "value" in message && device !== undefined;
            listener(isLoaded ? { ...message, value: { ...(message.value as SpeechModelInfo), device } } : message);
          }),
      };
    },
    crash: () => running.forEach((port) => port.kill()),
  };
}

describe("a model suited to the machine", () => {
  const folder = temporaryFolder();
  const modelDir = join(folder.dir, "demonstration");
  const open: SuitedInference[] = [];
  const failed: Device[] = [];

  function suit(options: Partial<SuitedOptions>, start: StartInference = startNodeInference()): SuitedInference {
    failed.length = 0;
    const suited = createSuitedInference({
      inference: createInference(start),
      version: "1.0.0",
      modelsDir: join(folder.dir, "models"),
      computeOn: () => "auto",
      failedDevice: () => failed.at(-1) ?? null,
      deviceFailed: async (device) => void failed.push(device),
      machine: async () => roomy,
      ...options,
    });
    open.push(suited);
    return suited;
  }
  const hears = async (suited: SuitedInference) => {
    const { segments } = await suited.transcribeWindow({ samples, language: "sv" }, never);
    assert.equal(wordErrorRate(said, segments.map(({ text }) => text).join(" ")), 0);
  };

  before(() => makeDemonstrationModel(modelDir));
  after(() => {
    for (const suited of open) suited.close();
    folder[Symbol.dispose]();
  });

  test("graphics that are not there: the processor takes over, once, and it is told", async () => {
    const absent = process.platform === "darwin" ? "dml" : "coreml";
    const suited = suit({});
    const { device, failedDevice } = await suited.loadSpeech({ dir: modelDir, device: absent }, never);
    assert.deepEqual([device, failedDevice, failed], ["cpu", absent, [absent]]);
    await hears(suited);
    const again = await suited.loadSpeech({ dir: modelDir, device: absent }, never);
    assert.deepEqual([again.device, failed], ["cpu", [absent]]);
  });

  test("graphics that may be there or not: the same is heard", async () => {
    const suited = suit({ computeOn: () => "gpu" });
    const { device, failedDevice } = await suited.loadSpeech({ dir: modelDir }, never);
    assert.deepEqual(failed, failedDevice === undefined ? [] : [failedDevice]);
    assert.equal(device === "cpu", failedDevice !== undefined);
    await hears(suited);
  });

  test("graphics that crash while they are used: no window is lost", async () => {
    const graphics = pretendGraphics();
    const suited = suit({ computeOn: () => "gpu" }, graphics.start);
    assert.equal((await suited.loadSpeech({ dir: modelDir }, never)).device, "webgpu");
    const heard = Promise.all([hears(suited), hears(suited)]);
    graphics.crash();
    await heard;
    assert.deepEqual(failed, ["webgpu"]);
    await hears(suited);
  });

  test("what does not fit is refused before it is loaded, with what fits", async () => {
    const suited = suit({ machine: async () => ({ totalBytes: 8e9, freeBytes: 0.9e9, cores: 2 }) });
    const isRefusal = (error: unknown) =>
      error instanceof LyssnaError && ["model-too-large", "no-model-fits"].includes(error.code);
    await assert.rejects(suited.checkMemory(modelDir), isRefusal);
    await assert.rejects(suited.loadSpeech({ dir: modelDir }, never), isRefusal);
  });

  test("a model that is not there is missing, not too large", async () => {
    const isMissing = (error: unknown) => error instanceof LyssnaError && error.code === "model-missing";
    await assert.rejects(suit({}).loadSpeech({ dir: join(folder.dir, "none") }, never), isMissing);
  });

  test("a real shape is measured once, and what was found is used after", { timeout: 120_000 }, async () => {
    const dir = join(folder.dir, "random");
    cpSync(await makeRandomWhisper(join(folder.dir, "cache"), { name: "tiny", format: "q8" }), dir, {
      recursive: true,
    });
    const records: Record<string, TuningRecord> = {};
    const written: string[] = [];
    const kept = {
      read: async () => records,
      async write(model: string, record: TuningRecord) {
        written.push(model);
        records[model] = record;
      },
    };
    const first = await suit({ kept }).loadSpeech({ dir }, never);
    const record = records["random"];
    assert.ok(record);
    assert.ok(record.trusted && record.windowMs > 0 && record.tokens.length > 0);
    assert.ok(record.lanes * record.threads <= roomy.cores);
    assert.equal(first.windowsAtOnce, record.lanes * (record.batch + 1));
    open.at(-1)?.close();

    const second = await suit({ kept }).loadSpeech({ dir }, never);
    assert.deepEqual([second.windowsAtOnce, written], [first.windowsAtOnce, ["random"]]);
  });
});
