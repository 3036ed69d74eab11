// A template of one's own, from an old document to a summary, and to a colleague and back.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { callApp, complaintsOf, snapshotOf, waitForJobs } from "./drive.ts";
import { launchApp, skipWindow } from "./launch-app.ts";

const oldDocument =
  "<p><b>Hembesök</b></p><p><b>Bakgrund</b></p><p>NN flyttade i maj.</p><p><b>Vad fungerar</b></p><p>Det mesta.</p>" +
  "<p><b>Överenskommelser</b></p><p>Vi ses igen.</p><p><b>Min bedömning</b></p><p>Stödet behövs.</p>";

const headings = (page: Page) =>
  page
    .getByRole("grid", { name: "Rubriker" })
    .getByRole("row")
    .evaluateAll((rows) => rows.map((row) => row.querySelector(".editor-section-heading")?.textContent));

const openShelf = async (page: Page) => {
  await page.evaluate(() => (window.location.hash = "#/templates"));
  await page.getByRole("heading", { level: 1, name: "Mallar" }).waitFor();
};

test(
  "an old document becomes a template: dragged by keyboard, tried out, saved, used, shared and taken back",
  { skip: skipWindow },
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "lyssna-templates-"));
    t.after(() => rm(folder, { recursive: true, force: true }));
    await using app = await launchApp();
    const { page } = app;
    const complaints = complaintsOf(page);
    await callApp(page, "meetings.addExample");
    await waitForJobs(page);

    await page.evaluate(() => (window.location.hash = "#/"));
    await page.getByRole("link", { name: "Mallar" }).click();
    await page.getByRole("button", { name: "Ny mall" }).click();
    await page.getByRole("menuitem", { name: "Från ett gammalt dokument" }).click();
    const field = page.getByRole("textbox", { name: "Klistra in texten här" });
    await field.evaluate((area, html) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/html", html);
      area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    }, oldDocument);
    await field.fill("Hembesök Bakgrund NN flyttade i maj. Vad fungerar Det mesta.");
    await page.getByRole("button", { name: "Hitta rubriker" }).click();
    await page.getByRole("heading", { level: 1, name: "Hembesök" }).waitFor();
    assert.deepEqual(await headings(page), ["Bakgrund", "Vad fungerar", "Överenskommelser", "Min bedömning"]);
    await page.getByRole("row", { name: "Min bedömning" }).getByText("Fylls i av dig").waitFor();

    const tried = page.getByRole("region", { name: "Så blir det" });
    await tried.getByRole("heading", { name: "Vad fungerar" }).waitFor();
    await page.getByRole("row", { name: "Överenskommelser" }).click();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label")?.startsWith("Infoga") === true);
    for (let step = 0; step < 3; step += 1) await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      () => document.querySelector(".editor-sections .editor-section-heading")?.textContent !== "Bakgrund",
    );
    const dragged = await headings(page);
    assert.equal(dragged[0], "Överenskommelser");
    assert.equal(dragged.length, 4);
    await page.keyboard.press("Control+z");
    await page.waitForFunction(
      () => document.querySelector(".editor-sections .editor-section-heading")?.textContent === "Bakgrund",
    );
    await page.getByRole("button", { name: "Gör om" }).click();
    assert.deepEqual(await headings(page), dragged);

    // The dry run follows what is written; how soon is for a quiet machine to say.
    await page.getByRole("row", { name: "Vad fungerar" }).click();
    await page.getByRole("textbox", { name: "Rubrik", exact: true }).fill("Det som går bra");
    await tried.getByRole("heading", { name: "Det som går bra" }).waitFor();
    assert.ok((await tried.getByRole("listitem").count()) > 3);
    assert.equal((await callApp(page, "templates.list")).filter(({ title }) => title === "Hembesök").length, 0);

    await page.getByRole("button", { name: "Spara", exact: true }).click();
    await page.getByText("Sparad som version 1.").waitFor();
    const template = (await callApp(page, "templates.list")).find(({ title }) => title === "Hembesök");
    assert.ok(template !== undefined);
    const [meeting] = await snapshotOf(page, "meetings");
    await callApp(page, "summaries.make", meeting?.id ?? "", template.id);
    await waitForJobs(page);
    const [made] = await callApp(page, "summaries.list", meeting?.id ?? "");
    assert.equal(made?.summary.template.version, 1);
    assert.deepEqual(
      made.summary.sections.map(({ heading, state }) => [heading, state === "left-to-person"]),
      [
        ["Överenskommelser", false],
        ["Bakgrund", false],
        ["Det som går bra", false],
        ["Min bedömning", true],
      ],
    );

    const file = join(folder, "Hembesök.lyssna");
    await app.nextSavePath(file);
    await page.getByRole("button", { name: "Mer" }).click();
    await page.getByRole("menuitem", { name: "Spara som fil" }).click();
    await page.getByText("Sparat: Hembesök.lyssna").waitFor();
    assert.equal((JSON.parse(await readFile(file, "utf8")) as { id: string }).id, template.id);

    await page.getByRole("button", { name: "Mer" }).click();
    await page.getByRole("menuitem", { name: "Ta bort mallen" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Ta bort mallen" }).click();
    await page.getByRole("heading", { level: 1, name: "Mallar" }).waitFor();
    assert.equal(await page.getByRole("link", { name: "Hembesök" }).count(), 0);
    assert.equal((await callApp(page, "summaries.list", meeting?.id ?? ""))[0]?.id, made.id);
    assert.equal((await callApp(page, "templates.get", template.id, 1)).template.title, "Hembesök");

    await app.nextOpenFiles([file]);
    await page.getByRole("button", { name: "Ny mall" }).click();
    await page.getByRole("menuitem", { name: "Hämta en mall från fil" }).click();
    await page.getByText("Mallen ”Hembesök” finns nu bland dina egna.").waitFor();
    await page.getByRole("heading", { level: 1, name: "Hembesök" }).waitFor();
    assert.deepEqual(
      await headings(page),
      made.summary.sections.map(({ heading }) => heading),
    );
    assert.deepEqual(complaints, []);
  },
);

test(
  "what is written is kept when the app ends, and a template without a name cannot be saved",
  { skip: skipWindow },
  async () => {
    await using app = await launchApp();
    const { page } = app;
    await openShelf(page);
    await page.getByRole("link", { name: "Telefonanteckning" }).click();
    await page.getByRole("button", { name: "Gör en egen av den här" }).click();
    await page.getByRole("button", { name: "Om mallen" }).click();
    await page.getByRole("textbox", { name: "Namn" }).fill("");
    await page.getByRole("button", { name: "Ge mallen ett namn." }).waitFor();
    await page.getByRole("button", { name: "Spara", exact: true }).click();
    assert.equal(
      (await callApp(page, "templates.shelf")).filter(({ own, state }) => own && state === "saved").length,
      0,
    );
    await page.getByRole("textbox", { name: "Namn" }).fill("Samtal på jouren");
    while (!(await callApp(page, "templates.shelf")).some(({ template }) => template.title === "Samtal på jouren"));
    await using again = await app.restart();
    await openShelf(again.page);
    await again.page.getByRole("link", { name: "Samtal på jouren" }).click();
    await again.page.getByRole("button", { name: "Om mallen" }).click();
    assert.equal(await again.page.getByRole("textbox", { name: "Namn" }).inputValue(), "Samtal på jouren");
  },
);
