import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type KeyProtector, loadOrCreateKeyFile, loadOrCreateWrappedKey } from "../../electron/store/key.ts";
import { subkey } from "../../electron/store/subkeys.ts";
import { filesIn, temporaryFolder } from "./store-fixtures.ts";

/** A keychain of one user: it opens only what it wrapped. */
function keychain(mask: number): KeyProtector {
  const turn = (bytes: Uint8Array) => bytes.map((byte) => byte ^ mask);
  return {
    available: async () => true,
    wrap: async (bytes) => new Uint8Array([mask, ...turn(bytes)]),
    unwrap: async (bytes) => {
      if (bytes[0] !== mask) throw new Error("not mine");
      return turn(bytes.subarray(1));
    },
  };
}

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

describe("key in the keychain", () => {
  test("is made once, kept only wrapped, and unwrapped again", async () => {
    const path = join(temporaryFolder(), "key.json");
    const key = await loadOrCreateWrappedKey(path, keychain(7));
    assert.equal(key.length, 32);
    assert.deepEqual(await loadOrCreateWrappedKey(path, keychain(7)), key);
    const file = readFileSync(path);
    for (const encoding of ["hex", "base64"] as const) {
      assert.equal(file.includes(Buffer.from(key).toString(encoding)), false);
    }
    assert.equal(file.includes(Buffer.from(key)), false);
  });

  test("of another user or computer is refused and left as it is", async () => {
    const path = join(temporaryFolder(), "key.json");
    await loadOrCreateWrappedKey(path, keychain(7));
    const before = readFileSync(path);
    await assert.rejects(loadOrCreateWrappedKey(path, keychain(8)), { code: "store-key-wrong" });
    assert.deepEqual(readFileSync(path), before);
    writeFileSync(path, "{}");
    await assert.rejects(loadOrCreateWrappedKey(path, keychain(7)), { code: "store-key-wrong" });
    assert.equal(readFileSync(path, "utf8"), "{}");
  });

  test("without a keychain nothing is made", async () => {
    const dir = temporaryFolder();
    for (const available of [async () => false, async () => Promise.reject(new Error("locked"))]) {
      const attempt = loadOrCreateWrappedKey(join(dir, "key.json"), { ...keychain(7), available });
      await assert.rejects(attempt, { code: "keychain-missing" });
    }
    assert.deepEqual(filesIn(dir), []);
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
