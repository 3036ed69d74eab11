// Model folders: whole or damaged, taken from a folder, downloaded from a server that answers like the hub.
import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import type { LyssnaError } from "../../electron/errors.ts";
import { downloadOf, loadCatalog } from "../../electron/models/catalog.ts";
import { importModel } from "../../electron/models/import-model.ts";
import {
  checkModelFolder,
  findVoices,
  listInstalledModels,
  locateModel,
  verifyModel,
} from "../../electron/models/model-folder.ts";
import { makeStandInVoices } from "../voices/stand-in-voices.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { makeRandomModel } from "../random-language/make-model.ts";

let dir = "";
let source = "";
let modelsDir = "";
before(async () => {
  dir = await mkdtemp(join(tmpdir(), "lyssna-models-"));
  source = join(dir, "source");
  await makeDemonstrationModel(source);
});
beforeEach(async () => {
  modelsDir = await mkdtemp(join(dir, "models-"));
});
after(() => rm(dir, { recursive: true, force: true }));

const never = new AbortController().signal;
const quiet = { signal: never, report: () => {} };
const copy = async (name: string) => {
  const to = join(modelsDir, name);
  await cp(source, to, { recursive: true });
  return to;
};

describe("the catalogue", () => {
  test("recommends one model, knows KB-Whisper in all sizes, and never offers a four-bit encoder", async () => {
    const { speech } = await loadCatalog();
    assert.equal(speech.filter(({ recommended }) => recommended).length, 1);
    for (const size of ["tiny", "base", "small", "medium", "large"]) {
      assert.ok(speech.some(({ id }) => id === `kb-whisper-${size}`));
    }
    assert.ok(speech.every(({ dtype }) => !dtype.encoder.startsWith("q4")));
    assert.equal(new Set(speech.map(({ id }) => id)).size, speech.length);
  });
});

describe("models that tell voices apart", () => {
  const made = async (name: string) => makeStandInVoices(join(modelsDir, name));

  test("stand in the catalogue with two repositories, and are fetched into a folder each", async () => {
    const catalog = await loadCatalog();
    const { from } = downloadOf(catalog, "voices");
    assert.deepEqual(
      from.map(({ hub, folder }) => [folder, hub]),
      [
        ["segmentation", "onnx-community/pyannote-segmentation-3.0"],
        ["embedding", "onnx-community/wespeaker-voxceleb-resnet34-LM"],
      ],
    );
    assert.ok(from.every(({ files }) => files.some(([file]) => file === "onnx/model.onnx")));
  });

  test("are not taken for speech models, nor these for them", async () => {
    await made("roster");
    await copy("egen");
    assert.deepEqual(await listInstalledModels(modelsDir), ["egen"]);
    assert.deepEqual(await listInstalledModels(modelsDir, "voices"), ["roster"]);
    assert.equal(await findVoices(modelsDir, []), join(modelsDir, "roster"));
    await rm(join(modelsDir, "roster"), { recursive: true });
    assert.equal(await findVoices(modelsDir, []), null);
  });

  test("are taken from a folder, verified, and refused when a part is cut off", async () => {
    const stick = await made("Röster");
    const target = join(modelsDir, "t");
    const id = await importModel(stick, target, quiet);
    await verifyModel(join(target, id), id, never);
    const file = join("embedding", "onnx", "model.onnx");
    await truncate(join(stick, file), 1000);
    await assert.rejects(
      importModel(stick, target, quiet),
      ({ code, details }: LyssnaError) => code === "model-damaged" && details["file"] === "embedding/onnx/model.onnx",
    );
  });
});

