import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";

const renderer = join(import.meta.dirname, "../../renderer");

test("every sheet has its place in the order of sheets", () => {
  const order = readFileSync(join(renderer, "styles/sheets.ts"), "utf8");
  const missing = globSync("**/*.css", { cwd: renderer }).filter((sheet) => {
    const folder = dirname(sheet);
    const path = folder === "styles" ? `./${basename(sheet)}` : `../${sheet}`;
    return !order.includes(`import "${path}";`);
  });
  assert.deepEqual(missing, []);
});
