// Which file the system means, among the arguments that it and Chromium give.
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { resolve } from "node:path";
import { test } from "node:test";
import { fileAmong, watchOpenedFiles } from "../../electron/shell/opened-file.ts";

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

test("files that come before there is anybody to show them are handed over, the last one, and once", () => {
  const app = new EventEmitter();
  const files = watchOpenedFiles(app as unknown as Electron.App);
  let fronts = 0;
  files.listen(() => (fronts += 1));
  const event = { preventDefault: () => (prevented += 1) };
  let prevented = 0;
  app.emit("open-file", event, "/a.lyssna");
  app.emit("second-instance", {}, ["/opt/lyssna", "b.lyssna"], resolve("/home/eva"));
  const shown: string[] = [];
  files.handTo((path) => shown.push(path));
  app.emit("second-instance", {}, ["/opt/lyssna"], resolve("/home/eva"));
  app.emit("open-file", event, "/c.lyssna");
  assert.deepEqual(shown, [resolve("/home/eva", "b.lyssna"), "/c.lyssna"]);
  assert.deepEqual([fronts, prevented], [4, 2]);
});