describe("a model folder", () => {
  test("that is whole is accepted and found by id and by path", async () => {
    const whole = await copy("egen");
    await checkModelFolder(whole);
    const places = { modelsDir, demonstrationDir: source };
    assert.equal((await locateModel("egen", places)).dir, whole);
    assert.equal((await locateModel(whole, places)).id, "egen");
    assert.equal((await locateModel("demonstration", places)).demonstration, true);
    await assert.rejects(locateModel("saknas", places), { code: "model-missing", details: { model: "saknas" } });
  });

  for (const file of ["config.json", "tokenizer.json", "onnx/encoder_model.onnx", "onnx/decoder_model_merged.onnx"]) {
    test(`without ${file} is damaged, and so is one where it was cut off`, async () => {
      const broken = await copy("egen");
      const damaged = { code: "model-damaged", details: { model: "egen", file } };
      await truncate(join(broken, file), (await stat(join(broken, file))).size - 1);
      await assert.rejects(checkModelFolder(broken), damaged);
      await rm(join(broken, file));
      await assert.rejects(checkModelFolder(broken), damaged);
    });
  }
});

describe("a model from a folder", () => {
  test("is copied with what it needs and nothing else, and can be verified", async () => {
    const stick = await copy("Min Modell");
    await writeFile(join(stick, "hemligt.txt"), "hör inte hit");
    const fractions: number[] = [];
    const target = join(modelsDir, "target");
    const id = await importModel(stick, target, { signal: never, report: (fraction) => fractions.push(fraction) });
    assert.equal(id, "min-modell");
    assert.deepEqual(await listInstalledModels(target), [id]);
    assert.ok(!(await readdir(join(target, id))).includes("hemligt.txt"));
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
    );
    assert.equal(fractions.at(-1), 1);
    await verifyModel(join(target, id), id, never);
  });

  test("one changed byte is found by its sum", async () => {
    const id = await importModel(source, join(modelsDir, "t"), quiet);
    const path = join(modelsDir, "t", id, "onnx", "encoder_model.onnx");
    const bytes = await readFile(path);
    const at = bytes.length - 100;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await assert.rejects(verifyModel(join(modelsDir, "t", id), id, never), { code: "model-damaged" });
  });

  test("that is damaged changes nothing", async () => {
    const broken = await copy("egen");
    await rm(join(broken, "config.json"));
    await assert.rejects(importModel(broken, join(modelsDir, "t"), quiet), { code: "model-damaged" });
    assert.deepEqual(await listInstalledModels(join(modelsDir, "t")), []);
  });

  for (const id of ["../utanför", "/tmp/utanför", "..", ".dold", ""]) {
    test(`whose manifest names the place ${JSON.stringify(id)} is refused, and nothing is written`, async () => {
      const stick = await copy("egen");
      await writeFile(join(stick, "lyssna-model.json"), JSON.stringify({ lyssna: "model/1", id, files: [] }));
      const target = join(modelsDir, "inre", "t");
      await assert.rejects(importModel(stick, target, quiet), { code: "model-damaged" });
      assert.deepEqual(await readdir(join(modelsDir, "inre")).catch(() => []), []);
      assert.deepEqual(await readdir(modelsDir), ["egen"]);
    });
  }

  test("with a link in the place of a file is refused", async () => {
    const stick = await copy("egen");
    const secret = join(modelsDir, "hemligt.json");
    await writeFile(secret, "{}");
    await rm(join(stick, "generation_config.json"));
    await symlink(secret, join(stick, "generation_config.json"));
    await assert.rejects(importModel(stick, join(modelsDir, "t"), quiet), { code: "model-damaged" });
    assert.deepEqual(await listInstalledModels(join(modelsDir, "t")), []);
  });

  test("that is a language model is told from a speech model, copied and verified", async () => {
    const stick = join(modelsDir, "min-språkmodell");
    await makeRandomModel(join(stick, "nonsense.gguf"));
    const target = join(modelsDir, "t");
    const id = await importModel(stick, target, quiet);
    assert.deepEqual(await listInstalledModels(target, "language"), [id]);
    assert.deepEqual(await listInstalledModels(target), []);
    await verifyModel(join(target, id), id, never);
    await truncate(join(target, id, "nonsense.gguf"), 1000);
    await assert.rejects(checkModelFolder(join(target, id)), { code: "model-damaged" });
  });

  test("cancelled leaves nothing", async () => {
    const stop = new AbortController();
    const target = join(modelsDir, "t");
    await assert.rejects(importModel(source, target, { signal: stop.signal, report: () => stop.abort() }));
    assert.deepEqual(await readdir(target), []);
  });
});
