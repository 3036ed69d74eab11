// Downloads of models from a server that answers as the hub does, and as servers do on bad days.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { waitAsked } from "../../electron/models/ask-hub.ts";
import {
  downloadOf,
  entryOf,
  filesOf,
  loadCatalog,
  type ModelEntry,
  speechDownload,
} from "../../electron/models/catalog.ts";
import { draftFolder, keptOf } from "../../electron/models/download-draft.ts";
import { downloadModel, type DownloadProgress, hasUpdate } from "../../electron/models/download-model.ts";
import { listInstalledModels, readManifest, verifyModel } from "../../electron/models/model-folder.ts";
import { removeModel } from "../../electron/models/remove-model.ts";
import { createPaceMeter } from "../../electron/models/transfer-pace.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { type Answer, fileOf, type HubFile, type HubServer, startHub } from "../hub/hub-server.ts";

const never = new AbortController().signal;
const id = "kb-whisper-tiny";
const encoder = "onnx/encoder_model.onnx";
const decoder = "onnx/decoder_model_merged.onnx";
let dir = "";
let modelsDir = "";
let entry: ModelEntry;
let hub: HubServer;
let files = new Map<string, HubFile>();
let waits: number[] = [];

before(async () => {
  dir = await mkdtemp(join(tmpdir(), "lyssna-downloads-"));
  const source = join(dir, "source");
  await makeDemonstrationModel(source);
  entry = { ...entryOf(await loadCatalog(), id), dtype: { encoder: "fp32", decoder: "fp32" } };
  files = new Map(
    await Promise.all(
      filesOf(entry).map(
        async (path) => [path, fileOf(await readFile(join(source, path)), path.endsWith(".onnx"))] as const,
      ),
    ),
  );
  hub = await startHub({ [entry.hub]: files });
});
beforeEach(async () => {
  modelsDir = await mkdtemp(join(dir, "models-"));
  hub.reset();
  waits = [];
});
after(async () => {
  await hub.close();
  await rm(dir, { recursive: true, force: true });
});

const options = (signal = never, report: (progress: DownloadProgress) => void = () => {}) => ({
  fetch,
  hub: hub.url,
  hosts: [],
  signal,
  report,
  // The clock is the test's: what would be waited for is written down.
  wait: async (ms: number) => void waits.push(ms),
  silenceMs: 400,
});
const download = (signal = never, report: (progress: DownloadProgress) => void = () => {}) =>
  downloadModel(speechDownload(entry), modelsDir, options(signal, report));
const installed = () => join(modelsDir, id);
const isWhole = () => verifyModel(installed(), id, never);
const when = (path: string, answer: (asked: number) => Answer | null) => {
  hub.answer = (asked, count) => (asked === path ? answer(count) : null);
};
const sizeOf = (path: string) => files.get(path)?.sizeBytes ?? 0;

