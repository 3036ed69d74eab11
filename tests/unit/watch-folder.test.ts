import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { knowAll, watchFolder } from "../../electron/import/watch-folder.ts";
import { temporaryFolder } from "../sound-files.ts";

function watched(dir: string, known: readonly string[] = []) {
  const taken: string[] = [];
  let kept: readonly string[] = known;
  let fails = false;
  const paths = () => readdirSync(dir).map((name) => join(dir, name));
  const watch = watchFolder({
    list: async () => paths(),
    known,
    async take(files) {
      if (fails) throw new Error("no model");
      taken.push(...files.map((file) => file.slice(dir.length + 1)));
    },
    keep: async (marks) => void (kept = marks),
  });
  return { ...watch, taken, paths, kept: () => kept, fail: (on: boolean) => (fails = on) };
}

test("what comes is taken in once, when it no longer grows", async () => {
  using folder = temporaryFolder();
  const { look, taken } = watched(folder.dir);
  await look();
  writeFileSync(join(folder.dir, "a.wav"), "början");
  await look();
  appendFileSync(join(folder.dir, "a.wav"), " och slut");
  await look();
  assert.deepEqual(taken, []);
  await look();
  await look();
  assert.deepEqual(taken, ["a.wav"]);
});

test("what lay there before stays outside, also after a restart; what is written over comes in", async () => {
  using folder = temporaryFolder();
  const old = join(folder.dir, "gammal.wav");
  writeFileSync(old, "förr");
  const first = watched(folder.dir, await knowAll([old]));
  for (let times = 0; times < 3; times++) await first.look();
  writeFileSync(join(folder.dir, "ny.wav"), "nu");
  for (let times = 0; times < 3; times++) await first.look();
  assert.deepEqual(first.taken, ["ny.wav"]);
  const second = watched(folder.dir, first.kept());
  writeFileSync(old, "något helt annat");
  for (let times = 0; times < 3; times++) await second.look();
  assert.deepEqual(second.taken, ["gammal.wav"]);
});

test("a folder that goes away and comes back, and files that cannot be taken in yet, are no reason to stop", async () => {
  using folder = temporaryFolder();
  const dir = join(folder.dir, "diktafon");
  mkdirSync(dir);
  const { look, taken, fail } = watched(dir);
  fail(true);
  writeFileSync(join(dir, "a.wav"), "ljud");
  for (let times = 0; times < 3; times++) await look();
  rmSync(dir, { recursive: true });
  await look();
  mkdirSync(dir);
  writeFileSync(join(dir, "a.wav"), "ljud");
  fail(false);
  for (let times = 0; times < 3; times++) await look();
  assert.deepEqual(taken, ["a.wav"]);
});

test("an empty file waits until it holds something", async () => {
  using folder = temporaryFolder();
  const { look, taken } = watched(folder.dir);
  writeFileSync(join(folder.dir, "a.wav"), "");
  for (let times = 0; times < 3; times++) await look();
  assert.deepEqual(taken, []);
});
