// A word of the glossary from the settings into a transcript, by keyboard.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { said } from "../fixtures/glossary.ts";
import { callApp, complaintsOf, waitForJobs } from "./drive.ts";
import { launchApp, skipWindow } from "./launch-app.ts";

test(
  "a misheard word is corrected by keyboard, can be taken back, and the summary says it is older",
  { skip: skipWindow },
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "lyssna-glossary-"));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, "Besök.json");
    await writeFile(
      file,
      JSON.stringify(said(["Vi ska söka bidrag i sävskö.", "Ja, och en lägenhet i sävskö eller jungby."])),
    );
    await using app = await launchApp();
    const { page } = app;
    const complaints = complaintsOf(page);

    await page.evaluate(() => (window.location.hash = "#/settings/glossary"));
    for (const word of ["Sävsjö", "Ljungby"]) {
      await page.getByRole("button", { name: "Lägg till ord" }).click();
      await page.getByRole("textbox", { name: "Ord", exact: true }).fill(word);
      await page.keyboard.press("Enter");
      await page.getByRole("rowheader", { name: word }).waitFor();
    }

    const [meeting] = await callApp(page, "import.files", [file]);
    await callApp(page, "summaries.make", meeting?.id ?? "", "minnesanteckningar");
    await waitForJobs(page);
    await page.evaluate((id) => (window.location.hash = `#/meeting/${id}`), meeting?.id);
    const transcript = page.getByRole("region", { name: "Avskrift" });
    await page.getByRole("button", { name: "3 förslag ur ordlistan" }).waitFor();
    assert.equal(await page.getByText("Avskriften har ändrats").count(), 0);

    await page.keyboard.press("o");
    const yes = page.getByRole("button", { name: "Ja, skriv Sävsjö i stället för sävskö" });
    await yes.first().waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "2 förslag ur ordlistan" }).waitFor();
    // As a person does, who looks where the focus is before the next key.
    const focusOn = (name: RegExp) =>
      page.waitForFunction((wanted) => wanted.test(document.activeElement?.getAttribute("aria-label") ?? ""), name);
    await focusOn(/sävskö/u);
    await page.keyboard.press("ArrowDown");
    await focusOn(/jungby/u);
    await page.keyboard.press("ArrowRight");
    await focusOn(/^Nej.*jungby/u);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "1 förslag ur ordlistan" }).waitFor();
    await page.getByRole("button", { name: "Godta", exact: true }).press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await transcript.getByText("Ja, och en lägenhet i Sävsjö eller jungby.").waitFor();
    await transcript.getByText("Vi ska söka bidrag i Sävsjö.").waitFor();
    await page.getByText("Avskriften har ändrats sedan sammanfattningen gjordes.").waitFor();
    assert.ok(await page.evaluate(() => document.activeElement?.closest(".transcript") !== null));

    await page.getByRole("button", { name: "Ångra" }).last().click();
    await transcript.getByText("Ja, och en lägenhet i sävskö eller jungby.").waitFor();
    assert.deepEqual(complaints, []);
  },
);