describe("a download", () => {
  test("arrives whole, with its commit and sums recorded, and tells how far it has come", async () => {
    const told: DownloadProgress[] = [];
    await download(never, (progress) => told.push(progress));
    assert.deepEqual(await listInstalledModels(modelsDir), [id]);
    await isWhole();
    assert.equal((await readManifest(installed()))?.revision, hub.revision);
    const done = told.map(({ doneBytes }) => doneBytes);
    assert.deepEqual(
      done,
      done.toSorted((a, b) => a - b),
    );
    assert.equal(done.at(-1), told[0]?.totalBytes);
    assert.ok(!hub.requests.some(({ path }) => path === "README.md"));
    // Nothing of the way it came is left behind.
    assert.deepEqual(
      (await readdir(installed())).filter((name) => name.startsWith("download")),
      [],
    );
    assert.deepEqual((await readdir(modelsDir)).toSorted(), [".sums.json", id]);
  });

  test("that is cut off goes on by itself where it stopped, after a pause that grows", async () => {
    when(encoder, (asked) => (asked < 2 ? { cutAfter: 50_000 } : null));
    await download();
    const ranges = hub.requests.filter(({ path }) => path === encoder).map(({ range }) => range);
    assert.deepEqual(ranges, [undefined, "bytes=50000-", "bytes=100000-"]);
    assert.deepEqual(waits, [1000, 2000]);
    await isWhole();
  });

  test("that is cut off again and again gives up with a sentence, keeps what came, and goes on when asked", async () => {
    when(encoder, () => ({ cutAfter: 10_000 }));
    await assert.rejects(download(), { code: "download-failed" });
    assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000]);
    assert.deepEqual(await listInstalledModels(modelsDir), []);
    const kept = await keptOf(modelsDir, id);
    assert.ok(kept !== null && kept.doneBytes >= 60_000 && kept.doneBytes < kept.totalBytes);
    hub.reset();
    await download();
    assert.deepEqual(
      hub.requests.map(({ path }) => path),
      [encoder, decoder],
    );
    assert.equal(hub.requests[0]?.range, "bytes=60000-");
    await isWhole();
  });

  test("on which nothing comes any more is taken for cut off", async () => {
    when(encoder, (asked) => (asked === 0 ? { silentAfter: 20_000 } : null));
    await download();
    assert.equal(hub.requests.find(({ range }) => range !== undefined)?.range, "bytes=20000-");
    await isWhole();
  });

  test("that ends politely in the middle is cut off all the same", async () => {
    when(encoder, (asked) => (asked === 0 ? { shortTo: 30_000 } : null));
    await download();
    assert.ok(hub.requests.some(({ range }) => range === "bytes=30000-"));
    await isWhole();
  });

  test("paused keeps what came; gone on with, it uses it", async () => {
    const stop = new AbortController();
    const paused = download(stop.signal, ({ doneBytes, totalBytes }) => {
      if (doneBytes > totalBytes / 3) stop.abort();
    });
    await assert.rejects(paused, { code: "cancelled" });
    assert.deepEqual(await listInstalledModels(modelsDir), []);
    const kept = await keptOf(modelsDir, id);
    assert.ok(kept !== null && kept.doneBytes > 0 && kept.doneBytes < kept.totalBytes);
    let first: DownloadProgress | null = null;
    await download(never, (progress) => (first ??= progress));
    await isWhole();
  });

  test("goes on from the commit it began with, also when there is a newer one; where that is gone, it begins anew", async () => {
    when(decoder, () => ({ status: 503 }));
    await assert.rejects(download(), { code: "download-server" });
    const { revision } = hub;
    hub.answer = () => null;
    hub.revision = "feedfeedfeedfeedfeedfeedfeedfeedfeedfeed";
    await download();
    assert.equal((await readManifest(installed()))?.revision, hub.revision);
    assert.notEqual(hub.revision, revision);
    await isWhole();
  });
});

describe("a server that has too much to do", () => {
  test("is given the time it asks for", async () => {
    when(encoder, (asked) => (asked === 0 ? { status: 429, headers: { "retry-after": "7" } } : null));
    const told: DownloadProgress[] = [];
    await download(never, (progress) => told.push(progress));
    assert.deepEqual(waits, [7000]);
    assert.ok(told.some(({ waiting }) => waiting));
    await isWhole();
  });

  test("and asks for more than a person would wait is told about in minutes, and what came is kept", async () => {
    when(decoder, () => ({ status: 429, headers: { "retry-after": "1800" } }));
    await assert.rejects(download(), { code: "download-busy", details: { model: id, minutes: 30 } });
    assert.deepEqual(waits, []);
    assert.ok(((await keptOf(modelsDir, id))?.doneBytes ?? 0) >= sizeOf(encoder));
  });

  test("and never has time is not asked for ever", async () => {
    when("list", () => ({ status: 429, headers: { "retry-after": "1" } }));
    await assert.rejects(download(), { code: "download-busy" });
    assert.equal(waits.length, 5);
  });

  test("is waited for by seconds or by date", () => {
    const now = Date.parse("2026-03-10T09:00:00Z");
    assert.equal(waitAsked("120", now), 120_000);
    assert.equal(waitAsked("Tue, 10 Mar 2026 09:00:30 GMT", now), 30_000);
    assert.equal(waitAsked("Tue, 10 Mar 2026 08:00:00 GMT", now), 0);
    for (const strange of [null, "", "soon", "-5"]) assert.equal(waitAsked(strange, now), null);
  });
});

