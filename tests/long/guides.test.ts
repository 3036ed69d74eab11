// Every command in every guide that can be typed as it stands on this machine is typed.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { commandsOf, guides, readGuide, root } from "../guides.ts";

/** These open a window, run all tests, or reach for the network. */
const elsewhere = /^npm (?:start|test$|ci|run (?:package|screenshots|format|bench|test:long))/u;
const lines = new Set(guides.flatMap((guide) => commandsOf(readGuide(guide)).map(({ line }) => line)));

for (const line of lines) {
  const isPattern = /\b[A-ZÅÄÖ]{2,}\b/u.test(line);
  const skip = elsewhere.test(line)
    ? "it opens a window, runs all tests, or packs"
    : isPattern
      ? "it has a place to fill in"
      : false;
  test(line, { skip }, () => {
    const { status, stderr } = spawnSync(line, { cwd: root, shell: true, encoding: "utf8", timeout: 10 * 60_000 });
    assert.equal(status, 0, stderr.slice(-2000));
  });
}
