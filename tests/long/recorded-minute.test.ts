// A minute recorded through Chromium's microphone: all of it is what was heard, and as long, also while the machine
// transcribes something else with all it has.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import type { Job } from "../../electron/store/types.ts";
import { makeDemonstrationRecording } from "../../models/demonstration/recording.ts";
import { wavBytes } from "../../models/demonstration/say.ts";
import { callApp, snapshotOf, waitForJobs, waitForSnapshot } from "../e2e/drive.ts";
import { launchApp, skipSound, skipStandIn } from "../e2e/launch-app.ts";
import { align, melody } from "../e2e/melody.ts";
import { soundOf } from "../e2e/open-store.ts";
import { makeWithFfmpeg, withoutFfmpeg } from "../sound-files.ts";

const rateHz = 16_000;

for (const busy of [false, true]) {
  const name = busy
    ? "sixty seconds match their source while another meeting is transcribed"
    : "sixty seconds match their source";
  test(name, { skip: skipSound || skipStandIn || withoutFfmpeg }, async (t) => {
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
    if (busy) await transcribeAnother(page, folder);
    await page.evaluate(() => (window.location.hash = "#/record"));
    await page.getByRole("button", { name: "Spela in", disabled: false }).click();
    await page.getByRole("timer").waitFor();
    await page.waitForTimeout(60_000);
    assert.equal((await snapshotOf(page, "jobs")).some(isRunning), busy);
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
}

const isRunning = ({ state }: Job): boolean => state === "running";

/** Three hours of speech, which take longer than a minute. */
async function transcribeAnother(page: Page, folder: string): Promise<void> {
  await callApp(page, "meetings.addDemonstration");
  await waitForJobs(page);
  const once = join(folder, "once.wav");
  const long = join(folder, "long.wav");
  await makeDemonstrationRecording(once);
  makeWithFfmpeg("-stream_loop", "130", "-i", once, "-c", "copy", long);
  await callApp(page, "settings.set", { modelId: "demonstration" });
  await callApp(page, "import.files", [long]);
  await waitForSnapshot(
    page,
    "jobs",
    (jobs) => jobs.some((job) => isRunning(job) && job.stage === "transcribe"),
    120_000,
  );
}