describe("a server with a problem", () => {
  for (const status of [500, 502, 503, 504]) {
    test(`${status} is tried again a few times, then told`, async () => {
      when(encoder, () => ({ status }));
      await assert.rejects(download(), { code: "download-server", details: { model: id, status } });
      assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000]);
      hub.reset();
      await download();
      await isWhole();
    });
  }

  test("that lacks the model says so at once", async () => {
    for (const status of [401, 403, 404]) {
      when("list", () => ({ status }));
      await assert.rejects(download(), { code: "download-gone", details: { model: id, status } });
    }
    assert.deepEqual(waits, []);
  });

  test("that does not answer at all is told as a network that is not there", async () => {
    const gone = { ...options(), hub: "http://127.0.0.1:9" };
    await assert.rejects(downloadModel(speechDownload(entry), modelsDir, gone), { code: "download-failed" });
    assert.deepEqual(waits, [1000, 2000], "whoever is offline is told soon");
  });

  test("that ignores ranges sends the file from its beginning, and it is right all the same", async () => {
    when(encoder, (asked) => (asked === 0 ? { cutAfter: 40_000 } : { ignoreRange: true }));
    await download();
    await isWhole();
  });

  test("that sends another range than was asked for is not believed", async () => {
    when(encoder, (asked) => (asked === 0 ? { cutAfter: 40_000 } : { shiftRange: 7 }));
    await assert.rejects(download(), { code: "download-wrong", details: { model: id, file: encoder } });
  });

  test("answers with something else than a list", async () => {
    when("list", () => ({ sendTo: `${hub.url}/cdn/${entry.hub}/resolve/${hub.revision}/config.json` }));
    await assert.rejects(download(), { code: "download-server" });
  });
});

describe("a file that is not the one that was to come", () => {
  const wrong: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
    "has one wrong byte": (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.of((bytes.at(-1) ?? 0) ^ 1)]),
    "is too long": (bytes) => Buffer.concat([bytes, Buffer.alloc(10)]),
    "is too short": (bytes) => bytes.subarray(0, 50),
  };
  for (const [name, change] of Object.entries(wrong)) {
    test(`${name}: it is deleted, and what was installed stays`, async () => {
      await download();
      const stood = await readManifest(installed());
      const bytes = await readFile(join(installed(), decoder));
      when(decoder, () => ({ bytes: change(bytes) }));
      await assert.rejects(download(), { code: "download-wrong", details: { model: id, file: decoder } });
      assert.equal(await stat(join(draftFolder(modelsDir, id), decoder)).catch(() => null), null);
      assert.deepEqual(await readManifest(installed()), stood);
      await isWhole();
      hub.reset();
      await download();
      assert.deepEqual(
        hub.requests.map(({ path }) => path),
        [decoder],
        "what was right is not fetched again",
      );
    });
  }

  test("because the computer went out while it was written is fetched once more by itself", async () => {
    when(decoder, () => ({ status: 404 }));
    await assert.rejects(download());
    const torn = join(draftFolder(modelsDir, id), encoder);
    await mkdir(join(draftFolder(modelsDir, id), "onnx"), { recursive: true });
    await writeFile(torn, Buffer.alloc(sizeOf(encoder) - 1000));
    hub.reset();
    await download();
    await isWhole();
  });

  test("and whose sum nobody publishes is held to what it was when it first came, also after the model was removed", async () => {
    await download();
    await removeModel(id, modelsDir);
    const config = Buffer.from(`${"{}".padEnd(sizeOf("config.json") - 1)}\n`);
    when("config.json", () => ({ bytes: config }));
    await assert.rejects(download(), { code: "download-wrong", details: { model: id, file: "config.json" } });
    assert.deepEqual(await listInstalledModels(modelsDir), []);
  });
});

