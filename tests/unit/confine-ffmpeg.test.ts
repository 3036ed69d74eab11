// What ffmpeg is given and what it may do, seen from inside: a script in its place tells of its own process.
import assert from "node:assert/strict";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { confine } from "../../electron/pipeline/confine-ffmpeg.ts";
import { probeSound } from "../../electron/pipeline/decode.ts";
import type { Ffmpeg } from "../../electron/pipeline/ffmpeg.ts";
import { runFfmpeg } from "../../electron/pipeline/run-ffmpeg.ts";
import { wavBytes } from "../../models/demonstration/say.ts";
import { ffmpeg, temporaryFolder, tone, withoutFfmpeg } from "../sound-files.ts";

const signal = new AbortController().signal;
const { command, args } = await confine("ffmpeg");
const has = (step: string): string | false =>
  process.platform === "linux" && [command, ...args].some((arg) => arg.endsWith(step))
    ? false
    : `this machine allows no ${step}`;

/** Runs a script where ffmpeg would be and answers what it printed. What fluent-ffmpeg asks beforehand, ffmpeg answers. */
async function asFfmpeg(dir: string, script: string): Promise<string> {
  const path = join(dir, "ffmpeg-of-the-test");
  const real = (ffmpeg as Ffmpeg).path;
  const lines = ["#!/bin/sh", `case "$1" in -formats|-encoders|-codecs|-filters) exec "${real}" "$@";; esac`, script];
  writeFileSync(path, `${lines.join("\n")}\n`);
  chmodSync(path, 0o755);
  const sound = join(dir, "ton.wav");
  writeFileSync(sound, wavBytes(tone(0.5)));
  const options = { ffmpeg: { ...(ffmpeg as Ffmpeg), path }, signal, outputOptions: ["-vn"], format: "f32le" };
  const printed: Buffer[] = [];
  for await (const chunk of runFfmpeg({ path: sound }, options)) printed.push(chunk);
  return Buffer.concat(printed).toString();
}

describe("ffmpeg's rights", { skip: withoutFfmpeg || (process.platform === "win32" && "needs a shell") }, () => {
  test(
    "its environment is PATH and nothing else",
    { skip: process.platform !== "linux" && "needs /proc" },
    async () => {
      using folder = temporaryFolder();
      process.env["LYSSNA_MARK"] = "hemligt";
      const printed = await asFfmpeg(folder.dir, "cat /proc/$$/environ");
      delete process.env["LYSSNA_MARK"];
      assert.deepEqual(
        printed.split("\0").filter((line) => line !== ""),
        [`PATH=${process.env["PATH"] ?? ""}`],
      );
    },
  );

  test("a report that the surroundings ask for is not written", async (t) => {
    using folder = temporaryFolder();
    const report = join(folder.dir, "report.log");
    const sound = join(folder.dir, "ton.wav");
    writeFileSync(sound, wavBytes(tone(0.5)));
    process.env["FFREPORT"] = `file=${report}`;
    t.after(() => delete process.env["FFREPORT"]);
    await probeSound(sound, ffmpeg as Ffmpeg, signal);
    const options = { ffmpeg: ffmpeg as Ffmpeg, signal, outputOptions: ["-vn"], format: "f32le" };
    let bytes = 0;
    for await (const chunk of runFfmpeg({ path: sound }, options)) bytes += chunk.length;
    assert.ok(bytes > 0);
    assert.equal(existsSync(report), false);
  });

  test("it writes no file and leaves no core dump", { skip: has("prlimit") }, async () => {
    using folder = temporaryFolder();
    const target = join(folder.dir, "written");
    const printed = await asFfmpeg(folder.dir, `(echo x > "${target}"); [ -s "${target}" ] || echo nothing; ulimit -c`);
    assert.equal(printed, "nothing\n0\n");
  });

  test("it has no network interface that is up", { skip: has("unshare") }, async () => {
    using folder = temporaryFolder();
    const printed = await asFfmpeg(folder.dir, "cat /proc/net/dev; echo; cat /proc/net/route");
    const interfaces = printed.match(/^\s*\S+:/gmu)?.map((name) => name.trim());
    assert.deepEqual(interfaces, ["lo:"]);
  });

  test("it gains no rights", { skip: has("setpriv") }, async () => {
    using folder = temporaryFolder();
    assert.match(await asFfmpeg(folder.dir, "cat /proc/$$/status"), /^NoNewPrivs:\s+1$/mu);
  });
});
