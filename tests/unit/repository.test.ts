import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const noGit = existsSync(join(root, ".git")) ? false : "not a git clone: the tracked files cannot be listed";

interface LockEntry {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
  readonly integrity?: string;
}

const readJson = (name: string) => JSON.parse(readFileSync(join(root, name), "utf8"));

describe("repository", () => {
  test("every dependency has a line in the README's table", () => {
    const { dependencies, devDependencies, optionalDependencies } = readJson("package.json");
    const readme = readFileSync(join(root, "README.md"), "utf8").split("\n");
    const rows = readme.filter((line) => line.startsWith("|")).join("\n");
    const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
      (name) => !name.startsWith("@types/"),
    );
    assert.ok(names.length > 20);
    assert.deepEqual(
      names.filter((name) => !rows.includes(`\`${name}\``)),
      [],
    );
  });

  test("the lock file holds the native packages of every platform, and names no registry", () => {
    const packages: Record<string, LockEntry> = readJson("package-lock.json").packages;
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) =>
          packages[`node_modules/${name}`] === undefined && packages[`${path}/node_modules/${name}`] === undefined,
      ),
    );
    assert.deepEqual(missing, [], "npm ci refuses such a lock file; make it anew without node_modules");
    const addressed = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined);
    assert.deepEqual(
      addressed.map(([path]) => path),
      [],
    );
    const unsealed = Object.entries(packages).filter(([path, { integrity }]) => path !== "" && integrity === undefined);
    assert.deepEqual(
      unsealed.map(([path]) => path),
      [],
    );
  });

  test("no tracked file names a machine's own folders or a registry's host", { skip: noGit }, () => {
    // Written in pieces, so that this file does not find itself.
    const forbidden = [
      ["/wo", "rk/"],
      ["/ro", "ot/"],
      ["/home", "/runner/"],
      ["registry.", "npmjs"],
      ["_auth", "Token"],
    ];
    const found = trackedFiles().flatMap((file) => {
      const content = readFileSync(join(root, file), "latin1");
      const words = forbidden.map((pieces) => pieces.join("")).filter((word) => content.includes(word));
      return words.map((word) => `${file}: ${word}`);
    });
    assert.deepEqual(found, []);
  });

  test("nothing that is made is tracked, and no file is large", { skip: noGit }, () => {
    const files = trackedFiles();
    const made = /^(node_modules|dist|out|\.cache)\/|(^|\/)\.npmrc$|\.(onnx|gguf|sqlite3?|db|log)$/u;
    assert.deepEqual(
      files.filter((file) => made.test(file) && !file.startsWith("tests/fixtures/")),
      [],
    );
    const largestBytes = 4 * 1024 * 1024;
    assert.deepEqual(
      files.filter((file) => statSync(join(root, file)).size > largestBytes),
      [],
    );
  });

  test("the licence is the one that package.json names", () => {
    assert.equal(readJson("package.json").license, "EUPL-1.2");
    assert.match(readFileSync(join(root, "LICENSE"), "utf8"), /^EUROPEAN UNION PUBLIC LICENCE v\. 1\.2/u);
  });
});

function trackedFiles(): string[] {
  const output = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" });
  return output.split("\0").filter((file) => file !== "" && existsSync(join(root, file)));
}
