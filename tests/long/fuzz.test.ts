// Every reader of what strangers hand in meets real inputs that were spoilt, a minute each: it reads or refuses, with an
// error of its own kind, in less than a second of processor time. LYSSNA_FUZZ_SECONDS makes it shorter or longer,
// LYSSNA_FUZZ_SEED begins elsewhere; a finding says its seed and keeps the input.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { inspect } from "node:util";
import { calls } from "../../electron/contract.ts";
import { LyssnaError } from "../../electron/errors.ts";
import { fuzzTargets, type Target } from "../fuzz-targets.ts";
import { seeded } from "../seeded.ts";

const seconds = Number(process.env["LYSSNA_FUZZ_SECONDS"] ?? 60);
const firstSeed = Number(process.env["LYSSNA_FUZZ_SEED"] ?? 1);
const mostMs = 1000;
/** Fewer would tell nothing. */
const leastRuns = 20;

const dir = await mkdtemp(join(tmpdir(), "lyssna-fuzz-"));
const targets = fuzzTargets(dir);
after(() => rm(dir, { recursive: true, force: true }));

type Random = () => number;
const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const pick = <Value>(random: Random, values: readonly Value[]): Value => values[below(random, values.length)] as Value;

const pieces = [
  "\0", "\uFEFF", "\r\n\r\n", "<v ", "</v>", "-->", "00:00:00.000 --> 99:99:99.999", "WEBVTT\n\n", "&lt;", "[[[[", "((((",
  "{", "}", '"', ":", "%s", "../../../../", "\u202E", "é".normalize("NFD"), "\u{1F469}\u200D\u{1F467}", "1e999", "-1", "NaN", "9".repeat(400),
  "a".repeat(5000), " ".repeat(5000), "<".repeat(2000), "(a".repeat(1000), "\t:".repeat(1000), "A: ".repeat(1000),
].map((piece) => Buffer.from(piece)); // prettier-ignore

/** One to eight changes: bits, bytes, cuts, repetitions, pieces that are known to be hard, parts of another input. */
function spoil(input: Buffer, other: Buffer, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(input);
  for (let left = 1 + below(random, 8); left > 0; left -= 1) {
    const at = below(random, bytes.length + 1);
    const end = Math.min(bytes.length, at + below(random, pick(random, [2, 16, 256, 4096])));
    const [head, middle, tail] = [bytes.subarray(0, at), bytes.subarray(at, end), bytes.subarray(end)];
    const kind = below(random, 8);
    if (kind <= 1 && at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8));
    else if (kind === 2 && at < bytes.length) bytes[at] = pick(random, [0, 1, 0x7f, 0x80, 0xff]);
    else if (kind === 3) bytes = Buffer.concat([head, tail]);
    else if (kind === 4)
      bytes = Buffer.concat([head, ...Array.from({ length: 1 + below(random, 20) }, () => middle), tail]);
    else if (kind === 5) bytes = Buffer.concat([head, pick(random, pieces), tail]);
    else if (kind === 6) bytes = Buffer.concat([head, other.subarray(below(random, other.length + 1)), tail]);
    else if (random() < 0.2) bytes = Buffer.from(head);
  }
  return bytes.subarray(0, 4 * 1024 * 1024);
}

/** The same for JSON that stays JSON: values of another kind, size or depth anywhere in it. */
function spoilJson(value: unknown, random: Random): unknown {
  if (random() < 0.05) {
    let deep: unknown = 1;
    for (let left = below(random, 200); left > 0; left -= 1) deep = [deep];
    return pick(random, [
      null, true, -1, 0, 1e308, 2 ** 53, 0.5, "", "x".repeat(10_000), "\0", "../..", [], {}, deep,
      { __proto__: null, constructor: 1 }, Array.from({ length: 2000 }, () => "a"), value, [value, value],
    ]); // prettier-ignore
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => spoilJson(item, random));
    return random() < 0.05 ? [...items, ...items] : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(() => random() > 0.02);
  const spoilt = Object.fromEntries(entries.map(([key, item]) => [key, spoilJson(item, random)]));
  if (random() < 0.05) Object.defineProperty(spoilt, "__proto__", { value: { polluted: true }, enumerable: true });
  return spoilt;
}

/** Runs one input; a finding ends the test with the seed and keeps the bytes. */
async function tryOne(bytes: Buffer, seed: number, { name, read, refuses }: Omit<Target, "seeds">): Promise<void> {
  const start = process.cpuUsage();
  let wrong: unknown = null;
  try {
    await read(bytes);
  } catch (error) {
    if (!(error instanceof LyssnaError) && refuses?.(error) !== true) wrong = error;
  }
  const { user, system } = process.cpuUsage(start);
  const ms = (user + system) / 1000;
  if (wrong === null && ms <= mostMs) return;
  const kept = join(tmpdir(), `lyssna-fuzz-${name.replaceAll(/\W+/gu, "-")}-${String(seed)}`);
  await writeFile(kept, bytes);
  const what = wrong === null ? `took ${String(Math.round(ms))} ms` : `threw ${inspect(wrong)}`;
  assert.fail(`${name}, seed ${String(seed)} (${kept}): ${what}`);
}

/** A package begins as JSON and goes on as bytes: that is none. */
function jsonOf(input: Buffer): unknown {
  if (input[0] !== 0x7b) return undefined;
  try {
    return JSON.parse(input.toString("utf8"));
  } catch {
    return undefined;
  }
}

describe("fuzzing", () => {
  for (const target of targets) {
    test(`${target.name}: reads or refuses`, async (t) => {
      const seeds = (await target.seeds()).map((bytes) => Buffer.from(bytes));
      const end = performance.now() + seconds * 1000;
      let runs = 0;
      for (let seed = firstSeed; performance.now() < end || runs < leastRuns; seed += 1, runs += 1) {
        const random = seeded(seed);
        const input = pick(random, seeds);
        let bytes = spoil(input, pick(random, seeds), random);
        const value = jsonOf(input);
        if (value !== undefined && random() < 0.5) bytes = Buffer.from(JSON.stringify(spoilJson(value, random)));
        await tryOne(bytes, seed, target);
      }
      t.diagnostic(`${String(runs)} inputs`);
      assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    });
  }

  for (const target of targets) {
    test(`${target.name}: a seed as it is is not refused as nonsense`, async () => {
      for (const bytes of await target.seeds()) await target.read(Buffer.from(bytes));
    });
  }

  test("contract arguments: parsed or refused, never thrown at", async (t) => {
    const schemas = Object.entries(calls);
    const words = [
      "m1",
      "sv",
      "docx",
      "/tmp/x",
      "",
      0,
      1,
      true,
      null,
      { id: "m1", text: "hej", track: 0 },
      [{ start: 0, end: 9 }],
    ];
    const end = performance.now() + seconds * 1000;
    let runs = 0;
    for (let seed = firstSeed; performance.now() < end || runs < leastRuns; seed += 1, runs += 1) {
      const random = seeded(seed);
      const [name, { args }] = pick(random, schemas);
      const given = Array.from({ length: below(random, 5) }, () => spoilJson(pick(random, words), random));
      const read = () => args.safeParse(random() < 0.1 ? spoilJson(given, random) : given);
      await tryOne(Buffer.from(JSON.stringify(given)), seed, { name: `contract ${name}`, read });
    }
    t.diagnostic(`${String(runs)} inputs`);
  });
});
