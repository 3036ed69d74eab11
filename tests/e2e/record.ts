// Recording in the window as a person does it, in Swedish, with Chromium's microphone playing a melody. Tests only.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import type { Meeting } from "../../electron/contract.ts";
import { wavBytes } from "../../models/demonstration/say.ts";
import { callApp, snapshotOf, waitForSnapshot } from "./drive.ts";
import { launchApp } from "./launch-app.ts";
import { melody } from "./melody.ts";

export const rateHz = 16_000;

/** A microphone for all tests of a suite, and apps that hear it. */
export function useMicrophone() {
  let folder = "";
  let microphone = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lyssna-microphone-"));
    microphone = join(folder, "melody.wav");
    await writeFile(microphone, wavBytes(melody(30)));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** An app whose folder outlives it, so that one can look at what it left. */
  async function launch(t: TestContext) {
    const dataDir = await mkdtemp(join(tmpdir(), "lyssna-recording-"));
    t.after(() => rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
    const app = await launchApp({ microphone, dataDir });
    t.after(() => app.close());
    await callApp(app.page, "settings.set", { afterRecording: "never" });
    return { app, dataDir, page: app.page };
  }
  return { launch, microphone: () => microphone };
}

export async function prepare(page: Page): Promise<void> {
  await page.evaluate(() => (window.location.hash = "#/"));
  await page.getByRole("link", { name: "Spela in" }).first().click();
  await page.getByText("Ljudet är bra.").waitFor();
}

export async function begin(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Spela in" }).click();
  await page.getByRole("heading", { level: 1, name: "Spelar in" }).waitFor();
}

export async function finish(page: Page): Promise<Meeting> {
  await page.getByRole("button", { name: "Avsluta" }).click();
  const [meeting] = await waitForSnapshot(page, "meetings", ([one]) => one?.status === "recorded");
  assert.ok(meeting);
  return meeting;
}

export async function recordingOf(page: Page) {
  const now = await snapshotOf(page, "recording");
  assert.ok(now);
  return now;
}

export const loudest = (samples: Float32Array): number =>
  samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