describe("a download is sent on", () => {
  test("to another place of the same server", async () => {
    when(encoder, (asked) => (asked === 0 ? { sendTo: `/cdn/${entry.hub}/resolve/${hub.revision}/${encoder}` } : null));
    await download();
    await isWhole();
  });

  test("to a host that the catalogue does not name: it goes no further", async () => {
    when(encoder, () => ({ sendTo: "https://exempel.invalid/x" }));
    await assert.rejects(download(), { code: "download-elsewhere", details: { host: "exempel.invalid" } });
    assert.deepEqual(await listInstalledModels(modelsDir), []);
  });

  test("in a circle", async () => {
    when(encoder, () => ({ sendTo: `/cdn/${entry.hub}/resolve/${hub.revision}/${encoder}` }));
    await assert.rejects(download(), { code: "download-gone" });
  });
});

describe("what is fetched", () => {
  test("is what the repository has: another format where the wanted one is missing, never an encoder in four bits", async () => {
    const wanted = speechDownload({ ...entry, dtype: { encoder: "q8", decoder: "q8" } });
    await downloadModel(wanted, modelsDir, options());
    const manifest = await readManifest(installed());
    assert.ok(manifest?.files.some(({ path }) => path === encoder));
    const alternatives = wanted.from[0]?.files.find(([first]) => first?.startsWith("onnx/encoder")) ?? [];
    assert.ok(alternatives.length > 3 && !alternatives.some((name) => name.includes("_q4")));
  });

  test("is nothing where the repository has no format that serves", async () => {
    const without = await startHub({
      [entry.hub]: new Map([...files].filter(([path]) => path !== encoder)),
    });
    try {
      const how = { ...options(), hub: without.url };
      await assert.rejects(downloadModel(speechDownload(entry), modelsDir, how), { code: "download-lacks" });
    } finally {
      await without.close();
    }
  });

  test("fits on the disk, or nothing of it is fetched", async () => {
    const huge: HubFile = { ...fileOf(Buffer.alloc(10)), sizeBytes: 1e15 };
    const large = await startHub({ [entry.hub]: new Map([...files, [encoder, huge]]) });
    try {
      const how = { ...options(), hub: large.url };
      await assert.rejects(downloadModel(speechDownload(entry), modelsDir, how), { code: "model-no-room" });
      assert.deepEqual(large.requests, []);
    } finally {
      await large.close();
    }
  });

  test("is a newer version only where there is one", async () => {
    await download();
    assert.equal(await hasUpdate(speechDownload(entry), modelsDir, options()), false);
    hub.revision = "feedfeedfeedfeedfeedfeedfeedfeedfeedfeed";
    assert.equal(await hasUpdate(speechDownload(entry), modelsDir, options()), true);
    await download();
    assert.equal(await hasUpdate(speechDownload(entry), modelsDir, options()), false);
  });

  test("is both repositories of the models that tell voices apart", async () => {
    const { from } = downloadOf(await loadCatalog(), "voices");
    assert.deepEqual(
      from.map(({ folder }) => folder),
      ["segmentation", "embedding"],
    );
  });
});

describe("pace", () => {
  test("is what came lately, and tells how long is left", () => {
    const meter = createPaceMeter();
    assert.deepEqual(meter.measure(5e6, 100e6, 0), { bytesPerSecond: null, leftMs: null });
    const { bytesPerSecond, leftMs } = meter.measure(15e6, 100e6, 5000);
    assert.equal(bytesPerSecond, 2e6);
    assert.equal(leftMs, 42_500);
  });

  test("does not count what was there when it began, forgets what is old, and knows a standstill", () => {
    const meter = createPaceMeter();
    meter.measure(90e6, 100e6, 0);
    assert.equal(meter.measure(90e6, 100e6, 2000).leftMs, null);
    assert.equal(meter.measure(92e6, 100e6, 4000).bytesPerSecond, 500_000);
    for (let at = 5000; at <= 40_000; at += 1000) meter.measure(92e6 + (at - 4000) * 100, 100e6, at);
    assert.equal(Math.round(meter.measure(92e6 + 37_000 * 100, 100e6, 41_000).bytesPerSecond ?? 0), 100_000);
  });
});
