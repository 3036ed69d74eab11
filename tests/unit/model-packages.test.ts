// Model packages: made on one computer, installed on another; damaged, half, foreign and hostile ones are refused with a
// sentence, and nothing is changed.
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import JSZip from "jszip";
import { errorSentence, LyssnaError } from "../../electron/errors.ts";
import { importModel } from "../../electron/models/import-model.ts";
import { installPackage, type PackageOptions } from "../../electron/models/install-package.ts";
import { makePackage } from "../../electron/models/make-package.ts";
import { verifyModel } from "../../electron/models/model-folder.ts";
import { type ModelPackage, packageFile, signatureFile } from "../../electron/models/package-format.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { makeRandomModel } from "../random-language/make-model.ts";
import { makeStandInVoices } from "../voices/stand-in-voices.ts";

const { signal } = new AbortController();
const quiet = { signal, report: () => {} };
const any: PackageOptions = { ...quiet, key: null, isAllowed: () => true };
const ids = ["egen", "roster", "nonsense"];
const pemOf = (key: ReturnType<typeof generateKeyPairSync>["publicKey"]) =>
  key.export({ type: "spki", format: "pem" }).toString();
const ours = generateKeyPairSync("ed25519");
const theirs = generateKeyPairSync("ed25519");
const ourPrivate = ours.privateKey.export({ type: "pkcs8", format: "pem" }).toString();

let dir = "";
/** Where the packages are made from, and what is made once. */
let from = "";
let folder = "";
let zip = "";
let place = "";
let target = "";

before(async () => {
  dir = await mkdtemp(join(tmpdir(), "lyssna-packages-"));
  from = join(dir, "from");
  await makeDemonstrationModel(join(dir, "egen"));
  await importModel(join(dir, "egen"), from, quiet);
  await importModel(await makeStandInVoices(join(dir, "roster")), from, quiet);
  await makeRandomModel(join(dir, "nonsense", "nonsense.gguf"));
  await importModel(join(dir, "nonsense"), from, quiet);
  folder = await makePackage(ids, from, join(dir, "paket"), { ...quiet, signWith: ourPrivate });
  zip = await makePackage(ids, from, join(dir, "paket.zip"), { ...quiet, signWith: ourPrivate });
});
beforeEach(async () => {
  place = await mkdtemp(join(dir, "t-"));
  target = join(place, "models");
});
after(() => rm(dir, { recursive: true, force: true }));

/** A copy of the folder package to be spoilt. */
async function spoilt(change: (dir: string) => Promise<unknown>): Promise<string> {
  const copy = join(place, "paket");
  await cp(folder, copy, { recursive: true });
  // Whoever changes a package cannot sign it anew: what is tested here is what comes after that.
  await rm(join(copy, signatureFile));
  await change(copy);
  return copy;
}
async function withManifest(change: (manifest: ModelPackage) => unknown): Promise<string> {
  return spoilt(async (copy) => {
    const manifest = JSON.parse(await readFile(join(copy, packageFile), "utf8")) as ModelPackage;
    await writeFile(join(copy, packageFile), JSON.stringify(change(manifest) ?? manifest));
  });
}
async function zipWith(
  entries: Readonly<Record<string, string | Buffer>>,
  name = "fel.zip",
  options = {},
): Promise<string> {
  const made = new JSZip();
  for (const [path, bytes] of Object.entries(entries)) made.file(path, bytes, { createFolders: false, ...options });
  const path = join(place, name);
  await writeFile(path, await made.generateAsync({ type: "nodebuffer", platform: "UNIX" }));
  return path;
}
const manifestOf = (files: ModelPackage["models"][number]["files"], id = "egen"): string =>
  JSON.stringify({ lyssna: "model-package/1", createdAt: "2026-03-10", models: [{ lyssna: "model/1", id, files }] });
const listed = (path: string, bytes: Buffer) => ({
  path,
  sizeBytes: bytes.length,
  sha256: createHash("sha256").update(bytes).digest("hex"),
});

