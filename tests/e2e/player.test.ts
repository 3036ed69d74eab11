// Listening, as a person does it: play, jump, faster with the same pitch, and past the pauses; it is remembered.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { callApp, complaintsOf, snapshotOf, waitForJobs } from "./drive.ts";
import { launchApp, type LaunchedApp, skipSound } from "./launch-app.ts";

interface Heard {
  readonly atMs: number;
  readonly paused: boolean;
  readonly rate: number;
  readonly preservesPitch: boolean;
}

const heard = (page: Page): Promise<Heard> =>
  page.evaluate(() => {
    const audio = document.querySelector("audio");
    if (audio === null) throw new Error("no sound");
    const { currentTime, paused, playbackRate, preservesPitch } = audio;
    return { atMs: currentTime * 1000, paused, rate: playbackRate, preservesPitch };
  });

describe("listening", { skip: skipSound }, () => {
  let app: LaunchedApp;
  let page: Page;
  let complaints: readonly string[] = [];
  before(async () => {
    app = await launchApp();
    page = app.page;
    complaints = complaintsOf(page);
    const { id } = await callApp(page, "meetings.addDemonstration");
    await waitForJobs(page);
    await page.evaluate((meeting) => (window.location.hash = `#/meeting/${meeting}`), id);
    await page.getByRole("button", { name: "Spela", exact: true }).waitFor();
    await page.waitForFunction(() => (document.querySelector("audio")?.readyState ?? 0) >= 1);
  });
  after(() => app.close());

  test("play and pause by button and key, and jumps by key", async () => {
    await page.getByRole("button", { name: "Spela", exact: true }).click();
    await page.waitForTimeout(1200);
    assert.ok((await heard(page)).atMs > 500);
    await page.getByRole("heading", { level: 1 }).focus();
    await page.keyboard.press("k");
    assert.equal((await heard(page)).paused, true);
    const { atMs } = await heard(page);
    await page.keyboard.press("l");
    assert.ok(Math.abs((await heard(page)).atMs - atMs - 10_000) < 300);
    await page.keyboard.press("ArrowLeft");
    assert.ok(Math.abs((await heard(page)).atMs - atMs - 5000) < 300);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    assert.ok((await heard(page)).atMs < 300);
  });

  test("a word that is clicked is played from where it is said; where there is nothing to go to, that is said", async () => {
    const [meeting] = await snapshotOf(page, "meetings");
    const { segments } = await callApp(page, "transcripts.get", meeting?.id ?? "");
    const [first] = segments;
    const word = first?.words?.[2];
    assert.ok(first && word);
    const place = await page.evaluate((id) => {
      const text = document.querySelector(`[data-segment="${id}"]`)?.firstChild;
      if (!text) throw new Error("the passage is not there");
      const range = document.createRange();
      const start = (text.textContent ?? "").trimStart().split(/\s+/u).slice(0, 2).join(" ").length + 2;
      range.setStart(text, start);
      range.setEnd(text, start + 1);
      const box = range.getBoundingClientRect();
      return { x: box.x + 1, y: box.y + box.height / 2 };
    }, first.id);
    await page.mouse.click(place.x, place.y);
    await page.waitForFunction(() => document.querySelector("audio")?.paused === false);
    await page.getByRole("heading", { level: 1 }).focus();
    await page.keyboard.press("k");
    const { atMs } = await heard(page);
    assert.ok(atMs >= word.startMs - 20 && atMs < word.startMs + 1500, `${String(atMs)} for ${String(word.startMs)}`);
    assert.ok(
      segments.every(({ confidence = 1 }) => confidence >= 0.5),
      "the demonstration is heard surely",
    );
    await page.keyboard.press("d");
    await page.getByText("Inga osäkra ställen i avskriften.").waitFor({ state: "attached" });
    await page.keyboard.press("m");
    await page.getByText("Inga markeringar.").waitFor({ state: "attached" });
  });

  test("the whole meeting is drawn; a click and keys on it go there; a line is written over while it plays", async () => {
    const [meeting] = await snapshotOf(page, "meetings");
    const { id = "", durationMs = 0 } = meeting ?? {};
    const peaks = await callApp(page, "sound.peaks", id);
    assert.ok(peaks !== null && Math.abs(peaks.length * 100 - durationMs) < 1000, String(peaks?.length));
    assert.ok(peaks.some((peak) => peak > 200) && peaks.some((peak) => peak < 60));
    await page.locator("canvas[data-measured]").waitFor();
    const slider = page.getByRole("slider", { name: "Plats i ljudet" });
    const box = await slider.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width / 2, box.y + 10);
    await page.locator(".waveform-pointed").waitFor();
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 4, box.y + 10, { steps: 3 });
    await page.mouse.up();
    assert.ok(Math.abs((await heard(page)).atMs - durationMs / 4) < 700, String((await heard(page)).atMs));
    await slider.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    assert.ok(Math.abs((await heard(page)).atMs - 5000) < 300);
    assert.match((await slider.getAttribute("aria-valuetext")) ?? "", /^00:05 av /u);

    await page
      .getByRole("button", { name: /^Rätta raden vid/u })
      .first()
      .click();
    const field = page.getByRole("textbox", { name: /^Rätta det som/u });
    await field.press("Control+ ");
    await page.waitForFunction(() => document.querySelector("audio")?.paused === false);
    const { atMs } = await heard(page);
    await field.press("End");
    await field.pressSequentially(" Tack");
    await field.press("Control+j");
    assert.ok((await heard(page)).atMs < atMs + 3000);
    await field.press("Control+Enter");
    await page.getByRole("region", { name: "Avskrift" }).getByText("Tack", { exact: false }).first().waitFor();
    assert.equal((await heard(page)).paused, false);

    // The reader goes elsewhere, and back to what is heard.
    await page.locator(".paragraphs").hover();
    await page.mouse.wheel(0, 40);
    await page.getByRole("button", { name: "Följ med i det som spelas" }).click();
    await page.getByRole("button", { name: "Följ med i det som spelas" }).waitFor({ state: "detached" });
    await page.getByRole("heading", { level: 1 }).focus();
    await page.keyboard.press("k");
    await callApp(page, "corrections.undo", id);
  });

  test("three times as fast, as high as before, and remembered", async () => {
    await page.getByRole("button", { name: /^Hastighet/u }).click();
    await page.getByText("3×", { exact: true }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Hastighet 3×" }).waitFor();
    const { rate, preservesPitch } = await heard(page);
    assert.deepEqual([rate, preservesPitch], [3, true]);
    assert.equal((await snapshotOf(page, "settings")).playbackRate, 3);
    await callApp(page, "settings.set", { playbackRate: 1 });
    await page.getByRole("button", { name: "Hastighet 1×" }).waitFor();
  });

  test("pauses are passed over", async () => {
    const [meeting] = await snapshotOf(page, "meetings");
    const { segments } = await callApp(page, "transcripts.get", meeting?.id ?? "");
    const at = segments.findIndex(({ endMs }, index) => (segments[index + 1]?.startMs ?? 0) - endMs > 1300);
    const [last, next] = [segments[at], segments[at + 1]];
    if (last === undefined || next === undefined) {
      // The voice makes shorter pauses: then the beginning is the only one.
      assert.ok((segments[0]?.startMs ?? 0) < 1300);
      return;
    }
    await callApp(page, "settings.set", { skipSilence: true });
    await page.evaluate(
      (seconds) => {
        const audio = document.querySelector("audio");
        if (audio) audio.currentTime = seconds;
      },
      last.endMs / 1000 + 0.35,
    );
    await page.getByRole("button", { name: "Spela", exact: true }).click();
    await page.waitForTimeout(500);
    assert.ok((await heard(page)).atMs >= next.startMs - 350);
    assert.deepEqual(complaints, []);
  });
});
