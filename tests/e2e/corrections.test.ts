// Correcting a transcript as a person does: written over in its place, split, merged, given to somebody, struck, taken back.
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { withoutFfmpeg } from "../sound-files.ts";
import { bringAxe, look } from "./axe.ts";
import { callApp, complaintsOf, snapshotOf, waitForJobs, waitForSnapshot, writeRecording } from "./drive.ts";
import { launchApp, skipStandIn, skipWindow } from "./launch-app.ts";
import { soundOf } from "./open-store.ts";

const linesOf = (page: Page) => page.getByRole("region", { name: "Avskrift" }).getByRole("listitem");

test(
  "a line is corrected by keyboard, split, merged, given away; all of it is taken back, also after a restart",
  {
    skip: skipWindow,
  },
  async (t) => {
    let app = await launchApp();
    t.after(() => app.close());
    let { page } = app;
    const complaints = complaintsOf(page);
    await callApp(page, "meetings.addExample");
    await waitForJobs(page);
    const [meeting] = await snapshotOf(page, "meetings");
    const id = meeting?.id ?? "";
    const first = await callApp(page, "transcripts.get", id);
    await page.evaluate((one) => (window.location.hash = `#/meeting/${one}`), id);

    await page.getByRole("button", { name: "Gå till 00:05" }).focus();
    await page.keyboard.press("e");
    const field = page.getByRole("textbox", { name: "Rätta det som Berit Exempelsson säger" });
    await field.waitFor();
    await bringAxe(page);
    assert.deepEqual(await look(page), []);
    await field.fill("Tack. Oj, vad det regnade när jag gick från bussen.");
    await page.keyboard.press("Control+Enter");
    await page.getByText("vad det regnade när jag").waitFor();
    await page.getByText("Vilar på ord som ändrats").first().waitFor();
    assert.equal((await callApp(page, "search.find", "regnade")).length, 1);

    // Enter makes two lines of one; the next is written over at once, and Backspace at its beginning joins them again.
    await page.getByRole("button", { name: "Rätta raden vid 00:05" }).click();
    await page.waitForFunction(() => document.activeElement instanceof HTMLTextAreaElement);
    await field.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(6, 6));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("textarea")?.value.startsWith("Oj, vad"));
    assert.equal((await callApp(page, "transcripts.get", id)).segments.length, first.segments.length + 1);
    await page.keyboard.press("Backspace");
    await page.waitForFunction(() => document.querySelector("textarea")?.value.startsWith("Tack. Oj"));
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Mer om raden vid 00:05" }).click();
    await page.getByRole("menuitem", { name: "Byt talare …" }).click();
    await page.getByText("Någon annan").click();
    await page.getByRole("textbox", { name: "Namn" }).fill("Grannen");
    await page.getByText("Berit Exempelsson, härifrån och framåt").click();
    assert.deepEqual(await look(page), []);
    await page.getByRole("button", { name: "Byt", exact: true }).click();
    await page.getByRole("button", { name: /^Grannen/u }).waitFor();
    const given = await callApp(page, "transcripts.get", id);
    assert.ok(given.segments.every(({ speaker }) => speaker !== "B" || given.speakers.length > 4));

    app = await app.restart();
    ({ page } = app);
    await page.evaluate((one) => (window.location.hash = `#/meeting/${one}`), id);
    await linesOf(page).first().waitFor();
    for (let left = 4; left > 0; left--) {
      await page.keyboard.press("Control+z");
      await waitForCorrections(page, id, left - 1);
    }
    assert.deepEqual(await withoutDate(page, id), { ...first, editedAt: undefined });
    await page.getByRole("button", { name: "Gör om ändring" }).click();
    await waitForCorrections(page, id, 1);
    await page.getByText("vad det regnade när jag").waitFor();

    // Found in all its forms, one left out, the rest replaced at once, and seen in the history.
    await page.getByRole("button", { name: "Sök och ersätt" }).click();
    await page.getByRole("textbox", { name: "Sök efter" }).fill("berit");
    await page.getByRole("textbox", { name: "Ersätt med" }).fill("Britta");
    const places = page.getByRole("list", { name: "Ställen som ersätts" }).getByRole("checkbox");
    await places.first().waitFor();
    const count = await places.count();
    assert.ok(count > 1, String(count));
    await bringAxe(page);
    assert.deepEqual(await look(page), []);
    await page.getByRole("list", { name: "Ställen som ersätts" }).locator("label").first().click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Ersätt/u })
      .click();
    await waitForCorrections(page, id, 2);
    const text = (await callApp(page, "transcripts.get", id)).segments.map((segment) => segment.text).join(" ");
    assert.deepEqual([text.match(/\bBerit\b/gu)?.length, text.match(/\bBritta\b/gu)?.length], [1, count - 1]);
    await page.getByRole("button", { name: "Historik" }).click();
    await page.getByRole("dialog", { name: "Ändringar i avskriften" }).getByText("Ersatt").waitFor();
    assert.deepEqual(await look(page), []);
    assert.deepEqual(complaints, []);
  },
);