/** Refused with a sentence in both languages; nothing is there afterwards that was not before. */
async function refused(path: string, expected: { code: string; reason?: string }, options = any): Promise<void> {
  const outside = await readdir(place);
  await assert.rejects(installPackage(path, target, options), (error: unknown) => {
    assert.ok(error instanceof LyssnaError, String(error));
    assert.equal(error.code, expected.code);
    if (expected.reason !== undefined) assert.equal(error.details["reason"], expected.reason);
    for (const language of ["sv", "en"] as const) assert.doesNotMatch(errorSentence(error, language), /–|\{/u);
    return true;
  });
  assert.deepEqual(await readdir(target).catch(() => []), []);
  assert.deepEqual(
    (await readdir(place)).filter((name) => name !== "models"),
    outside.filter((name) => name !== "models"),
  );
}
const invalid = (reason: string) => ({ code: "model-package-invalid", reason });
const damaged = { code: "model-package-damaged" };

describe("a package", () => {
  for (const kind of ["folder", "zip"] as const) {
    test(`as a ${kind} carries models of every kind to another computer, byte for byte`, async () => {
      const fractions: number[] = [];
      const report = (fraction: number) => fractions.push(fraction);
      const installed = await installPackage(kind === "zip" ? zip : folder, target, { ...any, report });
      assert.deepEqual(installed.ids, ids);
      assert.match(installed.signedBy ?? "", /^(?:[0-9A-F]{4} ){3}[0-9A-F]{4}$/u);
      for (const id of ids) await verifyModel(join(target, id), id, signal);
      assert.deepEqual((await readdir(target)).toSorted(), ids.toSorted());
      assert.deepEqual(
        fractions,
        fractions.toSorted((a, b) => a - b),
      );
      assert.equal(fractions.at(-1), 1);
    });
  }

  test("packed anew by a person's own tool, compressed and with its folder's name first, is the same package", async () => {
    const made = new JSZip();
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      made.file(`Mina modeller/${path.slice(folder.length + 1)}`, await readFile(path));
    }
    made.file("__MACOSX/Mina modeller/._x", "skräp");
    const path = join(place, "ompackat.zip");
    await writeFile(path, await made.generateAsync({ type: "nodebuffer", compression: "DEFLATE" }));
    assert.deepEqual((await installPackage(path, target, any)).ids, ids);
  });

  test("is found on a stick that is chosen as a whole; of several one has to be chosen", async () => {
    await cp(zip, join(place, "paket.zip"));
    await writeFile(join(place, "foton.zip"), "inget zip");
    assert.deepEqual((await installPackage(place, target, any)).ids, ids);
    await rm(target, { recursive: true });
    await cp(folder, join(place, "till"), { recursive: true });
    await refused(place, { code: "model-package-several" });
  });

  test("from a share that can only be read is copied, not used in place", async () => {
    await installPackage(folder, target, any);
    await rename(folder, `${folder}-borta`);
    await verifyModel(join(target, "egen"), "egen", signal);
    await rename(`${folder}-borta`, folder);
  });

  test("gives only what is allowed, and what is missing where nobody asked just now", async () => {
    const some = { ...any, isAllowed: (id: string) => id !== "egen" };
    assert.deepEqual((await installPackage(zip, target, some)).ids, ["roster", "nonsense"]);
    assert.deepEqual((await installPackage(zip, target, { ...any, onlyMissing: true })).ids, ["egen"]);
    assert.deepEqual((await installPackage(zip, target, { ...any, onlyMissing: true })).ids, []);
  });

  test("with nothing in it that is allowed changes nothing", async () => {
    await refused(zip, { code: "package-forbidden" }, { ...any, isAllowed: () => false });
  });

  test("stopped halfway leaves nothing", async () => {
    const stop = new AbortController();
    const stopping = { ...any, signal: stop.signal, report: () => stop.abort() };
    await refused(zip, { code: "cancelled" }, stopping);
  });
});

