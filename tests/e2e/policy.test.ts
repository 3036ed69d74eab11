// What the organisation forbids is not offered in the window, and is refused behind it as well.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import type { PolicyState } from "../../electron/contract.ts";
import { chromiumPath, openWindowLab, type WindowLab } from "../window/open-window.ts";
import { answerOf, callApp, waitForJobs } from "./drive.ts";
import { launchApp, type LaunchedApp, skipWindow } from "./launch-app.ts";

const seen = (page: Page, role: "button" | "tab" | "radio" | "checkbox" | "heading", name: string | RegExp) =>
  page.getByRole(role, { name }).count();

describe("the window under a policy", { skip: chromiumPath === null ? "no Chromium on this machine" : false }, () => {
  let lab: WindowLab;
  before(async () => {
    lab = await openWindowLab();
  });
  after(() => lab.close());
  const open = async (path: string, policy: Partial<PolicyState>, name: "library" | "first-start" = "library") =>
    (await lab.open({ name, policy: { organisation: "Exempelkommunen", ...policy } }, { path })).page;

  test("leaves out the settings and the pages that are hidden, and shows them where nothing is", async () => {
    const hidden = ["afterRecording", "watchedFolder", "templateByKind"] as const;
    for (const [policy, count] of [
      [{ hidden, hiddenPages: ["glossary", "log"] } as const, 0],
      [{}, 1],
    ] as const) {
      const page = await open("/#/settings/conversations", policy);
      await page.getByRole("button", { name: /Mall för nya samtal/u }).waitFor();
      assert.equal(await seen(page, "heading", "Bevakad mapp"), count);
      assert.equal(await seen(page, "heading", "Mall för en viss sorts samtal"), count);
      assert.equal(await seen(page, "button", /Efter en inspelning/u), count);
      assert.equal(await seen(page, "tab", "Ordlista"), count);
      assert.equal(await seen(page, "tab", "Händelselogg"), count);
      await page.context().close();
    }
    const page = await open("/#/settings/log", { hiddenPages: ["log"] });
    await page.getByRole("tab", { name: "Allmänt", selected: true }).waitFor();
    await page.context().close();
  });

  test("offers no model that cannot be had, and no folder to take one from", async () => {
    const page = await open("/#/settings/models", {
      modelDownload: false,
      modelImport: false,
      hidden: ["computeOn"],
    });
    await page.getByRole("heading", { name: /KB-Whisper small/u }).waitFor();
    assert.equal(await seen(page, "button", /^Hämta /u), 0);
    assert.equal(await seen(page, "heading", /KB-Whisper large/u), 0);
    // One that was on its way is told of, and does not go on.
    assert.equal(await seen(page, "heading", /KB-Whisper base/u), 1);
    assert.equal(await seen(page, "button", /^Fortsätt/u), 0);
    assert.equal(await seen(page, "button", "Ta en modell från en mapp"), 0);
    assert.equal(await page.getByRole("radiogroup", { name: "Räkna på" }).count(), 0);
    await page.context().close();
    const first = await open("/", { networkHosts: [], modelImport: false }, "first-start");
    await first.getByText("Din organisation har stängt av hämtning av modeller.", { exact: false }).waitFor();
    assert.equal(await seen(first, "button", /mapp/u), 0);
    await first.context().close();
  });

  test("makes no templates where own ones are not allowed", async () => {
    const page = await open("/#/templates", { ownTemplates: false });
    await page.getByRole("heading", { level: 1, name: "Mallar" }).waitFor();
    assert.equal(await seen(page, "button", "Ny mall"), 0);
    await page.locator(".templates-row-title").first().click();
    await page.getByRole("button", { name: "Spara som fil" }).waitFor();
    assert.equal(await seen(page, "button", "Gör en egen av den här"), 0);
    await page.context().close();
  });

  test("offers the formats that are allowed, and nothing where none is", async () => {
    const page = await open("/#/meeting/m1", { exportFormats: ["pdf", "vtt"], copy: false });
    await page.getByRole("button", { name: "Exportera" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: /Format$/u }).click();
    assert.deepEqual(await page.getByRole("option").allInnerTexts(), ["PDF"]);
    await page.context().close();
    const shut = await open("/#/meeting/m1", { exportFormats: [], copy: false });
    await shut.getByRole("region", { name: "Sammanfattning" }).getByRole("heading", { level: 3 }).first().waitFor();
    assert.equal(await seen(shut, "button", "Exportera"), 0);
    assert.equal(await seen(shut, "button", /[Kk]opiera/u), 0);
    await shut.context().close();
  });

  test("lets no marked text onto the clipboard where copying is switched off", async () => {
    const copies = async (copy: boolean) => {
      const page = await open("/#/meeting/m1", { copy });
      await page.getByRole("heading", { level: 3 }).first().waitFor();
      const prevented = await page.evaluate(() => {
        const event = new ClipboardEvent("copy", { bubbles: true, cancelable: true });
        return !document.body.dispatchEvent(event);
      });
      if (!copy) await page.getByText("stängt av (Exempelkommunen)", { exact: false }).waitFor();
      await page.context().close();
      return !prevented;
    };
    assert.deepEqual([await copies(false), await copies(true)], [false, true]);
  });

  test("begins no recording before the answer is noted, where the organisation asks for it", async () => {
    const page = await open("/#/record", { consentRequired: true });
    await page.getByText("Innan inspelningen kan börja", { exact: false }).waitFor();
    assert.equal(await seen(page, "radio", "Inget antecknat"), 0);
    const free = await open("/#/record", {});
    assert.equal(await seen(free, "radio", "Inget antecknat"), 1);
    for (const shown of [page, free]) await shown.context().close();
  });
});

