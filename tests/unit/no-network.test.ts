// The main job without a network: in a namespace without interfaces, and under a trace of the system calls that reach out.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { say, wavBytes } from "../../models/demonstration/say.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";
import { temporaryFolder, withoutFfmpeg } from "../sound-files.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const works = (command: string, args: readonly string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: "ignore", timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
};
const withoutNamespace: string | false = works("unshare", ["-n", "true"])
  ? false
  : "this machine does not let a process leave the network (unshare -n)";
const withoutStrace: string | false = works("strace", ["-o", "/dev/null", "true"])
  ? false
  : "there is no strace on this machine, or it may not be used";

const folder = temporaryFolder();
const recording = join(folder.dir, "samtal.wav");
before(() => writeFileSync(recording, wavBytes(say("Jag kan inte betala hyran.", loadVoice()))));
after(() => folder[Symbol.dispose]());

/** Sound to documents and to an encrypted folder, by `lyssna process` behind another command. */
function mainJob(command: string, args: readonly string[], name: string) {
  const out = join(folder.dir, name);
  const job = ["process", recording, "--template", "minnesanteckningar", "--model", "demonstration", "--out", out];
  const store = ["--data", join(folder.dir, `${name}-data`), "--key-file", join(folder.dir, `${name}-key`)];
  const cli = [process.execPath, "--disable-warning=ExperimentalWarning", "electron/cli.ts", ...job, ...store];
  const { status, stderr } = spawnSync(command, [...args, ...cli], { cwd: root, encoding: "utf8", timeout: 240_000 });
  assert.equal(status, 0, stderr);
  return readdirSync(out);
}

const made = ["samtal.docx", "samtal.md", "samtal.summary.json", "samtal.transcript.json", "samtal.vtt"];

/** Calls that would leave the machine: to any but a local address family. */
const reachingOut = (trace: string): readonly string[] =>
  trace
    .split("\n")
    .filter((line) => /\b(?:connect|sendto|sendmsg)\(/u.test(line) && /sa_family=AF_INET6?\b/u.test(line));

describe("without a network", { skip: withoutFfmpeg }, () => {
  test("the main job is done in a namespace that has no interface", { skip: withoutNamespace }, () => {
    assert.deepEqual(mainJob("unshare", ["-n"], "apart").toSorted(), made);
  });

  test("no process of the main job asks the system for a connection", { skip: withoutStrace }, () => {
    const trace = join(folder.dir, "trace");
    const args = ["-f", "-qq", "-e", "trace=connect,sendto,sendmsg,execve", "-o", trace];
    assert.deepEqual(mainJob("strace", args, "traced").toSorted(), made);
    const text = readFileSync(trace, "utf8");
    assert.match(text, /execve\("[^"]*ffmpeg"/u, "children are followed");
    assert.deepEqual(reachingOut(text), []);
  });

  test("a connection would be seen", { skip: withoutStrace }, () => {
    const trace = join(folder.dir, "seen");
    const script = "require('node:net').connect(9, '127.0.0.1').on('error', () => {})";
    spawnSync("strace", ["-f", "-qq", "-e", "trace=connect", "-o", trace, process.execPath, "-e", script]);
    assert.equal(reachingOut(readFileSync(trace, "utf8")).length > 0, true);
  });
});
