// A summary is reviewed as a person would: opened beside what was said, changed, added to, taken back, approved.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { callApp, complaintsOf, waitForJobs } from "./drive.ts";
import { launchApp, skipWindow } from "./launch-app.ts";

const pane = (page: Page) => page.getByRole("region", { name: "Sammanfattning" });

test(
  "a summary is changed, undone, added to and approved, and is so after a restart",
  { skip: skipWindow },
  async () => {
    await using started = await launchApp();
    const { page } = started;
    const complaints = complaintsOf(page);
    const { id } = await callApp(page, "meetings.addExample");
    await waitForJobs(page);
    await callApp(page, "summaries.make", id, "journalanteckning");
    await waitForJobs(page);
    // As a language model might have written it: a grave matter that nobody spoke of.
    const [made] = await callApp(page, "summaries.list", id);
    assert.ok(made);
    const filled = made.summary.sections.find(({ state, kind }) => state === "filled" && kind !== "manual");
    assert.ok(filled);
    const invented = "Klienten har talat om självmord.";
    const sections = made.summary.sections.map((section) =>
      section.id === filled.id
        ? {
            ...section,
            items: [
              { text: invented, segments: filled.items[0]?.segments ?? [], origin: "engine" as const },
              ...section.items,
            ],
          }
        : section,
    );
    const { id: current } = await callApp(page, "summaries.save", id, made.id, { ...made.summary, sections });
    await assert.rejects(callApp(page, "summaries.save", id, made.id, made.summary), /summary-moved/u);
    await assert.rejects(callApp(page, "summaries.approve", id, current, "Anna Berg"), /summary-open/u);
    await assert.rejects(callApp(page, "copy.summary", id), /unsupported-left/u);
    await page.evaluate((meeting) => (window.location.hash = `#/meeting/${meeting}`), id);
    const summary = pane(page);
    await summary.getByText("1 mening saknar stöd.", { exact: false }).waitFor();

    // It may not leave, nor be approved, before somebody has dealt with it.
    await summary.getByRole("button", { name: "Godkänn" }).click();
    await page.getByRole("dialog").getByText("En mening saknar stöd", { exact: false }).waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Gå till dem" }).click();

    const opens = summary.getByRole("button", { name: `Granska: ${invented}` });
    await page.waitForFunction(() => document.activeElement?.classList.contains("review-opener"));
    assert.ok(await opens.evaluate((button) => button === document.activeElement));
    await page.keyboard.press("Enter");
    await summary.getByText("Så här sades det:").waitFor();
    await summary.getByRole("button", { name: "Ta bort" }).click();
    await summary.getByText(invented).waitFor({ state: "detached" });
    assert.equal(await summary.getByText("saknar stöd.", { exact: false }).count(), 0);

    // A change keeps its sources, and can be taken back.
    const opener = summary.getByRole("button", { name: /^Granska: / }).first();
    const before = ((await opener.getAttribute("aria-label")) ?? "").replace("Granska: ", "");
    await opener.click();
    const field = summary.getByRole("textbox", { name: "Meningen" });
    await field.fill(`${before} Klienten har köpt en båt för 900 000 kronor.`);
    await page.keyboard.press("Control+Enter");
    await summary.getByText("Ändrad av dig").first().waitFor();
    await summary.getByRole("button", { name: "Ångra" }).click();
    await summary.getByText("Ändrad av dig").first().waitFor({ state: "detached" });
    await summary.getByRole("button", { name: "Gör om igen" }).click();
    await summary.getByText("Ändrad av dig").first().waitFor();

    // What was added is not in the talk, and it says so at once. The person stands by it.
    await summary.getByText("1 mening saknar stöd.", { exact: false }).waitFor();
    await summary
      .getByRole("button", { name: `Granska: ${before} Klienten har köpt en båt för 900 000 kronor.` })
      .click();
    await summary.getByRole("button", { name: "Det stämmer" }).click();
    await summary.getByText("Du står för det").waitFor();
    assert.equal(await summary.getByText("saknar stöd.", { exact: false }).count(), 0);

    // The professional's own heading.
    const own = /^Skriv en mening under .*(?:bedömning|egen)/iu;
    await summary.getByRole("button", { name: own }).first().click();
    await page.keyboard.type("Stödet räcker tills vidare.");
    await page.keyboard.press("Control+Enter");
    await summary.getByText("Stödet räcker tills vidare.").waitFor();

    await summary.getByRole("button", { name: "Godkänn" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Ditt namn" }).fill("Anna Berg");
    await dialog.getByRole("button", { name: "Godkänn sammanfattningen" }).click();
    await summary.getByText("granskat av Anna Berg", { exact: false }).waitFor();

    await summary.getByRole("button", { name: "Versioner" }).click();
    await page
      .getByRole("dialog")
      .getByRole("region", { name: /Understruket/u })
      .waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Stäng" }).click();
    assert.deepEqual(complaints, []);

    await using again = await started.restart();
    await again.page.evaluate((meeting) => (window.location.hash = `#/meeting/${meeting}`), id);
    await pane(again.page).getByText("granskat av Anna Berg", { exact: false }).waitFor();
    await pane(again.page).getByText("Stödet räcker tills vidare.").waitFor();
    await pane(again.page).getByText(`${before} Klienten har köpt en båt för 900 000 kronor.`).waitFor();
    const versions = await callApp(again.page, "summaries.list", id);
    assert.deepEqual(versions.map(({ state }) => state).slice(0, 2), ["approved", "edited"]);
  },
);
