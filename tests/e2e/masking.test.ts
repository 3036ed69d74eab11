// Masking as a person meets it: turned on in the meeting, gone through, and heeded by copies, documents and the key.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { callApp, complaintsOf, waitForJobs } from "./drive.ts";
import { launchApp, type LaunchedApp, skipWindow } from "./launch-app.ts";

/** The window beside the main one. */
async function otherPage(from: LaunchedApp) {
  for (;;) {
    const [, beside] = await from.pages();
    if (beside !== undefined) return beside;
    await new Promise((done) => setTimeout(done, 100));
  }
}

describe("masking", { skip: skipWindow }, () => {
  let app: LaunchedApp;
  let folder = "";
  let id = "";
  let complaints: readonly string[] = [];
  const page = () => app.page;
  const text = () => page().getByRole("region", { name: "Avidentifierad", exact: true });
  const review = () => page().getByRole("region", { name: "Det som är maskerat" });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lyssna-mask-"));
    app = await launchApp();
    complaints = complaintsOf(app.page);
    ({ id } = await callApp(page(), "meetings.addExample"));
    await callApp(page(), "meetings.update", id, { caseReference: "SN 2026-1" });
    await waitForJobs(page());
    await callApp(page(), "summaries.make", id, "journalanteckning");
    await waitForJobs(page());
    await page().evaluate((meeting) => {
      window.location.hash = `#/meeting/${meeting}`;
    }, id);
  });
  after(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("names give way in view, and each can be kept or added", async () => {
    await callApp(page(), "windows.summary", id);
    const beside = await otherPage(app);
    await beside.getByRole("heading", { level: 3 }).first().waitFor();
    await page().getByRole("button", { name: "Avidentifiera" }).click();
    await beside.waitForFunction(() => document.body.textContent?.includes("[PERSON_"));
    assert.doesNotMatch(await beside.locator(".masked-text").innerText(), /Berit|Exempelsson|Påhitt/u);
    await text().getByText("[PERSON_1]").first().waitFor();
    assert.doesNotMatch(await text().innerText(), /Berit|Exempelsson|Påhitt/u);
    await review().getByRole("button", { name: "Behåll överallt: Exempelby kommun" }).click();
    await text().getByText("Exempelby", { exact: false }).first().waitFor();
    await review().getByRole("button", { name: "Maskera överallt: Exempelby kommun" }).click();
    await page().waitForFunction(() => !document.querySelector(".masked-text")?.textContent?.includes("Exempelby"));
    await review().getByRole("textbox", { name: "Ord eller uttryck" }).fill("träffpunkten");
    await review().getByRole("checkbox", { name: "Gäller hela ärendet SN 2026-1" }).focus();
    await page().keyboard.press("Space");
    await review().getByRole("button", { name: "Maskera", exact: true }).click();
    await page().waitForFunction(() => !document.querySelector(".masked-text")?.textContent?.includes("träffpunkten"));
    const { choice, caseWords } = await callApp(page(), "masking.get", id);
    assert.equal(choice.on, true);
    assert.deepEqual(caseWords.always, [{ text: "träffpunkten", kind: "person" }]);
  });

  test("what is copied or written is masked, and the key brings it back", async () => {
    await callApp(page(), "copy.summary", id);
    const copied = await app.clipboard();
    assert.match(copied, /\[PERSON_\d+\]/u);
    assert.match(copied, /Avidentifierat/u);
    assert.doesNotMatch(copied, /Berit|Exempelsson|Påhitt/u);
    const path = join(folder, "ut.txt");
    await app.nextSavePath(path);
    const options = { citations: true, names: true, client: false };
    await callApp(page(), "export.save", id, "txt", "transcript", options);
    assert.doesNotMatch(await readFile(path, "utf8"), /Berit|Exempelsson|Påhitt|träffpunkten/u);
    const key = join(folder, "nyckel.json");
    await app.nextSavePath(key);
    await review().getByRole("button", { name: "Spara nyckeln" }).click();
    await page().getByText("Nyckeln är sparad", { exact: false }).first().waitFor();
    assert.match(await readFile(key, "utf8"), /Berit Exempelsson/u);
    assert.equal((await stat(key)).mode & 0o077, 0);
  });

  test("it is remembered with the meeting, and turned off again", async () => {
    await page().evaluate(() => {
      window.location.hash = "#/";
    });
    await page().evaluate((meeting) => {
      window.location.hash = `#/meeting/${meeting}`;
    }, id);
    await page().getByRole("button", { name: "Visa namnen" }).click();
    await page().getByRole("region", { name: "Avskrift" }).getByText("Berit", { exact: false }).first().waitFor();
    assert.deepEqual(complaints, []);
  });
});
