// What goes wrong while it records: no microphone, a window or a main process that dies, a full disk.
import assert from "node:assert/strict";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { smallDisk, smallDiskMissing } from "../unit/store-fixtures.ts";
import { callApp, snapshotOf, waitForSnapshot } from "./drive.ts";
import { launchApp, skipSound, skipStandIn } from "./launch-app.ts";
import { soundOf } from "./open-store.ts";
import { begin, finish, loudest, prepare, rateHz, recordingOf, useMicrophone } from "./record.ts";

describe("recording when things go wrong", { skip: skipSound || skipStandIn }, () => {
  const { launch, microphone } = useMicrophone();

  test("a microphone that is muted while it records says so, until it hears again", async (t) => {
    const { page } = await launch(t);
    await makeUnpluggable(page);
    await prepare(page);
    await begin(page);
    const mute = (on: boolean) =>
      page.evaluate((muted) => (window as unknown as { mute: (on: boolean) => void }).mute(muted), on);
    const told = page.getByText("Mikrofonen är avstängd. Det som sägs nu hörs inte.");
    await mute(true);
    await told.waitFor();
    assert.equal((await recordingOf(page)).state, "recording", "it goes on: only a person knows why it is muted");
    await mute(false);
    await told.waitFor({ state: "detached" });
    await finish(page);
  });

  test("an unplugged microphone gives way to another, and a window that crashes goes on in the same recording", async (t) => {
    const { app, dataDir, page } = await launch(t);
    await makeUnpluggable(page);
    await prepare(page);
    await begin(page);
    await page.waitForTimeout(1000);
    await page.evaluate(() => (window as unknown as { unplug: () => void }).unplug());
    await page.waitForTimeout(2000);
    assert.equal((await recordingOf(page)).state, "recording");
    await app.killWindow();
    const anew = await waitForPage(app);
    await anew.getByText("Fönstret öppnades på nytt. Inspelningen går vidare.").waitFor();
    await anew.waitForTimeout(2500);
    const meeting = await finish(anew);
    assert.ok(meeting.durationMs > 4500, String(meeting.durationMs));
    await app.close();
    const heard = await soundOf(dataDir, meeting.id);
    assert.ok(loudest(heard.subarray(0, rateHz / 2)) > 0.05);
    // Unplugged after a second, give or take: what is heard then is the other microphone.
    assert.ok(loudest(heard.subarray(1.8 * rateHz, 2.6 * rateHz)) > 0.05, "nothing was heard after it was unplugged");
    assert.ok(loudest(heard.subarray(heard.length - 2 * rateHz)) > 0.05);
  });

  test("main killed in the middle: at most a second is missing, and the library has it by itself", async (t) => {
    const { app, dataDir, page } = await launch(t);
    await prepare(page);
    await begin(page);
    const began = Date.now();
    await page.waitForTimeout(4000);
    const lasted = Date.now() - began;
    await app.killMain();
    const again = await launchApp({ microphone: microphone(), dataDir });
    t.after(() => again.close());
    const [meeting] = await waitForSnapshot(again.page, "meetings", ([one]) => one !== undefined);
    assert.deepEqual([meeting?.status, meeting?.recovered], ["recorded", true]);
    assert.ok((meeting?.durationMs ?? 0) > lasted - 1000, `${String(meeting?.durationMs)} of ${String(lasted)} ms`);
    await again.close();
    const heard = await soundOf(dataDir, meeting?.id ?? "");
    assert.ok(Math.abs(heard.length / 16 - (meeting?.durationMs ?? 0)) < 50);
  });

  test("a full disk ends it with a sentence, and all until then is kept", { skip: smallDiskMissing }, async (t) => {
    const dataDir = smallDisk(t, 24_000);
    const app = await launchApp({ microphone: microphone(), dataDir });
    const { page } = app;
    await callApp(page, "settings.set", { afterRecording: "never" });
    await prepare(page);
    await begin(page);
    await page.waitForTimeout(3000);
    await fillDisk(dataDir);
    await page.getByText(/^Disken är full\. Inspelningen är sparad till 00:\d\d\./u).waitFor();
    const [meeting] = await snapshotOf(page, "meetings");
    assert.ok((meeting?.durationMs ?? 0) > 2500, String(meeting?.durationMs));
    await rm(join(dataDir, "filler"));
    await app.close();
    assert.ok(loudest(await soundOf(dataDir, meeting?.id ?? "")) > 0.05);
  });
});

/** The page's own tracks, so that the test can pull the plug. */
async function makeUnpluggable(page: Page): Promise<void> {
  await page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const ask = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      (window as unknown as { mute: (on: boolean) => void }).mute = (on) => {
        for (const track of stream.getTracks()) track.enabled = !on;
      };
      (window as unknown as { unplug: () => void }).unplug = () => {
        for (const track of stream.getTracks()) {
          track.stop();
          track.dispatchEvent(new Event("ended"));
        }
      };
      return stream;
    };
  });
}

async function waitForPage(app: { pages(): Promise<readonly Page[]> }): Promise<Page> {
  for (let tries = 0; tries < 100; tries++) {
    const [first] = await app.pages().catch(() => []);
    const lives = await first?.evaluate(() => document.readyState).catch(() => null);
    if (first !== undefined && lives === "complete") return first;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the window did not come back");
}

/** To the last byte. */
async function fillDisk(dir: string): Promise<void> {
  const file = await open(join(dir, "filler"), "w");
  try {
    for (let size = 1 << 20; size >= 1;) {
      try {
        await file.write(Buffer.alloc(size, 1));
      } catch {
        size >>= 1;
      }
    }
  } finally {
    await file.close();
  }
}
