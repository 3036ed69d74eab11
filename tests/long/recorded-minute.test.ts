// A minute recorded through Chromium's microphone: all of it is what was heard, and as long.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { wavBytes } from "../../models/demonstration/say.ts";
import { callApp, waitForSnapshot } from "../e2e/drive.ts";
import { launchApp, skipSound, skipStandIn } from "../e2e/launch-app.ts";
import { align, melody } from "../e2e/melody.ts";
import { soundOf } from "../e2e/open-store.ts";

const rateHz = 16_000;

test("sixty seconds match their source", { skip: skipSound || skipStandIn }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "lyssna-minute-"));
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
  const microphone = join(folder, "melody.wav");
  const source = melody(90);
  await writeFile(microphone, wavBytes(source));
  const dataDir = join(folder, "profile");
  const app = await launchApp({ microphone, dataDir });
  t.after(() => app.close());
  const { page } = app;
  await callApp(page, "settings.set", { afterRecording: "never" });
  await page.evaluate(() => (window.location.hash = "#/record"));
  await page.getByRole("button", { name: "Spela in", disabled: false }).click();
  await page.getByRole("timer").waitFor();
  await page.waitForTimeout(60_000);
  await page.getByRole("button", { name: "Avsluta" }).click();
  const [meeting] = await waitForSnapshot(page, "meetings", ([one]) => one?.status === "recorded");
  assert.ok(meeting);
  await app.close();
  const heard = await soundOf(dataDir, meeting.id);
  assert.ok(Math.abs(heard.length / 16 - meeting.durationMs) < 100);
  const { correlation } = align(
    Float32Array.from(source, (value) => value / 32_768),
    heard.subarray(rateHz / 5, heard.length - rateHz / 5),
  );
  t.diagnostic(`correlation ${correlation.toFixed(4)}, ${String(meeting.durationMs)} ms`);
  assert.ok(correlation >= 0.95, correlation.toFixed(3));
});
