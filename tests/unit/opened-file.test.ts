// Which file the system means, among the arguments that it and Chromium give.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { fileAmong } from "../../electron/shell/opened-file.ts";

test("the last .lyssna file among the arguments is meant, wherever it stands; a switch and the program are none", () => {
  const folder = resolve("/home/eva");
  const file = (...args: readonly string[]) => fileAmong(["/opt/Lyssna/lyssna", ...args], folder);
  assert.equal(file(), null);
  assert.equal(file("--allow-file-access-from-files", "--original-process-start-time=13"), null);
  assert.equal(file("paket.lyssna"), resolve(folder, "paket.lyssna"));
  assert.equal(file("/srv/Mitt Paket.LYSSNA", "--type=x"), resolve("/srv/Mitt Paket.LYSSNA"));
  assert.equal(file("a.lyssna", "b.lyssna"), resolve(folder, "b.lyssna"));
  assert.equal(file("--user-data-dir=/x.lyssna", "möte.mp3", "lyssna://app"), null);
  assert.equal(fileAmong(["/opt/konstig.lyssna"], folder), null, "the program itself is no file to open");
});