test(
  "a passage that is struck is nowhere: not in the sound, the text, the history or any file",
  {
    skip: skipWindow || skipStandIn || withoutFfmpeg,
  },
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "lyssna-strike-"));
    t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
    const path = join(folder, "samtal.wav");
    await writeRecording(path, "Klienten ringer läraren imorgon.\n\nRektorn skriver brev nästa vecka.");
    const dataDir = join(folder, "profile");
    const app = await launchApp({ dataDir });
    t.after(() => app.close());
    const { page } = app;
    await callApp(page, "settings.set", { modelId: "demonstration" });
    await callApp(page, "import.files", [path]);
    await waitForJobs(page);
    const [meeting] = await waitForSnapshot(page, "meetings", ([one]) => one?.status === "to-review");
    const id = meeting?.id ?? "";
    const { segments } = await callApp(page, "transcripts.get", id);
    const struck = segments.find(({ text }) => /rektorn/iu.test(text));
    assert.ok(struck && segments.length > 1);
    // So that it is a line of its own.
    const split = { before: [struck], after: [{ ...struck, newLine: true }] };
    await callApp(page, "corrections.make", id, { kind: "split", hunks: [split] });
    await page.evaluate((one) => (window.location.hash = `#/meeting/${one}`), id);
    await page
      .getByRole("button", { name: /^Mer om raden vid/u })
      .last()
      .click();
    await page.getByRole("menuitem", { name: "Stryk …" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Stryk det här?" });
    await dialog.getByText(/rektorn/iu).waitFor();
    await dialog.getByRole("button", { name: "Stryk", exact: true }).click();
    await page.getByRole("region", { name: "Avskrift" }).getByText("struket", { exact: false }).first().waitFor();
    const left = JSON.stringify([
      await callApp(page, "transcripts.get", id),
      await callApp(page, "corrections.list", id),
      await callApp(page, "summaries.list", id),
      await callApp(page, "search.find", "rektorn"),
    ]);
    assert.ok(!/rektorn/iu.test(left), left);
    await app.close();
    const sound = await soundOf(dataDir, id);
    const loudest = (fromMs: number, toMs: number) =>
      sound.subarray(fromMs * 16, toMs * 16).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    assert.ok(loudest(struck.startMs + 100, struck.endMs - 100) < 0.001);
    assert.ok(loudest(0, segments[0]?.endMs ?? 0) > 0.05);
    for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) {
        const bytes = await readFile(join(entry.parentPath, entry.name));
        assert.ok(!/rektorn/iu.test(bytes.toString("latin1")), entry.name);
      }
  },
);

async function waitForCorrections(page: Page, id: string, done: number): Promise<void> {
  const until = Date.now() + 10_000;
  for (;;) {
    const made = await callApp(page, "corrections.list", id);
    if (made.filter(({ undone }) => !undone).length === done) return;
    if (Date.now() > until) throw new Error(`${String(made.length)} corrections`);
    await page.waitForTimeout(50);
  }
}

async function withoutDate(page: Page, id: string) {
  return { ...(await callApp(page, "transcripts.get", id)), editedAt: undefined };
}
