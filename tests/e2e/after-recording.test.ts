// What becomes of a recording: text while it is said, a transcript and a summary by itself, and consent withdrawn.
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { callApp, complaintsOf, waitForJobs, waitForSnapshot, wordsOf, writeRecording } from "./drive.ts";
import { launchApp, type LaunchedApp, skipSound, skipStandIn } from "./launch-app.ts";
import { openStoreOf } from "./open-store.ts";

const said =
  "Jag är trött och orolig, eftersom jag inte kan betala hyran. Hyran är åtta tusen kronor. " +
  "Vi beslutar att du ska söka bidrag. Nästa åtgärd är boendestöd, och beslutet kommer i april.";

describe("after a recording", { skip: skipSound || skipStandIn }, () => {
  let folder = "";
  let dataDir = "";
  let app: LaunchedApp;
  let page: Page;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lyssna-voice-"));
    dataDir = join(folder, "profile");
    const microphone = join(folder, "voice.wav");
    await writeRecording(microphone, said);
    app = await launchApp({ microphone, dataDir });
    page = app.page;
    await callApp(page, "meetings.addDemonstration");
    await waitForJobs(page);
    await callApp(page, "settings.set", { modelId: "demonstration", afterRecording: "now" });
  });
  after(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });

  async function record(ms: number): Promise<void> {
    await page.evaluate(() => (window.location.hash = "#/record"));
    await page.getByRole("button", { name: "Spela in", disabled: false }).click();
    await page.getByRole("timer").waitFor();
    await page.waitForTimeout(ms);
  }

  async function finish() {
    await page.getByRole("button", { name: "Avsluta" }).click();
    await page.getByRole("heading", { level: 1, name: /^Samtal/u }).waitFor();
    const id = await page.evaluate(() => window.location.hash.split("/")[2] ?? "");
    const meetings = await waitForSnapshot(page, "meetings", (all) =>
      all.some((one) => one.id === id && one.status === "to-review"),
    );
    const meeting = meetings.find((one) => one.id === id);
    assert.ok(meeting);
    return meeting;
  }

  test("text is shown while it is said; transcript and summary come by themselves, and what was marked is in it", async () => {
    const complaints = complaintsOf(page);
    await callApp(page, "settings.set", { liveText: true });
    await record(9000);
    await page
      .getByRole("log")
      .getByText(/hyran|kronor|bidrag|boendestöd|orolig/iu)
      .first()
      .waitFor();
    await page.keyboard.press("1");
    await page.waitForTimeout(4000);
    const meeting = await finish();
    const transcript = await callApp(page, "transcripts.get", meeting.id);
    const words = transcript.segments.flatMap(({ text }) => wordsOf(text));
    const known = new Set(wordsOf(said));
    const wrong = words.filter((word) => !known.has(word));
    // The microphone begins anywhere in the voice, and may cut a word in two at both ends.
    assert.ok(words.length >= 15, words.join(" "));
    assert.ok(wrong.length <= 2, `not said: ${wrong.join(" ")}`);
    await page.getByRole("region", { name: "Avskrift" }).waitFor();
    assert.deepEqual(complaints, []);
  });

  test("own thoughts are a recording of their own", async () => {
    await callApp(page, "settings.set", { afterRecording: "never" });
    await record(1500);
    await page.getByRole("button", { name: "Avsluta" }).click();
    await page.getByRole("button", { name: "Om inspelningen" }).click();
    await page.getByRole("button", { name: "Spela in egna tankar" }).click();
    await page.getByRole("heading", { level: 1, name: "Spela in egna tankar" }).waitFor();
    await page.getByRole("button", { name: "Spela in", disabled: false }).click();
    await page.getByRole("timer").waitFor();
    await page.waitForTimeout(1500);
    await page.getByRole("button", { name: "Avsluta" }).click();
    await page.getByRole("heading", { level: 1, name: /^Egna tankar/u }).waitFor();
    await callApp(page, "settings.set", { afterRecording: "now" });
  });

  test("consent withdrawn from a time: what came after is in no file and no search; then all of it", async () => {
    await record(5000);
    await page.keyboard.press("1");
    await page.waitForTimeout(6000);
    await callApp(page, "recording.mark", "own", "boendestödet");
    await page.waitForTimeout(4000);
    const meeting = await finish();
    const whole = await callApp(page, "transcripts.get", meeting.id);
    const cut = whole.segments.find(({ startMs }) => startMs > 8000);
    assert.ok(cut);
    await page.getByRole("button", { name: "Om inspelningen" }).click();
    await page.getByRole("button", { name: /^Samtycket är återtaget/u }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByText(/^Från .* och framåt/u).click();
    await dialog.getByRole("textbox", { name: /^Tid/u }).fill("00:08");
    await dialog.getByRole("textbox", { name: /STRYK/u }).fill("stryk");
    await dialog.getByRole("button", { name: "Ta bort" }).click();
    await dialog.waitFor({ state: "detached" });
    const left = await callApp(page, "transcripts.get", meeting.id);
    assert.ok(left.segments.length > 0 && left.segments.every(({ endMs }) => endMs <= 8000));
    assert.deepEqual(await callApp(page, "summaries.list", meeting.id), []);
    const { marks = [] } = (await callApp(page, "recordings.get", meeting.id)) ?? {};
    assert.deepEqual(
      marks.map(({ kind }) => kind),
      ["important"],
    );

    await callApp(page, "recordings.withdraw", meeting.id, { what: "all", fromMs: null });
    await waitForSnapshot(page, "meetings", (all) => all.every(({ id }) => id !== meeting.id));
    assert.deepEqual(
      (await callApp(page, "search.find", "boendestöd")).filter(({ meetingId }) => meetingId === meeting.id),
      [],
    );
    await app.close();
    const store = await openStoreOf(dataDir);
    await assert.rejects(store.sound.sizeBytes(meeting.id), { code: "not-found" });
    for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) {
        const bytes = await readFile(join(entry.parentPath, entry.name));
        assert.ok(!bytes.includes("boendestöd"), entry.name);
      }
  });
});