describe("making a package", () => {
  test("goes into a folder of its own where the place is there already, and writes over nothing", async () => {
    const made = await makePackage(["nonsense"], from, place, quiet);
    assert.equal(made, join(place, "lyssna-modeller"));
    await assert.rejects(makePackage(["nonsense"], from, place, quiet), { code: "already-there" });
    await assert.rejects(makePackage(["nonsense"], from, join(from, "x"), quiet), { code: "already-there" });
  });

  test("of a model with a wrong byte stops, and leaves nothing half", async () => {
    const models = join(place, "spoilt");
    await cp(from, models, { recursive: true });
    const path = join(models, "egen", "onnx", "encoder_model.onnx");
    const bytes = await readFile(path);
    bytes[bytes.length - 100] = (bytes.at(-100) ?? 0) ^ 1;
    await writeFile(path, bytes);
    for (const out of ["ut", "ut.zip"]) {
      await assert.rejects(makePackage(["nonsense", "egen"], models, join(place, out), quiet), {
        code: "model-damaged",
      });
      assert.deepEqual(await readdir(place), ["spoilt"]);
    }
  });

  test("of what is not there, with a key that is none, or stopped, leaves nothing", async () => {
    const out = join(place, "ut.zip");
    await assert.rejects(makePackage(["saknas"], from, out, quiet), { code: "model-missing" });
    await assert.rejects(makePackage(["egen"], from, out, { ...quiet, signWith: "nej" }), {
      code: "signing-key-invalid",
    });
    const stop = new AbortController();
    const stopping = { signal: stop.signal, report: () => stop.abort() };
    await assert.rejects(makePackage(["egen"], from, out, stopping), { code: "cancelled" });
    await assert.rejects(makePackage(["egen"], from, join(place, "saknas", "ut.zip"), quiet), { code: "cannot-write" });
    assert.deepEqual(await readdir(place), []);
  });
});

describe("who vouches for a package", () => {
  const demanded = { ...any, key: pemOf(ours.publicKey) };

  test("is checked where the organisation demands it", async () => {
    assert.deepEqual((await installPackage(zip, target, demanded)).ids, ids);
  });

  test("nobody, or somebody else: refused", async () => {
    const signature = "model-package-signature";
    await refused(await spoilt(async () => {}), { code: signature, reason: "signature-missing" }, demanded);
    const other = { ...any, key: pemOf(theirs.publicKey) };
    await refused(zip, { code: signature, reason: "signature-other" }, other);
  });

  test("a list of contents that was changed after it was signed is refused, demanded or not", async () => {
    const copy = await spoilt(async (made) => {
      await cp(join(folder, signatureFile), join(made, signatureFile));
      const manifest = await readFile(join(made, packageFile), "utf8");
      await writeFile(join(made, packageFile), manifest.replace("model-package/1", "model-package/1 ".trim()) + "\n");
    });
    await refused(copy, { code: "model-package-signature", reason: "signature-wrong" });
    await writeFile(join(copy, signatureFile), "{}");
    await refused(copy, { code: "model-package-signature", reason: "signature-wrong" });
  });

  test("signed, but with another file than was signed for: refused", async () => {
    const copy = await spoilt(async (made) => {
      await cp(join(folder, signatureFile), join(made, signatureFile));
      await writeFile(
        join(made, "egen", "config.json"),
        await readFile(join(folder, "egen", "generation_config.json")),
      );
    });
    await refused(copy, damaged, demanded);
  });
});

