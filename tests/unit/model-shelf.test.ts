// The models as the app keeps them: a download seen, paused, gone on with after a restart, dropped; checked, updated, removed;
// packed and taken from packages; installed by policy; recommended by what was measured.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { createModels, type ModelsOptions } from "../../electron/calls/models.ts";
import {
  defaultSettings,
  type ModelInfo,
  type ModelTask,
  type PolicyState,
  type Settings,
} from "../../electron/contract.ts";
import { entryOf, filesOf, loadCatalog } from "../../electron/models/catalog.ts";
import { importModel } from "../../electron/models/import-model.ts";
import { makePackage } from "../../electron/models/make-package.ts";
import { listAllModels } from "../../electron/models/remove-model.ts";
import { noPolicy } from "../../electron/policy/state.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { fileOf, type HubServer, startHub } from "../hub/hub-server.ts";

const id = "kb-whisper-tiny";
const quiet = { signal: new AbortController().signal, report: () => {} };
let dir = "";
let source = "";
let hub: HubServer;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), "lyssna-shelf-"));
  source = join(dir, "kb-whisper-tiny");
  await makeDemonstrationModel(source);
  const entry = { ...entryOf(await loadCatalog(), id), dtype: { encoder: "fp32", decoder: "fp32" } } as const;
  const files = filesOf(entry).map(
    async (path) => [path, fileOf(await readFile(join(source, path)), path.endsWith(".onnx"))] as const,
  );
  hub = await startHub({ [entry.hub]: new Map(await Promise.all(files)) });
});
beforeEach(() => hub.reset());
after(async () => {
  await hub.close();
  await rm(dir, { recursive: true, force: true });
});

/** The app's shelf, with what the window would see. */
async function open(modelsDir: string, more: Partial<ModelsOptions> = {}, chosen: Partial<Settings> = {}) {
  let models: readonly ModelInfo[] = [];
  let settings: Settings = { ...defaultSettings, ...chosen };
  const tasks: (ModelTask | null)[] = [];
  const seen: (ModelInfo | undefined)[] = [];
  const rowOf = (wanted = id) => models.find((model) => model.id === wanted);
  const shelf = await createModels({
    modelsDir,
    demonstrationDir: join(dir, "demonstration"),
    policy: () => noPolicy.state,
    fetch,
    hub: hub.url,
    wait: async () => {},
    dialogs: { chooseFolder: async () => null, chooseOne: async () => null, chooseSavePath: async () => null },
    changed(list) {
      models = list;
      seen.push(rowOf());
    },
    languageChanged: () => {},
    showTask: (task) => tasks.push(task),
    settings: () => settings,
    setSettings: async (patch) => void (settings = { ...settings, ...patch }),
    knowledge: async () => ({ rates: {}, windowMs: {} }),
    ...more,
  });
  await shelf.refresh();
  const until = async (is: (row: ModelInfo | undefined) => boolean) => {
    for (let at = 0; at < 500 && !is(rowOf()); at++) await new Promise((done) => setTimeout(done, 10));
    assert.ok(is(rowOf()), `${rowOf()?.state ?? "gone"} ${rowOf()?.error?.code ?? ""}`);
  };
  return { ...shelf, call: shelf.handlers, rowOf, seen, tasks, until, settings: () => settings, models: () => models };
}

const newDir = () => mkdtemp(join(dir, "models-"));
const policy = (state: Partial<PolicyState>): Pick<ModelsOptions, "policy"> => ({
  policy: () => ({ ...noPolicy.state, organisation: "Exempelkommun", ...state }),
});

