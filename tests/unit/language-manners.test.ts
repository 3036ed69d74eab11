// How a language model behaves on a machine that is used for other things: it loads only where it fits, gives way to a
// recording, waits on battery where that is wished, stands back for other programs, and is alone.
import assert from "node:assert/strict";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { constants, getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type App, createApp } from "../../electron/app.ts";
import { openEngines } from "../../electron/calls/engines.ts";
import { defaultSettings } from "../../electron/contract.ts";
import { createLanguageInference } from "../../electron/inference/language-client.ts";
import { binaryName } from "../../electron/inference/language/open-llama.ts";
import { startNodeInference } from "../../electron/inference/node-port.ts";
import { readLanguageSize } from "../../electron/models/gguf.ts";
import { languageNeed } from "../../electron/models/language-need.ts";
import { createSuitedLanguage, type SuitedLanguageOptions } from "../../electron/models/suited-language.ts";
import type { RecordingOptions } from "../../electron/recorded.ts";
import { descendantsOf, withoutProcessMemory } from "../bench/process-memory.ts";
import { makeRandomModel } from "../random-language/make-model.ts";

const skip = binaryName("cpu") === null ? "llama.cpp has no binary for this system" : false;
const { signal } = new AbortController();

const recordingOptions: RecordingOptions = {
  kind: "meeting",
  about: null,
  microphone: "Konferensmikrofon",
  systemSound: false,
  people: null,
  templateId: "",
  consent: null,
  title: "Möte",
  preSkip: 312,
  liveText: false,
};

let dir = "";
let file = "";
before(async () => {
  dir = await mkdtemp(join(tmpdir(), "lyssna-manners-"));
  file = await makeRandomModel(join(dir, "nonsense", "nonsense.gguf"));
});
after(() => rm(dir, { recursive: true, force: true }));

describe("loading a language model", () => {
  interface Loaded {
    readonly contextTokens: number;
    readonly device: string;
  }
  const total = 16e9;
  /** Free memory such that so many bytes may be taken. */
  const free = (bytes: number) => bytes + Math.max(400e6, total / 16);

  function suited(freeBytes: () => number, more: Partial<SuitedLanguageOptions> = {}, breaks: readonly string[] = []) {
    const loads: Loaded[] = [];
    let failed = false;
    const language = createSuitedLanguage({
      language: {
        async load({ contextTokens, device }) {
          loads.push({ contextTokens, device });
          if (breaks.includes(device)) throw new Error("a driver");
          return {
            info: { contextTokens, device },
            contextTokens,
            countTokens: async () => [],
            answer: () => assert.fail(),
          };
        },
        close: () => {},
      },
      computeOn: () => "cpu",
      graphicsFailed: () => failed,
      rememberFailure: async () => void (failed = true),
      machine: async () => ({ totalBytes: total, freeBytes: freeBytes(), cores: 4 }),
      wait: async () => {},
      ...more,
    });
    return { language, loads };
  }

  test("happens only where it fits in what memory is free now, with as much context as fits", async () => {
    const size = await readLanguageSize(file);
    const [most, least] = [languageNeed(size, 8192), languageNeed(size, 4096)];
    const contextAt = async (bytes: number) => {
      const { language, loads } = suited(() => free(bytes));
      await language.open(file, signal);
      return loads[0]?.contextTokens;
    };
    assert.equal(await contextAt(most), 8192);
    assert.equal(await contextAt(most - 1), 6144);
    assert.equal(await contextAt(least), 4096);
    const { language, loads } = suited(() => free(least - 1));
    await assert.rejects(language.open(file, signal), { code: "language-too-large" });
    assert.deepEqual(loads, [], "nothing is loaded that does not fit");
  });

  test("waits a moment for what another model gives back", async () => {
    const size = await readLanguageSize(file);
    const answers = [0, 0, free(languageNeed(size, 8192))];
    const { language, loads } = suited(() => answers.shift() ?? 0);
    await language.open(file, signal);
    assert.equal(loads.length, 1);
    assert.deepEqual(answers, []);
  });

  test("falls back to the processor where graphics fail, and remembers it", async () => {
    const { language, loads } = suited(() => 15e9, { computeOn: () => "auto" }, ["gpu"]);
    await language.open(file, signal);
    await language.open(file, signal);
    assert.deepEqual(
      loads.map(({ device }) => device),
      ["gpu", "cpu", "cpu"],
    );
  });

  test("happens after what else is heavy has gone", async () => {
    const order: string[] = [];
    const engines = openEngines({
      // A process that ends at once: what counts is when it was begun.
      startInference: () => {
        order.push("process");
        return { post: () => {}, onMessage: () => {}, onExit: (ended) => setImmediate(ended), kill: () => {} };
      },
      fileOf: async () => file,
      settings: () => ({ ...defaultSettings, computeOn: "cpu" }),
      setSettings: async () => {},
      show: () => {},
      askHere: null,
      makeRoom: () => order.push("room"),
    });
    await assert.rejects(engines.open("nonsense", signal), { code: "worker-ended" });
    engines.close();
    assert.deepEqual(order, ["room", "process"]);
  });

  test("lowers its process's priority", { skip: skip || (withoutProcessMemory ?? false) }, async () => {
    const inference = createLanguageInference(startNodeInference());
    const others = new Set(descendantsOf(process.pid));
    try {
      await inference.load({ file, device: "cpu", threads: 1, contextTokens: 512 }, signal);
      const own = descendantsOf(process.pid).find((pid) => !others.has(pid));
      assert.ok(own !== undefined);
      assert.equal(getPriority(own), constants.priority.PRIORITY_BELOW_NORMAL);
      assert.equal(getPriority(process.pid), constants.priority.PRIORITY_NORMAL);
    } finally {
      inference.close();
    }
  });
});

