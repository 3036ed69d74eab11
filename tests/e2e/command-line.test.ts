// The installed app as its own command line (`--cli`): the same commands, without a window.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { electronPath } from "../../build/electron-binary.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const register = new URL("../stand-in/register.ts", import.meta.url).href;
let profile = "";

before(async () => {
  profile = await mkdtemp(join(tmpdir(), "lyssna-cli-"));
});
after(() => rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));

interface Outcome {
  readonly code: number | null;
  readonly out: string;
}

/** Without a host: a command line shows no window. */
function run(args: readonly string[]): Promise<Outcome> {
  const electron = electronPath();
  const child =
    electron === null
      ? spawn(
          process.execPath,
          ["--import", register, join(root, "dist/electron/main.js"), `--user-data-dir=${profile}`, "--cli", ...args],
          { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
        )
      : spawn(electron, [root, `--user-data-dir=${profile}`, "--cli", ...args], {
          stdio: ["ignore", "pipe", "inherit"],
        });
  let out = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (out += text));
  return new Promise((done) => child.on("close", (code) => done({ code, out })));
}

describe("the app with --cli", () => {
  test("every file that the sources carry beside their code is in the built app", () => {
    const carried = globSync("electron/**/*.{json,md,txt,css,html}", { cwd: root });
    assert.ok(carried.length > 60 && carried.some((path) => path.endsWith(".md")));
    assert.deepEqual(
      carried.filter((path) => !path.endsWith("README.md") && !existsSync(join(root, "dist", path))),
      [],
    );
  });

  test("a command's result is on standard output, and nothing else", async () => {
    const { code, out } = await run(["templates", "list"]);
    assert.equal(code, 0);
    assert.match(out, /journalanteckning/u);
  });

  test("a wrong command ends with the code for wrong use", async () => {
    assert.deepEqual(await run(["burn"]), { code: 2, out: "" });
  });
});