describe("a download in the app", () => {
  test("is seen while it comes, and the first speech model is the one that is used", async () => {
    const app = await open(await newDir());
    assert.equal(app.rowOf()?.state, "absent");
    await app.call["models.download"](id);
    await app.until((row) => row?.state === "installed");
    assert.ok(app.seen.some((row) => row?.state === "downloading"));
    assert.equal(app.rowOf()?.download, null);
    assert.equal(app.settings().modelId, id);
  });

  test("paused, it stands still, also after a restart, and nothing is asked for until the person goes on", async () => {
    const modelsDir = await newDir();
    const app = await open(modelsDir);
    hub.answer = (path) => (path.startsWith("onnx/encoder") ? { silentAfter: 100_000 } : null);
    await app.call["models.download"](id);
    await app.until((row) => (row?.download?.doneBytes ?? 0) > 100_000);
    await app.call["models.pauseDownload"](id);
    await app.until((row) => row?.state === "paused");
    app.close();

    hub.reset();
    const again = await open(modelsDir);
    const row = again.rowOf();
    assert.equal(row?.state, "paused");
    assert.equal(row?.download?.running, false);
    assert.ok((row?.download?.doneBytes ?? 0) > 100_000);
    assert.equal(hub.requests.length, 0);
    await again.call["models.download"](id);
    await again.until((now) => now?.state === "installed");
    assert.equal(hub.requests.at(0)?.range, "bytes=100000-");
  });

  test("that fails says why, keeps what came, and can be gone on with or dropped", async () => {
    const modelsDir = await newDir();
    const app = await open(modelsDir);
    hub.answer = (path) => (path.startsWith("onnx/decoder") ? { status: 503 } : null);
    await app.call["models.download"](id);
    await app.until((row) => row?.error?.code === "download-server");
    assert.equal(app.rowOf()?.state, "paused");
    await app.call["models.cancelDownload"](id);
    assert.equal(app.rowOf()?.state, "absent");
    assert.equal(app.rowOf()?.error, null);
    assert.deepEqual(await readdir(modelsDir), []);
  });

  test("is refused where the organisation says so, and nothing is asked for", async () => {
    const app = await open(await newDir(), policy({ modelDownload: false }));
    await assert.rejects(app.call["models.download"](id), { code: "policy-forbids" });
    await assert.rejects(app.call["models.update"](id), { code: "policy-forbids" });
    assert.deepEqual(hub.requests, []);
  });
});

describe("an installed model", () => {
  test("is checked, byte for byte", async () => {
    const modelsDir = await newDir();
    await importModel(source, modelsDir, quiet);
    const app = await open(modelsDir);
    await app.call["models.verify"](id);
    assert.deepEqual(
      app.tasks.map((task) => task?.what ?? null),
      ["verify", null],
    );
    const path = join(modelsDir, id, "onnx", "encoder_model.onnx");
    const bytes = await readFile(path);
    bytes[bytes.length - 100] = (bytes.at(-100) ?? 0) ^ 1;
    await rm(path);
    await appendFile(path, bytes);
    await assert.rejects(app.call["models.verify"](id), { code: "model-damaged" });
    await assert.rejects(app.call["models.verify"]("saknas"), { code: "model-missing" });
  });

  test("becomes another version only when that is asked for", async () => {
    const app = await open(await newDir());
    await app.call["models.download"](id);
    await app.until((row) => row?.state === "installed");
    assert.equal(await app.call["models.update"](id), "newest");
    hub.revision = "feedfeedfeedfeedfeedfeedfeedfeedfeedfeed";
    await app.refresh();
    assert.equal(app.rowOf()?.download, null);
    assert.equal(await app.call["models.update"](id), "started");
    await app.until((row) => row?.download !== null);
    await app.until((row) => row?.state === "installed" && row.download === null);
    assert.equal(await app.call["models.update"](id), "newest");
  });

  test("that is removed is not chosen any more", async () => {
    const modelsDir = await newDir();
    await importModel(source, modelsDir, quiet);
    const app = await open(modelsDir, {}, { modelId: id, summaryEngine: id });
    await app.call["models.remove"](id);
    assert.deepEqual(await listAllModels(modelsDir), []);
    assert.equal(app.settings().modelId, "");
    assert.equal(app.settings().summaryEngine, "builtin");
    await assert.rejects(app.call["models.remove"]("../x"), { code: "model-missing" });
  });
});

