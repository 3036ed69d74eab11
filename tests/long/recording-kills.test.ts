// Thirty times the window, main or the text's process is killed in the middle of a recording: at most a second is missing.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { wavBytes } from "../../models/demonstration/say.ts";
import { callApp, snapshotOf, waitForJobs, waitForSnapshot } from "../e2e/drive.ts";
import { launchApp, type LaunchedApp, skipSound, skipStandIn } from "../e2e/launch-app.ts";
import { align, melody } from "../e2e/melody.ts";
import { openStoreOf, soundOf } from "../e2e/open-store.ts";

const rateHz = 16_000;
const kills = 30;

test(
  `${String(kills)} kills at random moments lose at most a second each, and nothing is repaired by hand`,
  { skip: skipSound || skipStandIn },
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "lyssna-kills-"));
    t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
    const microphone = join(folder, "melody.wav");
    const source = melody(60);
    await writeFile(microphone, wavBytes(source));
    const dataDir = join(folder, "profile");
    let seed = 11;
    const random = (most: number) => (seed = (seed * 48_271) % 2_147_483_647) % most;
    const losses: number[] = [];

    let app = await open();
    async function open(): Promise<LaunchedApp> {
      const opened = await launchApp({ microphone, dataDir });
      await callApp(opened.page, "settings.set", { afterRecording: "never" });
      return opened;
    }
    t.after(() => app.close());
    await callApp(app.page, "meetings.addDemonstration");
    await waitForJobs(app.page);
    await callApp(app.page, "settings.set", { modelId: "demonstration", liveText: true });

    for (let kill = 0; kill < kills; kill++) {
      const { page } = app;
      await page.evaluate(() => (window.location.hash = "#/record"));
      await page.getByRole("button", { name: "Spela in", disabled: false }).click();
      await page.getByRole("timer").waitFor();
      const began = performance.now();
      await page.waitForTimeout(1200 + random(2500));
      const lastedMs = performance.now() - began;
      const victim = (["main", "window", "text"] as const)[kill % 3];
      if (victim === "main") {
        await app.killMain();
        app = await open();
      } else {
        if (victim === "window") await app.killWindow();
        else assert.ok(await app.killInference());
        await new Promise((done) => setTimeout(done, 1500));
        await app.close();
        app = await open();
      }
      const meetings = await waitForSnapshot(app.page, "meetings", (all) => all.length === kill + 2);
      const [meeting] = meetings;
      assert.equal(meeting?.status, "recorded", `${victim}, kill ${String(kill + 1)}`);
      assert.equal(await snapshotOf(app.page, "recording"), null);
      losses.push(Math.max(0, lastedMs - (meeting?.durationMs ?? 0)));
      assert.ok((losses.at(-1) ?? 0) <= 1000, `${victim}: ${String(Math.round(losses.at(-1) ?? 0))} ms are missing`);
    }
    const ids = (await snapshotOf(app.page, "meetings"))
      .filter(({ demonstration }) => !demonstration)
      .map(({ id }) => id);
    await app.close();
    const heard = Float32Array.from(source, (value) => value / 32_768);
    for (const id of ids.filter((_, at) => at % 5 === 0)) {
      const sound = await soundOf(dataDir, id);
      const { correlation } = align(heard, sound.subarray(rateHz / 5, Math.min(sound.length, 1.5 * rateHz)));
      assert.ok(correlation >= 0.9, correlation.toFixed(3));
    }
    const store = await openStoreOf(dataDir);
    assert.deepEqual([await store.sound.unfinished(), await store.listRunningRecordings()], [[], []]);
    await store.close();
    const sorted = losses.toSorted((a, b) => a - b);
    t.diagnostic(
      `missing: median ${String(Math.round(sorted[kills / 2] ?? 0))} ms, most ${String(Math.round(sorted.at(-1) ?? 0))} ms`,
    );
  },
);
