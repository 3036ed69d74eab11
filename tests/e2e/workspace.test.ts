// Transcript and summary beside each other: from one to the other and back, as wide as one likes, in windows of their own,
// and what happens to an open line when its meeting is changed, worked on or deleted elsewhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { bringAxe, look } from "./axe.ts";
import { callApp, complaintsOf, snapshotOf, waitForJobs, waitForSnapshot } from "./drive.ts";
import { launchApp, type LaunchedApp, skipWindow } from "./launch-app.ts";

async function openExample({ page }: LaunchedApp): Promise<string> {
  await callApp(page, "meetings.addExample");
  await waitForJobs(page);
  const [meeting] = await snapshotOf(page, "meetings");
  const id = meeting?.id ?? "";
  await page.evaluate((one) => (window.location.hash = `#/meeting/${one}`), id);
  await page.getByRole("button", { name: "Rätta raden vid 00:05" }).waitFor();
  return id;
}

const editedField = (page: Page) => page.getByRole("textbox", { name: "Rätta det som Berit Exempelsson säger" });
const toEdit = async (page: Page) => {
  await page.getByRole("button", { name: "Rätta raden vid 00:05" }).click();
  await editedField(page).waitFor();
};

test(
  "a passage leads to its sentences; the panes are resized, shown alone and remembered; spelling is marked and mended; words move; what was heard comes back; a summary is checked anew",
  { skip: skipWindow },
  async () => {
    await using app = await launchApp();
    const { page } = app;
    const complaints = complaintsOf(page);
    const id = await openExample(app);
    const first = await callApp(page, "transcripts.get", id);

    const used = page.getByRole("button", { name: /^Används i/u }).first();
    await used.click();
    await page.waitForFunction(() => document.activeElement?.classList.contains("sentence-text") === true);

    const divider = page.getByRole("separator", { name: "Avskriftens bredd" });
    const widthOf = async () => (await page.getByRole("region", { name: "Avskrift" }).boundingBox())?.width ?? 0;
    const before = await widthOf();
    await divider.focus();
    for (let press = 0; press < 4; press++) await page.keyboard.press("ArrowLeft");
    assert.ok((await widthOf()) < before - 50);
    await waitForSnapshot(page, "settings", ({ transcriptShare }) => Math.abs(transcriptShare - 0.45) < 0.001);
    await page.getByRole("radio", { name: "Bara avskriften" }).click();
    await page.getByRole("region", { name: "Sammanfattning" }).waitFor({ state: "detached" });
    // What is asked for is shown, whatever was hidden.
    await used.click();
    await page.waitForFunction(() => document.activeElement?.classList.contains("sentence-text") === true);
    assert.equal((await snapshotOf(page, "settings")).meetingPanes, "both");

    await toEdit(page);
    await editedField(page).fill("Tack. Oj, vad det blaste när jag gick från bussen.");
    await page.getByRole("button", { name: "blaste, okänt ord, visa förslag" }).click();
    await page.getByRole("menuitem", { name: "Skriv blåste" }).waitFor();
    await bringAxe(page);
    assert.deepEqual(await look(page), []);
    await page.getByRole("menuitem", { name: "Skriv blåste" }).click();
    await page.waitForFunction(() => document.querySelector("textarea")?.value.includes("blåste när"));
    await page.waitForFunction(() => document.activeElement instanceof HTMLTextAreaElement);
    assert.equal(await page.getByRole("button", { name: /okänt ord/u }).count(), 0);
    await editedField(page).fill("Tack. Oj, vad det regnade när jag gick från bussen.");
    await page.keyboard.press("Control+Enter");
    const text = page.getByRole("region", { name: "Avskrift" });
    await text.getByText("regnade").waitFor();
    await page.getByRole("button", { name: "Mer om raden vid 00:05" }).click();
    await page.getByRole("menuitem", { name: "Det som hördes …" }).click();
    await page.getByRole("dialog", { name: "Det som hördes" }).getByText("blåste").waitFor();
    assert.deepEqual(await look(page), []);
    await page.getByRole("button", { name: "Återgå till det som hördes" }).click();
    await text.getByText("blåste").waitFor();

    await toEdit(page);
    await editedField(page).fill("Tack. Oj, vad det regnade när jag gick från bussen.");
    // The first word belongs to whoever spoke before.
    await editedField(page).evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(5, 5));
    await page.keyboard.press("Alt+ArrowUp");
    await page.waitForFunction(() => document.querySelector("textarea")?.value.startsWith("Oj, vad") === true);
    await page.keyboard.press("Escape");
    const moved = (await callApp(page, "transcripts.get", id)).segments;
    const tack = moved.find((one) => one.text === "Tack.");
    assert.equal(tack?.speaker, first.segments[0]?.speaker);

    const note = page.getByText("Avskriften har ändrats sedan sammanfattningen gjordes.");
    await note.waitFor();
    await page.getByRole("button", { name: "Kontrollera mot avskriften" }).click();
    await note.waitFor({ state: "detached" });
    const [checked] = (await callApp(page, "summaries.list", id)).toSorted((a, b) => b.version - a.version);
    assert.equal(checked?.version, 2);

    await page.getByRole("button", { name: "Historik" }).click();
    await page.getByRole("button", { name: "Ångra alla ändringar" }).click();
    await page.waitForFunction(() => document.querySelector("[role=dialog]") === null);
    await page.getByText("Alla ändringar är ångrade.", { exact: false }).waitFor({ state: "attached" });
    assert.deepEqual((await callApp(page, "transcripts.get", id)).segments, first.segments);
    assert.deepEqual(complaints, []);
  },
);

