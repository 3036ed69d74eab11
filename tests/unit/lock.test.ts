import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { lockFolder } from "../../electron/store/lock.ts";
import { temporaryFolder } from "./store-fixtures.ts";

const locked = { code: "store-locked" };

test("a folder is one instance's at a time, in the same process too", async () => {
  const dir = temporaryFolder();
  const lock = await lockFolder(dir);
  await assert.rejects(lockFolder(dir), locked);
  await lockFolder(join(dir, "another")).then((other) => other.release());
  await lock.release();
  await lock.release();
  await (await lockFolder(dir)).release();
});

test("a lock held by another process is respected, and free as soon as that process is killed", async (t) => {
  const dir = temporaryFolder();
  const child = spawn(process.execPath, [join(import.meta.dirname, "lock-holder.ts"), dir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => child.kill("SIGKILL"));
  await once(child.stdout, "data");
  await assert.rejects(lockFolder(dir), locked);
  child.kill("SIGKILL");
  await once(child, "exit");
  await (await lockFolder(dir)).release();
});

test("a folder that cannot be made says so", async () => {
  const file = join(temporaryFolder(), "a file");
  writeFileSync(file, "");
  await assert.rejects(lockFolder(join(file, "folder")), { code: "cannot-write" });
});
