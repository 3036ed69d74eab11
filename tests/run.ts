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

const nothing: Tally = { passed: 0, failed: 0, skipped: [] };

async function runFiles(
  name: string,
  files: readonly string[],
  concurrency: number,
  timeoutMs: number,
): Promise<Tally> {
  if (files.length === 0) return nothing;
  print(`\n${name} (${files.length} files)`);
  const events = run({
    files: [...files],
    cwd: root,
    concurrency,
    timeout: timeoutMs,
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  return countEvents(events, { print, nameOf: (file) => relative(root, resolve(root, file)) });
}

const runFolder = (folder: string, concurrency: number, timeoutMs: number): Promise<Tally> =>
  runFiles(folder, testFiles(folder), concurrency, timeoutMs);

const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((all, { passed }) => all + passed, 0),
  failed: tallies.reduce((all, { failed }) => all + failed, 0),
  skipped: tallies.flatMap(({ skipped }) => skipped),
});

/** These keep a core busy by themselves: one at a time. */
const heavy = /\/(?:accessibility|faults|window)\.test/u;
/** These listen in real time: nothing that keeps a core busy may run beside them. */
const recording = /recording\.test/u;

/** End-to-end tests drive the built app. A build that fails is a failure of its own. */
async function buildAndRunFolder(folder: string): Promise<Tally> {
  if (testFiles(folder).length === 0) return nothing;
  try {
    await build(print);
  } catch (error) {
    print(`  ✗ build\n${stripVTControlCharacters(error instanceof Error ? error.message : String(error))}`);
    return { passed: 0, failed: 1, skipped: [] };
  }
  const files = testFiles(folder);
  const light = files.filter((file) => !heavy.test(file) && !recording.test(file));
  const beside = await Promise.all([
    runFiles(
      folder,
      files.filter((file) => heavy.test(file)),
      1,
      fileTimeoutMs,
    ),
    runFiles(`${folder}, beside`, light, 1, fileTimeoutMs),
  ]);
  const alone = await runFiles(
    `${folder}, alone`,
    files.filter((file) => recording.test(file)),
    2,
    fileTimeoutMs,
  );
  return sum([...beside, alone]);
}

const tallies = args.includes("--long")
  ? [await runFolder("long", 1, longFileTimeoutMs)]
  : [await runFolder("unit", 2, fileTimeoutMs), await buildAndRunFolder("e2e")];

const { passed, failed, skipped } = sum(tallies);
if (skipped.length > 0) print("\nSkipped:");
for (const { name, file, reason } of skipped) print(`  ${file} › ${name}: ${reason}`);

print(`\n${passed} passed, ${failed} failed, ${skipped.length} skipped`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
