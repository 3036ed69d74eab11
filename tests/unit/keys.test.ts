import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { loadOrCreateKeyFile } from "../../electron/store/key.ts";
import { subkey } from "../../electron/store/subkeys.ts";
import { filesIn, temporaryFolder } from "./store-fixtures.ts";

describe("key file", () => {
  test("is made once, 32 random bytes, for its owner only, and read again", async () => {
    const dir = temporaryFolder();
    const path = join(dir, "under", "nyckel");
    const key = await loadOrCreateKeyFile(path);
    assert.equal(key.length, 32);
    assert.deepEqual(await loadOrCreateKeyFile(path), key);
    if (process.platform !== "win32") assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.notDeepEqual(await loadOrCreateKeyFile(join(dir, "annan")), key);
    assert.equal(filesIn(dir).length, 2, "no partial file is left");
  });

  test("two that make it at the same time get the same key", async () => {
    const path = join(temporaryFolder(), "nyckel");
    const keys = await Promise.all([loadOrCreateKeyFile(path), loadOrCreateKeyFile(path), loadOrCreateKeyFile(path)]);
    assert.deepEqual(keys[1], keys[0]);
    assert.deepEqual(keys[2], keys[0]);
  });

  test("that is not a key is refused and left as it is", async () => {
    const path = join(temporaryFolder(), "nyckel");
    for (const text of ["", "abc", "z".repeat(64), "a".repeat(63), "a".repeat(65)]) {
      writeFileSync(path, text);
      await assert.rejects(loadOrCreateKeyFile(path), { code: "store-key-wrong" });
      assert.equal(readFileSync(path, "utf8"), text);
    }
  });
});

test("each use of the folder's key has a key of its own", () => {
  const folderKey = new Uint8Array(32).fill(1);
  const keys = (["database", "sound", "check"] as const).map((use) =>
    Buffer.from(subkey(folderKey, use)).toString("hex"),
  );
  assert.equal(new Set([...keys, Buffer.from(folderKey).toString("hex")]).size, 4);
  assert.throws(() => subkey(new Uint8Array(31), "database"), RangeError);
});
