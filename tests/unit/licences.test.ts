// What an installer carries of others: each package with its licence.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { billOfMaterials } from "../../build/sbom.ts";
import { packagesOfTheApp, writeLicences } from "../../build/licences.ts";

test("packages of main, of the window's bundle and Electron are among them, tools are not", () => {
  const places = packagesOfTheApp();
  const names = [
    "zod",
    "better-sqlite3",
    "react-dom",
    "@fontsource-variable/source-serif-4",
    "electron",
    "onnxruntime-common",
  ];
  for (const name of names) assert.ok(places.includes(`node_modules/${name}`), name);
  for (const name of ["vite", "electron-builder", "playwright-core", "oxlint"])
    assert.ok(!places.includes(`node_modules/${name}`), name);
});

test("the bill of materials holds every one of them once, the window's bundle too, and hangs together", () => {
  const bill = billOfMaterials();
  assert.deepEqual([bill.bomFormat, bill.specVersion], ["CycloneDX", "1.5"]);
  assert.match(bill.serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
  const byName = new Map(bill.components.map((component) => [component.name, component]));
  const names = [
    "zod",
    "react",
    "react-dom",
    "react-aria-components",
    "lucide-react",
    "i18next",
    "electron",
    "ffmpeg",
    "opus",
  ];
  for (const name of names) assert.ok(byName.has(name), name);
  for (const name of ["vite", "playwright-core", "fast-check"]) assert.ok(!byName.has(name), name);
  assert.equal(byName.get("better-sqlite3"), undefined, "under the name by which it is fetched");
  assert.match(
    byName.get("better-sqlite3-multiple-ciphers")?.purl ?? "",
    /^pkg:npm\/better-sqlite3-multiple-ciphers@13\./u,
  );
  assert.match(
    byName.get("@fontsource-variable/source-serif-4")?.purl ?? "",
    /^pkg:npm\/%40fontsource-variable\/source-serif-4@/u,
  );
  const refs = bill.components.map((component) => component["bom-ref"]);
  assert.equal(new Set(refs).size, refs.length);
  for (const { ref, dependsOn } of bill.dependencies)
    for (const needed of dependsOn) assert.ok(refs.includes(needed), `${ref} needs ${needed}`);
  for (const { name, version, hashes = [], licenses = [] } of bill.components) {
    assert.match(version, /^\d/u, name);
    assert.ok(
      licenses.every(({ expression }) => expression !== ""),
      name,
    );
    for (const { alg, content } of hashes) assert.equal(content.length, alg === "SHA-512" ? 128 : 64, name);
  }
  assert.deepEqual(billOfMaterials(), bill, "the same lock file, the same document");
});

test("each says its licence, and the texts that are listed are there", (t) => {
  const dir = mkdtempSync(join(tmpdir(), "lyssna-licences-"));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const licences = writeLicences(dir);
  assert.deepEqual(
    licences.filter(({ licence, texts }) => licence === null && texts.length === 0).map(({ name }) => name),
    [],
  );
  for (const text of licences.flatMap(({ texts }) => texts)) assert.ok(readFileSync(join(dir, text)).length > 0, text);
  // What may not be passed on with our licence would be found here.
  const strange = licences.filter(({ licence }) => /\b(?:AGPL|SSPL|BUSL|UNLICENSED)/u.test(licence ?? ""));
  assert.deepEqual(strange, []);
});
