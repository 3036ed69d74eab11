// The guides tell the truth: what they link to is there, and what they tell one to type exists. tests/long/guides.test.ts
// types it.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { commandsOf, guides, headingsOf, linksOf, readGuide, root, scripts } from "../guides.ts";

describe("guides", () => {
  test("there are some, in both folders", () => {
    assert.ok(guides.includes("README.md") && guides.includes("docs/developing.md"));
    assert.ok(guides.filter((path) => path.startsWith("docs/handbok/")).length >= 8);
  });

  for (const guide of guides) {
    test(`${guide}: every link leads somewhere`, () => {
      const broken = linksOf(readGuide(guide)).filter((link) => {
        const [path = "", heading] = link.split("#");
        const target = path === "" ? guide : join(dirname(guide), decodeURI(path));
        if (!existsSync(join(root, target))) return true;
        return heading !== undefined && target.endsWith(".md") && !headingsOf(readGuide(target)).has(heading);
      });
      assert.deepEqual(broken, []);
    });

    test(`${guide}: every command is one of the repository's, and the files it names are there`, () => {
      const unknown = commandsOf(readGuide(guide)).filter(({ script, args }) => {
        const named = args.filter((arg) => /^[\w-]+\/[\w./-]+\.\w+$/u.test(arg) && !arg.startsWith("out/"));
        return !scripts.has(script) || named.some((path) => !existsSync(join(root, path)));
      });
      assert.deepEqual(unknown, []);
    });
  }
});
