// Packages of models to be tried: made whole once, and spoilt in every way. Tests only.
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach } from "node:test";
import JSZip from "jszip";
import { errorSentence, LyssnaError } from "../../electron/errors.ts";
import { importModel } from "../../electron/models/import-model.ts";
import { installPackage, type PackageOptions } from "../../electron/models/install-package.ts";
import { makePackage } from "../../electron/models/make-package.ts";
import { type ModelPackage, packageFile, signatureFile } from "../../electron/models/package-format.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { makeRandomModel } from "../random-language/make-model.ts";
import { makeStandInVoices } from "../voices/stand-in-voices.ts";

export const { signal } = new AbortController();
export const quiet = { signal, report: () => {} };
export const any: PackageOptions = { ...quiet, key: null, isAllowed: () => true };
export const ids = ["egen", "roster", "nonsense"];
export const pemOf = (key: KeyObject) => key.export({ type: "spki", format: "pem" }).toString();
export const ours = generateKeyPairSync("ed25519");
export const theirs = generateKeyPairSync("ed25519");
const ourPrivate = ours.privateKey.export({ type: "pkcs8", format: "pem" }).toString();

export let dir = "";
/** Where the packages are made from, and what is made once. */
export let from = "";
export let folder = "";
export let zip = "";
export let place = "";
export let target = "";

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
export async function spoilt(change: (dir: string) => Promise<unknown>): Promise<string> {
  const copy = join(place, "paket");
  await cp(folder, copy, { recursive: true });
  // Whoever changes a package cannot sign it anew: what is tested here is what comes after that.
  await rm(join(copy, signatureFile));
  await change(copy);
  return copy;
}
export async function withManifest(change: (manifest: ModelPackage) => unknown): Promise<string> {
  return spoilt(async (copy) => {
    const manifest = JSON.parse(await readFile(join(copy, packageFile), "utf8")) as ModelPackage;
    await writeFile(join(copy, packageFile), JSON.stringify(change(manifest) ?? manifest));
  });
}
export async function zipWith(
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
export const manifestOf = (files: ModelPackage["models"][number]["files"], id = "egen"): string =>
  JSON.stringify({ lyssna: "model-package/1", createdAt: "2026-03-10", models: [{ lyssna: "model/1", id, files }] });
export const listed = (path: string, bytes: Buffer) => ({
  path,
  sizeBytes: bytes.length,
  sha256: createHash("sha256").update(bytes).digest("hex"),
});

/** Refused with a sentence in both languages; nothing is there afterwards that was not before. */
export async function refused(path: string, expected: { code: string; reason?: string }, options = any): Promise<void> {
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
export const invalid = (reason: string) => ({ code: "model-package-invalid", reason });
export const damaged = { code: "model-package-damaged" };
