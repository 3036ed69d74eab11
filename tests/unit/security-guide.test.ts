// docs/security.md names a test for each promise: each is there under that name, and none is left to itself.
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readGuide, root } from "../guides.ts";

const named = [...readGuide("docs/security.md").matchAll(/`(tests\/[\w/-]+\.test\.ts)`: ([^|\n]+?) \|$/gmu)].map(
  ([, path = "", title = ""]) => ({ path, title }),
);

test("every test that the guide names is there", () => {
  assert.ok(named.length > 20, String(named.length));
  const gone = named.filter(({ path, title }) => {
    if (!existsSync(join(root, path))) return true;
    // Titles of a series end in what differs.
    const [start = ""] = title.split(": sound-damaged");
    return !readFileSync(join(root, path), "utf8").includes(start);
  });
  assert.deepEqual(gone, []);
});

test("each point of Electron's checklist has its row", () => {
  const numbers = [...readGuide("docs/security.md").matchAll(/^\| (\d+) \|/gmu)].map(([, number]) => Number(number));
  assert.deepEqual(
    numbers,
    Array.from({ length: 20 }, (_, at) => at + 1),
  );
});

test("nothing is handed to the system's browser", () => {
  const callers = globSync(["electron/**/*.ts", "renderer/**/*.{ts,tsx}"], { cwd: root }).filter((path) =>
    /\bopenExternal\s*\(/u.test(readFileSync(join(root, path), "utf8")),
  );
  assert.deepEqual(callers, []);
});