describe("a package that is damaged or half", () => {
  test("one wrong byte, a file cut off, a file too long, a file that is missing", async () => {
    const path = join("egen", "onnx", "encoder_model.onnx");
    const changes: readonly ((made: string) => Promise<unknown>)[] = [
      async (made) => {
        const bytes = await readFile(join(made, path));
        bytes[1000] = (bytes[1000] ?? 0) ^ 1;
        await writeFile(join(made, path), bytes);
      },
      (made) => truncate(join(made, path), 1000),
      async (made) => writeFile(join(made, path), Buffer.concat([await readFile(join(made, path)), Buffer.alloc(9)])),
      (made) => rm(join(made, path)),
    ];
    for (const change of changes) {
      await refused(await spoilt(change), damaged);
      await rm(join(place, "paket"), { recursive: true });
    }
  });

  test("a zip that was cut off anywhere", async () => {
    const whole = await readFile(zip);
    for (const share of [0.01, 0.3, 0.7, 0.999]) {
      const cut = join(place, "halv.zip");
      await writeFile(cut, whole.subarray(0, Math.floor(whole.length * share)));
      await refused(cut, invalid("package-unreadable"));
    }
  });

  test("a zip with one wrong byte in a file", async () => {
    const bytes = await readFile(zip);
    const at = bytes.indexOf("egen/onnx/encoder_model.onnx") + 5000;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const path = join(place, "fel.zip");
    await writeFile(path, bytes);
    await refused(path, damaged);
  });

  test("models that are right by their sums and are no models", async () => {
    const bytes = Buffer.from("{}");
    const path = await zipWith({
      [packageFile]: manifestOf([listed("config.json", bytes)]),
      "egen/config.json": bytes,
    });
    await refused(path, damaged);
  });
});

describe("what is no package", () => {
  test("a text, an empty file, another zip, an empty folder, nothing at all", async () => {
    const text = join(place, "brev.zip");
    await writeFile(text, "Hej");
    await refused(text, invalid("package-unreadable"));
    await writeFile(text, "");
    await refused(text, invalid("package-unreadable"));
    await refused(await zipWith({ "bild.jpg": "x" }), invalid("package-none"));
    await mkdir(join(place, "tom"));
    await refused(join(place, "tom"), invalid("package-none"));
    await refused(join(place, "saknas"), { code: "file-not-found" });
  });

  test("one of a newer version, and one with a list that makes no sense", async () => {
    await refused(await withManifest((all) => ({ ...all, lyssna: "model-package/2" })), invalid("package-newer"));
    const senseless: readonly ((all: ModelPackage) => unknown)[] = [
      () => [],
      (all) => ({ ...all, models: [] }),
      (all) => ({ ...all, models: all.models.map((model) => ({ ...model, id: "demonstration" })).slice(0, 1) }),
      (all) => ({ ...all, models: all.models.map((model) => ({ ...model, files: [] })) }),
      (all) => ({ ...all, models: [{ ...all.models[0], files: [listed("lyssna-model.json", Buffer.from("{}"))] }] }),
      (all) => ({
        ...all,
        models: [{ ...all.models[0], files: [{ path: "a", sizeBytes: -1, sha256: "0".repeat(64) }] }],
      }),
    ];
    for (const change of senseless) {
      await rm(join(place, "paket"), { recursive: true, force: true });
      await refused(await withManifest(change), invalid("package-manifest"));
    }
    await rm(join(place, "paket"), { recursive: true });
    await refused(await spoilt((made) => writeFile(join(made, packageFile), "{")), invalid("package-manifest"));
    await refused(
      await spoilt((made) => writeFile(join(made, packageFile), " ".repeat(2 << 20))),
      invalid("package-manifest"),
    );
  });
});

