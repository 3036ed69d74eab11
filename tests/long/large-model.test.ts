// A model of 3 GB whose download is cut off five times ends with the right sum, in the app's own code, and a package of it is
// carried in a zip without ever being held in memory.
import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { LyssnaError } from "../../electron/errors.ts";
import { languageDownload, loadCatalog } from "../../electron/models/catalog.ts";
import { keptOf } from "../../electron/models/download-draft.ts";
import { downloadModel } from "../../electron/models/download-model.ts";
import { installPackage } from "../../electron/models/install-package.ts";
import { makePackage } from "../../electron/models/make-package.ts";
import { hashFile, readManifest, verifyModel } from "../../electron/models/model-folder.ts";
import { type HubServer, startHub } from "../hub/hub-server.ts";

const sizeBytes = 3 * 2 ** 30;
const cuts = 5;
const mostMemory = 300e6;
const { signal } = new AbortController();

describe("a model of 3 GB", () => {
  let dir = "";
  let sum = "";
  let hub: HubServer;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "lyssna-large-"));
    const path = join(dir, "source.gguf");
    // Sparse, with something at every place where a cut may fall, so that a seam in the wrong place shows.
    const file = await open(path, "w");
    await file.write("GGUF");
    for (let at = 1000; at < sizeBytes; at += 50_000_017) await file.write(`mark ${String(at)}`, at);
    await file.truncate(sizeBytes);
    await file.close();
    sum = await hashFile(path, signal);
    const read = (start: number) => createReadStream(path, { start, highWaterMark: 1 << 20 });
    hub = await startHub({
      "Qwen/Qwen3-1.7B-GGUF": new Map([["Qwen3-1.7B-Q8_0.gguf", { sizeBytes, sha256: sum, read }]]),
    });
  });
  after(async () => {
    await hub.close();
    await rm(dir, { recursive: true, force: true });
  });

  test("cut off five times, each time begun anew as after a restart, ends with the right sum; then it goes through a zip", async () => {
    const { language } = await loadCatalog();
    const entry = language.find(({ id }) => id === "qwen3-1.7b");
    assert.ok(entry);
    const modelsDir = join(dir, "models");
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
    const startBytes = process.memoryUsage().rss;
    hub.answer = (path, asked) => (path !== "list" && asked < cuts ? { cutAfter: 500_000_000 } : null);
    for (let cut = 0; cut < cuts; cut++) {
      // No patience: each cut ends the try, as when the computer is turned off.
      const wait = async () => Promise.reject(new Error("turned off"));
      const how = { fetch, hub: hub.url, hosts: [], signal, report: () => {}, wait };
      await assert.rejects(
        downloadModel(languageDownload(entry), modelsDir, how),
        ({ code }: LyssnaError) => code === "download-failed",
      );
      const kept = await keptOf(modelsDir, entry.id);
      assert.ok(kept !== null && kept.doneBytes > cut * 490_000_000 && kept.doneBytes < sizeBytes);
    }
    const how = { fetch, hub: hub.url, hosts: [], signal, report: () => {} };
    await downloadModel(languageDownload(entry), modelsDir, how);
    assert.equal(hub.requests.length, cuts + 1);
    assert.equal((await readManifest(join(modelsDir, entry.id)))?.files[0]?.sha256, sum);
    assert.equal(await hashFile(join(modelsDir, entry.id, entry.file), signal), sum);

    const zip = await makePackage([entry.id], modelsDir, join(dir, "paket.zip"), { signal, report: () => {} });
    const elsewhere = join(dir, "elsewhere");
    const any = { signal, report: () => {}, key: null, isAllowed: () => true };
    assert.deepEqual((await installPackage(zip, elsewhere, any)).ids, [entry.id]);
    await verifyModel(join(elsewhere, entry.id), entry.id, signal);
    clearInterval(watch);
    assert.ok(peak - startBytes < mostMemory, `${String(Math.round((peak - startBytes) / 1e6))} MB`);
  });
});