test(
  "two windows on one meeting, a job that ends while a line is written, and a meeting that is deleted while it is open",
  { skip: skipWindow },
  async () => {
    await using app = await launchApp();
    const { page } = app;
    const complaints = complaintsOf(page);
    const id = await openExample(app);
    await page.getByRole("button", { name: "Sammanfattningen i ett eget fönster" }).click();
    const own = await otherPage(app);
    await own.getByRole("region", { name: "Sammanfattning" }).waitFor();
    await bringAxe(own);
    assert.deepEqual(await look(own), []);

    // From a sentence there to what was said here.
    await own.locator(".sentence-text").first().click();
    await page.locator("mark.passage").first().waitFor();

    // A job that ends while somebody writes takes nothing from them.
    await toEdit(page);
    await editedField(page).fill("Tack. Det regnade.");
    await callApp(own, "summaries.make", id, "minnesanteckningar");
    await waitForJobs(page);
    assert.equal(await editedField(page).inputValue(), "Tack. Det regnade.");

    // What the other one changes in the same line is shown beside what is being written.
    const { segments } = await callApp(page, "transcripts.get", id);
    const there = segments.find(({ text }) => text.includes("blåste"));
    assert.ok(there);
    const other = { before: [there], after: [{ ...there, text: "Tack. Det snöade." }] };
    await callApp(own, "corrections.make", id, { kind: "text", hunks: [other] });
    const alert = page.getByRole("alert").filter({ hasText: "Raden ändrades på ett annat håll" });
    await alert.getByText("Det snöade.").waitFor();
    await bringAxe(page);
    assert.deepEqual(await look(page), []);
    assert.equal(await editedField(page).inputValue(), "Tack. Det regnade.");
    await alert.getByRole("button", { name: "Behåll mitt" }).click();
    await page.getByRole("region", { name: "Avskrift" }).getByText("Det regnade.").waitFor();
    // And the sentences that rest on it are said to be older, in the other window too.
    await own.getByText("Avskriften har ändrats sedan", { exact: false }).waitFor();

    await toEdit(page);
    await editedField(page).fill("Det här blir inte kvar.");
    await callApp(own, "meetings.delete", id);
    await page.getByText("Samtalet finns inte längre.").waitFor();
    await own.getByText("Samtalet finns inte längre.").waitFor();
    assert.equal(await page.getByRole("alert").count(), 0);
    await page.getByRole("link", { name: "Tillbaka till samtal" }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.deepEqual(complaints, []);
  },
);

async function otherPage(app: { pages(): Promise<readonly Page[]> }): Promise<Page> {
  for (let left = 100; left > 0; left--) {
    const [, other] = await app.pages();
    if (other !== undefined) return other;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("no second window");
}