describe("the app under a policy", { skip: skipWindow }, () => {
  let app: LaunchedApp;
  let folder = "";
  const known = process.env["LYSSNA_POLICY"];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lyssna-policy-"));
    const file = join(folder, "policy.json");
    const policy = {
      lyssna: "policy/1",
      organisation: "Exempelkommunen",
      hide: ["computeOn"],
      hidePages: ["glossary"],
      templates: { allowed: ["minnesanteckningar"], own: false },
      export: { formats: ["pdf"], copy: false },
      package: { make: false },
      consent: { required: true },
    };
    await writeFile(file, JSON.stringify(policy));
    process.env["LYSSNA_POLICY"] = file;
    app = await launchApp();
  });
  after(async () => {
    if (known === undefined) delete process.env["LYSSNA_POLICY"];
    else process.env["LYSSNA_POLICY"] = known;
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("offers what is allowed, and refuses the rest to whoever asks past the window", async () => {
    const { page } = app;
    const { id } = await callApp(page, "meetings.addExample");
    await waitForJobs(page);
    await callApp(page, "summaries.make", id, "minnesanteckningar");
    await waitForJobs(page);
    await page.evaluate((meeting) => (window.location.hash = `#/meeting/${meeting}`), id);
    const summary = page.getByRole("region", { name: "Sammanfattning" });
    await summary.getByRole("heading", { level: 3 }).first().waitFor();
    assert.equal(await seen(page, "button", /[Kk]opiera/u), 0);
    await summary.getByRole("button", { name: /Mall$/u }).click();
    assert.equal(await page.getByRole("option").count(), 1, "one template is allowed");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Exportera" }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /Format$/u })
      .click();
    assert.deepEqual(await page.getByRole("option").allInnerTexts(), ["PDF"]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.evaluate(() => (window.location.hash = "#/settings/glossary"));
    await page.getByRole("tab", { name: "Allmänt", selected: true }).waitFor();
    assert.equal(await seen(page, "tab", "Ordlista"), 0);

    const options = { citations: true, names: true, client: false };
    for (const [code, name, ...args] of [
      ["policy-forbids", "export.save", id, "docx", "summary", options],
      ["policy-forbids", "copy.summary", id],
      ["policy-forbids", "summaries.make", id, "journalanteckning"],
      ["policy-forbids", "templates.start", null, null],
      ["setting-fixed", "settings.set", { computeOn: "cpu" }],
    ] as const) {
      const answer = (await answerOf(page, name, args)) as { readonly error?: { readonly code: string } };
      assert.equal(answer.error?.code, code, name);
    }
  });
});
