import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { test } from "node:test";
import { listFolders } from "../../electron/import/list-folder.ts";

async function folderOf(t: { after(run: () => Promise<void>): void }, names: readonly string[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "folder-"));
  t.after(() => rm(root, { recursive: true }));
  for (const name of names) {
    await mkdir(join(root, name, ".."), { recursive: true });
    await writeFile(join(root, name), "x");
  }
  return root;
}

void test("a folder gives its sound and transcripts by name; the rest is counted", async (t) => {
  const root = await folderOf(t, ["10.wav", "2.MP3", "år/ö 😀.vtt", ".dold.wav", "bild.jpg", ".git/a.wav"]);
  const { files, leftOut, closed, more } = await listFolders([root]);
  const names = files.map((file) => relative(root, file).replaceAll("\\", "/"));
  assert.deepEqual(names, ["2.MP3", "10.wav", "år/ö 😀.vtt"]);
  assert.deepEqual({ leftOut, closed, more }, { leftOut: 3, closed: 0, more: false });
});

void test("a loop of links ends", async (t) => {
  const root = await folderOf(t, ["a.wav"]);
  await symlink(root, join(root, "loop"), "junction");
  const { files, leftOut } = await listFolders([root]);
  assert.deepEqual([files, leftOut], [[join(root, "a.wav")], 1]);
});

void test("depth and number are bounded, and it is said", async (t) => {
  const root = await folderOf(t, ["a.wav", "b.wav", "c/d.wav"]);
  const few = await listFolders([root], { deepest: 8, filesMax: 1 });
  assert.deepEqual([few.files, few.more], [[join(root, "a.wav")], true]);
  const shallow = await listFolders([root], { deepest: 1, filesMax: 9 });
  assert.deepEqual([shallow.files.length, shallow.more], [2, true]);
});

void test("what the person named is handed on as it is, also when it is missing or of no known kind", async () => {
  const named = ["/missing/talk.wav", "/missing/picture.jpg"];
  assert.deepEqual((await listFolders(named)).files, named);
});
