// What an installer carries of others: each package with its licence.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
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
