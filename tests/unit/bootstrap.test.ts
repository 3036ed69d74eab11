import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "lyssna-bootstrap-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** No registry answers here. */
const closedNetwork = {
  npm_config_registry: "http://127.0.0.1:9/",
  npm_config_cache: join(folder, "cache"),
  npm_config_fetch_retries: "0",
  npm_config_update_notifier: "false",
};

function bootstrap(repository: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, [join(repository, "build", "bootstrap.mjs"), ...args], {
    encoding: "utf8",
    env: { ...process.env, ...closedNetwork, ...env },
  });
}

/** A repository of its own with the bootstrap, a lock file that asks for nothing, and `source` as its command line. */
function repositoryWith(name: string, source: string): string {
  const repository = join(folder, name);
  for (const part of ["build", "electron", "node_modules"]) mkdirSync(join(repository, part), { recursive: true });
  cpSync(join(root, "build", "bootstrap.mjs"), join(repository, "build", "bootstrap.mjs"));
  const lock = JSON.stringify({ name, lockfileVersion: 3, packages: {} });
  writeFileSync(join(repository, "package.json"), JSON.stringify({ name, type: "module", optionalDependencies: {} }));
  writeFileSync(join(repository, "package-lock.json"), lock);
  writeFileSync(join(repository, "node_modules", ".package-lock.json"), lock);
  writeFileSync(join(repository, "electron", "cli.ts"), source);
  return repository;
}

describe("bootstrap", () => {
  test("an unknown target is refused with the list of targets", () => {
    const result = bootstrap(root, ["nonsense"]);
    assert.equal(result.status, 2);
    assert.match(result.stderr, /start\|demo\|test/u);
    assert.equal(result.stdout, "");
  });

  test("what is installed runs without a network, from where the person stands, with the target's exit code", () => {
    const source =
      "process.stdout.write(JSON.stringify([process.cwd(), process.argv.slice(2)])); process.exitCode = 3;";
    const repository = repositoryWith("installed", source);
    const result = bootstrap(repository, ["lyssna", "a b", "--x=å"], { INIT_CWD: folder });
    assert.equal(result.stderr, "");
    assert.equal(result.status, 3);
    const [cwd, args] = JSON.parse(result.stdout);
    assert.deepEqual(args, ["a b", "--x=å"]);
    assert.ok(cwd.endsWith(folder.split(/[\\/]/u).at(-1)));
  });

  test("a bare clone without a network says in a sentence what is needed, on stderr", () => {
    const repository = join(folder, "bare");
    mkdirSync(join(repository, "build"), { recursive: true });
    for (const file of ["package.json", "package-lock.json", "build/bootstrap.mjs"]) {
      cpSync(join(root, file), join(repository, file));
    }
    const result = bootstrap(repository, ["lyssna", "--version"]);
    assert.equal(result.status, 1);
    assert.match(result.stderr, /The first run needs an npm registry/u);
    assert.equal(result.stdout, "");
    assert.equal(existsSync(join(repository, ".cache", "install.lock")), false);
  });

  test(
    "a signal reaches the target and its end is the bootstrap's",
    { skip: process.platform === "win32" && "Windows has no such signals" },
    async () => {
      const marker = join(folder, "ended");
      const source = `
      import { writeFileSync } from "node:fs";
      process.on("SIGTERM", () => { writeFileSync(${JSON.stringify(marker)}, "gently"); process.exit(130); });
      setInterval(() => {}, 1000);
      process.stdout.write("ready");`;
      const repository = repositoryWith("signal", source);
      const child = spawn(process.execPath, [join(repository, "build", "bootstrap.mjs"), "lyssna"]);
      await new Promise((ready) => child.stdout.once("data", ready));
      child.kill("SIGTERM");
      const code = await new Promise((exited) => child.once("exit", exited));
      assert.equal(code, 130);
      assert.equal(readFileSync(marker, "utf8"), "gently");
    },
  );
});
