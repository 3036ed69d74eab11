// `npm test`: the unit tests, the build, the end-to-end tests; then what was skipped and why, and one line with the sums.
// `npm run test:long` runs tests/long instead. Arguments choose files by a part of their path.
import { globSync } from "node:fs";
import { relative, resolve } from "node:path";
import { run } from "node:test";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { build } from "../build/build.ts";
import { countEvents, type Tally } from "./tally.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const args = process.argv.slice(2);
const wanted = args.filter((arg) => !arg.startsWith("--"));

/** A single test file that takes longer than this hangs. */
const fileTimeoutMs = 5 * 60_000;
const longFileTimeoutMs = 60 * 60_000;

const print = (line: string) => process.stdout.write(`${line}\n`);

function testFiles(folder: string): string[] {
  const files = globSync(`tests/${folder}/**/*.test.{ts,tsx}`, { cwd: root }).toSorted();
  return files.filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
}

async function runFolder(folder: string, concurrency: number, timeoutMs: number): Promise<Tally> {
  const files = testFiles(folder);
  if (files.length === 0) return { passed: 0, failed: 0, skipped: [] };
  print(`\n${folder} (${files.length} files)`);
  const events = run({
    files,
    cwd: root,
    concurrency,
    timeout: timeoutMs,
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  return countEvents(events, { print, nameOf: (file) => relative(root, resolve(root, file)) });
}

/** End-to-end tests drive the built app. A build that fails is a failure of its own. */
async function buildAndRunFolder(folder: string): Promise<Tally> {
  if (testFiles(folder).length === 0) return { passed: 0, failed: 0, skipped: [] };
  try {
    await build(print);
  } catch (error) {
    print(`  ✗ build\n${stripVTControlCharacters(error instanceof Error ? error.message : String(error))}`);
    return { passed: 0, failed: 1, skipped: [] };
  }
  // One app at a time: each brings a browser and an inference process, and two cores are what we count on.
  return runFolder(folder, 1, fileTimeoutMs);
}

const tallies = args.includes("--long")
  ? [await runFolder("long", 1, longFileTimeoutMs)]
  : [await runFolder("unit", 2, fileTimeoutMs), await buildAndRunFolder("e2e")];

const skipped = tallies.flatMap((tally) => tally.skipped);
if (skipped.length > 0) print("\nSkipped:");
for (const { name, file, reason } of skipped) print(`  ${file} › ${name}: ${reason}`);

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
print(`\n${passed} passed, ${failed} failed, ${skipped.length} skipped`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
