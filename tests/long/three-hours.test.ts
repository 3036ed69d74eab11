import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { makeDemonstrationRecording, demonstrationScript } from "../../models/demonstration/recording.ts";
import { makeWithFfmpeg, temporaryFolder, withoutFfmpeg } from "../sound-files.ts";
import { wordsOf } from "../word-error-rate.ts";

const cli = fileURLToPath(new URL("../../electron/cli.ts", import.meta.url));
const needsLinux = process.platform === "linux" ? withoutFfmpeg : "reads memory from /proc";
const repeats = 131;

/** Largest resident memory of a process and its children so far, in megabytes by process. */
function peaks(pid: number, into: Map<number, number>): void {
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/u.test(name))) {
    try {
      const status = readFileSync(`/proc/${entry}/status`, "utf8");
      const parent = Number(/^PPid:\s+(\d+)/mu.exec(status)?.[1]);
      if (Number(entry) !== pid && parent !== pid) continue;
      into.set(Number(entry), Number(/^VmHWM:\s+(\d+)/mu.exec(status)?.[1]) / 1000);
    } catch {
      // It ended while we looked.
    }
  }
}

test("three hours of sound: every word, and no process grows", { skip: needsLinux }, async () => {
  using folder = temporaryFolder();
  const once = join(folder.dir, "once.wav");
  const long = join(folder.dir, "long.wav");
  const out = join(folder.dir, "long.json");
  await makeDemonstrationRecording(once);
  makeWithFfmpeg("-stream_loop", String(repeats - 1), "-i", once, "-c", "copy", long);
  const memory = new Map<number, number>();
  const child = spawn(process.execPath, [cli, "transcribe", long, "--model", "demonstration", "--out", out], {
    stdio: "ignore",
  });
  const watch = setInterval(() => peaks(child.pid ?? 0, memory), 1000);
  const code = await new Promise((done) => child.on("close", done));
  clearInterval(watch);
  assert.equal(code, 0);
  const { segments } = JSON.parse(readFileSync(out, "utf8")) as { segments: { text: string }[] };
  const script = wordsOf(demonstrationScript());
  assert.deepEqual(
    wordsOf(segments.map(({ text }) => text).join(" ")),
    Array.from({ length: repeats }, () => script).flat(),
  );
  const largest = Math.max(...memory.values());
  writeFileSync(1, `largest process: ${Math.round(largest)} MB\n`);
  assert.ok(largest < 450, `${largest} MB`);
});