describe("a package in the app", () => {
  async function packed(): Promise<string> {
    const from = await newDir();
    await importModel(source, from, quiet);
    const out = join(await newDir(), "paket.zip");
    const app = await open(from, {
      dialogs: { chooseFolder: async () => null, chooseOne: async () => null, chooseSavePath: async () => out },
    });
    assert.equal(await app.call["models.pack"]([id]), out);
    assert.ok(app.tasks.some((task) => task?.what === "pack" && task.name === "paket.zip"));
    return out;
  }
  const choosing = (file: string): Pick<ModelsOptions, "dialogs"> => ({
    dialogs: { chooseFolder: async () => file, chooseOne: async () => file, chooseSavePath: async () => null },
  });

  test("is made and taken on another computer, by file and by the stick's folder, and then used", async () => {
    const zip = await packed();
    for (const call of ["models.importPackage", "models.importFolder"] as const) {
      const modelsDir = await newDir();
      const app = await open(modelsDir, choosing(call === "models.importFolder" ? join(zip, "..") : zip));
      assert.deepEqual(await app.call[call](), { ids: [id], signedBy: null });
      assert.equal(app.rowOf()?.state, "installed");
      assert.equal(app.settings().modelId, id);
      await app.call["models.verify"](id);
    }
  });

  test("is refused as the organisation has decided: imports, models, signature", async () => {
    const zip = await packed();
    const { publicKey } = generateKeyPairSync("ed25519");
    const modelPackageKey = publicKey.export({ type: "spki", format: "pem" }).toString();
    for (const [state, code] of [
      [{ modelImport: false }, "policy-forbids"],
      [{ models: ["kb-whisper-small"] }, "package-forbidden"],
      [{ modelPackageKey }, "model-package-signature"],
    ] as const) {
      const modelsDir = await newDir();
      const app = await open(modelsDir, { ...choosing(zip), ...policy(state) });
      await assert.rejects(app.call["models.importPackage"](), { code });
      assert.deepEqual(await readdir(modelsDir), []);
    }
    const bare = await open(await newDir(), { ...choosing(source), ...policy({ modelPackageKey }) });
    await assert.rejects(bare.call["models.importFolder"](), { code: "model-package-signature" });
  });

  test("one thing at a time, and it can be stopped without a trace", async () => {
    const zip = await packed();
    const modelsDir = await newDir();
    const app = await open(modelsDir, choosing(zip));
    const first = app.call["models.importPackage"]();
    await new Promise((done) => setImmediate(done));
    await assert.rejects(app.call["models.importPackage"](), { code: "model-busy" });
    await app.call["models.stopTask"]();
    await assert.rejects(first, { code: "cancelled" });
    assert.deepEqual(await readdir(modelsDir), []);
  });
});

describe("the organisation's package", () => {
  test("is installed by itself, once, and used where nothing is chosen", async () => {
    const from = await newDir();
    await importModel(source, from, quiet);
    const share = join(await newDir(), "modeller");
    await makePackage([id], from, share, quiet);
    const modelsDir = await newDir();
    const app = await open(modelsDir, policy({ modelPackage: share, modelImport: false }));
    await app.installByPolicy();
    assert.equal(app.rowOf()?.state, "installed");
    assert.equal(app.settings().modelId, id);
    assert.ok(app.tasks.some((task) => task?.byPolicy === true));
    const { mtimeMs } = await stat(join(modelsDir, id));
    await app.installByPolicy();
    assert.equal((await stat(join(modelsDir, id))).mtimeMs, mtimeMs, "what is whole is left alone");
    // One that was damaged since is put right.
    await rm(join(modelsDir, id, "config.json"));
    await app.installByPolicy();
    await app.call["models.verify"](id);
  });

  test("out of reach is nothing to tell anybody; one that is wrong is told and changes nothing", async () => {
    const away = await open(await newDir(), policy({ modelPackage: join(dir, "borta") }));
    await away.installByPolicy();
    assert.equal(away.tasks.at(-1), null);
    const share = await newDir();
    await mkdir(join(share, "tom"));
    const modelsDir = await newDir();
    const app = await open(modelsDir, policy({ modelPackage: share }));
    await app.installByPolicy();
    assert.equal(app.tasks.at(-1)?.error?.code, "model-package-invalid");
    assert.deepEqual(await readdir(modelsDir), []);
  });
});

describe("the recommendation", () => {
  test("is honest where nothing was measured, and one model is recommended", async () => {
    const app = await open(await newDir());
    const speech = app.models().filter(({ kind, demonstration }) => kind === "speech" && !demonstration);
    assert.ok(speech.every(({ hour }) => hour === null));
    assert.equal(speech.filter(({ recommended }) => recommended).length, 1);
  });

  test("rests on what was measured here", async () => {
    const rates = { "kb-whisper-base": { decode: 0.001, "detect-speech": 0.002, transcribe: 0.02 } };
    const app = await open(await newDir(), { knowledge: async () => ({ rates, windowMs: {} }) });
    assert.deepEqual(app.rowOf("kb-whisper-base")?.hour, { ms: 0.023 * 3_600_000, from: "measured" });
    assert.equal(app.rowOf("kb-whisper-small")?.hour?.from, "reckoned");
    assert.ok((app.rowOf("kb-whisper-small")?.hour?.ms ?? 0) > 0.023 * 3_600_000);
  });
});