describe("a summary by a language model", { skip }, () => {
  let app: App;
  let onBattery = false;
  let powerChanged = () => {};
  const power = (battery: boolean) => {
    onBattery = battery;
    powerChanged();
  };

  before(async () => {
    app = await createApp({
      dataDir: join(dir, "data"),
      demonstrationDir: join(dir, "demonstration"),
      key: async () => new Uint8Array(32).fill(7),
      startInference: startNodeInference(),
      power: { onBattery: () => onBattery, onChange: (listener) => (powerChanged = listener) },
      chooseFiles: async () => [],
      chooseFolder: async () => join(dir, "nonsense"),
      chooseGlossary: async () => null,
      chooseOne: async () => null,
      chooseSavePath: async () => null,
      trash: async () => {},
      copyText: async () => true,
      fetch: () => assert.fail("nothing may reach the network"),
      standIn: true,
      version: "0.0.0",
    });
    assert.deepEqual((await app.handlers["models.importFolder"]())?.ids, ["nonsense"]);
    await app.handlers["settings.set"]({ computeOn: "cpu" });
  });
  after(() => app.close());

  const stateOf = (id: string) => app.snapshot("jobs").find((job) => job.id === id)?.state;
  const until = async (is: () => boolean, limitMs = 60_000) => {
    const deadline = performance.now() + limitMs;
    while (!is() && performance.now() < deadline) await new Promise((done) => setTimeout(done, 20));
    assert.ok(is(), JSON.stringify(app.snapshot("jobs")));
  };
  const meeting = async () => (await app.handlers["meetings.addExample"]()).id;
  const make = async (id: string, engine: string) =>
    (await app.handlers["summaries.make"](id, "minnesanteckningar", engine)).id;
  const ended = (id: string) => () => !["queued", "running"].includes(stateOf(id) ?? "");
  const aMoment = () => new Promise((done) => setTimeout(done, 400));

  test("stops on battery where that is wished, goes on with power, and lets the built-in one pass", async () => {
    const id = await meeting();
    await app.handlers["settings.set"]({ waitOnBattery: true });
    const job = await make(id, "nonsense");
    await until(() => stateOf(job) === "running");
    power(true);
    await until(() => stateOf(job) === "queued");
    const builtIn = await make(id, "builtin");
    await until(ended(builtIn));
    assert.equal(stateOf(builtIn), "done");
    await aMoment();
    assert.equal(stateOf(job), "queued");
    power(false);
    await until(() => stateOf(job) === "running");
    // Who does not mind the battery is not made to wait.
    power(true);
    await until(() => stateOf(job) === "queued");
    await app.handlers["settings.set"]({ waitOnBattery: false });
    await until(() => stateOf(job) === "running");
    await app.handlers["jobs.cancel"](job);
    await until(ended(job));
    power(false);
  });

  test("gives way to a recording at once, and goes on after it", async () => {
    const id = await meeting();
    const job = await make(id, "nonsense");
    await until(() => stateOf(job) === "running");
    await app.handlers["recording.start"](recordingOptions);
    await until(() => stateOf(job) === "queued");
    await aMoment();
    assert.equal(stateOf(job), "queued");
    await app.handlers["recording.finish"]();
    await until(() => stateOf(job) === "running");
    await app.handlers["jobs.cancel"](job);
    await until(ended(job));
    assert.ok((await stat(file)).size > 0);
  });
});