describe("a hostile package", () => {
  const bytes = Buffer.from("ond");

  for (const path of [
    "../ond",
    "/tmp/ond",
    "a/../../ond",
    "..",
    "a//b",
    "c:ond",
    "a\\..\\ond",
    "con",
    "a/nul.json",
    "a.",
    ".dold",
  ]) {
    test(`that names the file ${JSON.stringify(path)} is refused`, async () => {
      await refused(
        await withManifest((all) => ({ ...all, models: [{ ...all.models[0], files: [listed(path, bytes)] }] })),
        invalid("package-manifest"),
      );
    });
  }
  for (const id of ["../ond", "/ond", "..", "", "a/b", ".ond"]) {
    test(`that calls a model ${JSON.stringify(id)} is refused`, async () => {
      await refused(
        await withManifest((all) => ({ ...all, models: [{ ...all.models[0], id }] })),
        invalid("package-manifest"),
      );
    });
  }

  test("with an entry that leads elsewhere is refused, whether it is listed or not", async () => {
    // JSZip cleans names: they are spoilt in the bytes, where they stand twice.
    const clean = await zipWith({
      [packageFile]: manifestOf([listed("config.json", bytes)]),
      "egen/config.json": bytes,
      "xx/yy/ond": "ond",
    });
    for (const name of ["../../ond", "/x/yy/ond", "..\\yy\\ond"]) {
      const all = (await readFile(clean)).toString("latin1").replaceAll("xx/yy/ond", name);
      await writeFile(clean, Buffer.from(all, "latin1"));
      await refused(clean, invalid("package-name"));
      await writeFile(clean, Buffer.from(all.replaceAll(name, "xx/yy/ond"), "latin1"));
    }
  });

  test("with a link in the place of a file, or of a folder, is refused", async () => {
    const secret = join(dir, "hemligt");
    await mkdir(secret, { recursive: true });
    await writeFile(join(secret, "config.json"), await readFile(join(folder, "egen", "config.json")));
    const file = await spoilt(async (made) => {
      await rm(join(made, "egen", "config.json"));
      await symlink(join(secret, "config.json"), join(made, "egen", "config.json"));
    });
    await refused(file, invalid("package-link"));
    await rm(file, { recursive: true });
    const whole = await spoilt(async (made) => {
      await rename(join(made, "egen"), join(place, "annan"));
      await symlink(join(place, "annan"), join(made, "egen"));
    });
    await refused(whole, invalid("package-link"));
    const packed = await zipWith(
      { [packageFile]: manifestOf([listed("config.json", bytes)]), "egen/config.json": "/etc/passwd" },
      "l.zip",
      {
        unixPermissions: 0o120777,
      },
    );
    await refused(packed, invalid("package-link"));
  });

  test("with two files of the same name, also where only some systems take them for the same, is refused", async () => {
    const twice = [listed("config.json", bytes), listed("Config.json", bytes)];
    await refused(
      await withManifest((all) => ({ ...all, models: [{ ...all.models[0], files: twice }] })),
      invalid("package-twice"),
    );
    await rm(join(place, "paket"), { recursive: true });
    await refused(
      await withManifest((all) => ({ ...all, models: [all.models[0], all.models[0]] })),
      invalid("package-twice"),
    );
    await refused(await zipWith({ [packageFile]: "{}", "egen/a": "1", "EGEN/A": "2" }), invalid("package-twice"));
  });

  test("that unpacks to a thousand times its size is stopped at what it claimed", async () => {
    const bomb = Buffer.alloc(64 << 20);
    const claimed = { path: "nonsense.gguf", sizeBytes: 1000, sha256: "0".repeat(64) };
    const made = new JSZip();
    made.file(packageFile, manifestOf([claimed], "bomb"));
    made.file("bomb/nonsense.gguf", bomb);
    const path = join(place, "bomb.zip");
    await writeFile(path, await made.generateAsync({ type: "nodebuffer", compression: "DEFLATE" }));
    await refused(path, damaged);
    // And where the zip lies about it too.
    const all = await readFile(path);
    const directory = all.lastIndexOf(Buffer.from("bomb/nonsense.gguf")) - 46;
    all.writeUInt32LE(1000, directory + 24);
    await writeFile(path, all);
    await refused(path, damaged);
  });

  test("that claims more than the disk has room for is refused before anything is copied", async () => {
    const huge = { path: "nonsense.gguf", sizeBytes: 9e11, sha256: "0".repeat(64) };
    const copy = await withManifest((all) => ({ ...all, models: [{ ...all.models[2], files: [huge] }] }));
    // Without content: it takes no room itself.
    await truncate(join(copy, "nonsense", "nonsense.gguf"), 9e11);
    await refused(copy, { code: "model-no-room" });
  });

  test("with thousands of entries is refused", async () => {
    const many = new JSZip();
    for (let at = 0; at < 6000; at++) many.file(`f${at}`, "");
    many.file(packageFile, "{}");
    const path = join(place, "manga.zip");
    await writeFile(path, await many.generateAsync({ type: "nodebuffer" }));
    await refused(path, invalid("package-none"));
  });
});
