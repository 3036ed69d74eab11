// The whole app, its window and all, in a network namespace that has no interface: the main job is done all the same.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { test } from "node:test";
import { build } from "../../build/build.ts";
import { skipSound } from "../e2e/launch-app.ts";
import { root } from "../guides.ts";

const works = (): boolean => {
  try {
    execFileSync("unshare", ["-n", "true"], { stdio: "ignore", timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
};
const skip = skipSound || (works() ? false : "this machine does not let a process leave the network (unshare -n)");

test("the window's main job without a network", { skip, timeout: 10 * 60_000 }, async () => {
  await build(() => {});
  const apart = (...args: readonly string[]) =>
    spawnSync("unshare", ["-n", process.execPath, "--disable-warning=ExperimentalWarning", ...args], {
      cwd: root,
      encoding: "utf8",
      // A run of its own, not a part of this one.
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    });
  const interfaces = apart("-p", "Object.values(os.networkInterfaces()).flat().length");
  assert.equal(interfaces.stdout.trim(), "0");
  const { status, stdout } = apart("--test", "--test-reporter=spec", "tests/e2e/main-job.test.ts");
  assert.equal(status, 0, stdout.slice(-3000));
  assert.match(stdout, /pass [1-9]/u);
  assert.match(stdout, /fail 0/u);
});
