// Models as a person deals with them in the window: a package taken, a model checked, a package made, one removed.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { importModel } from "../../electron/models/import-model.ts";
import { installPackage } from "../../electron/models/install-package.ts";
import { makePackage } from "../../electron/models/make-package.ts";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import { bringAxe, look } from "./axe.ts";
import { launchApp, type LaunchedApp, skipWindow } from "./launch-app.ts";

const quiet = { signal: new AbortController().signal, report: () => {} };

describe("models in the window", { skip: skipWindow }, () => {
  let app: LaunchedApp;
  let folder = "";
  let zip = "";

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lyssna-window-models-"));
    const from = join(folder, "from");
    await makeDemonstrationModel(join(folder, "egen"));
    await importModel(join(folder, "egen"), from, quiet);
    zip = await makePackage(["egen"], from, join(folder, "paket.zip"), quiet);
    app = await launchApp();
    await bringAxe(app.page);
  });
  after(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("come from a package, are checked, packed anew and removed", async () => {
    const { page } = app;
    await page.goto(`${page.url().split("#")[0] ?? ""}#/settings/models`);
    await page.getByText("Hur lång tid en avskrift tar mäts första gången").waitFor();
    assert.equal(await page.getByRole("button", { name: "Skapa modellpaket" }).count(), 0, "there is nothing to pack");

    await app.nextOpenFiles([join(folder, "egen", "config.json")]);
    await page.getByRole("button", { name: "Ta modeller från ett paket" }).click();
    await page.getByRole("alert").getByText("config.json är inget modellpaket").waitFor();

    await app.nextOpenFiles([zip]);
    await page.getByRole("button", { name: "Ta modeller från ett paket" }).click();
    await page.getByText("Modellen är installerad.").waitFor();
    const row = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "egen" }) });
    await row.getByText("Används").waitFor();

    await row.getByRole("button", { name: "Mer om egen" }).click();
    await page.getByRole("menuitem", { name: "Kontrollera" }).click();
    await page.getByText("egen är hel.").waitFor();

    const again = join(folder, "igen.zip");
    await app.nextSavePath(again);
    await page.getByRole("button", { name: "Skapa modellpaket" }).click();
    const dialog = page.getByRole("dialog", { name: "Skapa modellpaket" });
    await dialog.getByRole("checkbox", { name: "egen" }).waitFor();
    assert.deepEqual(await look(page), []);
    await dialog.getByRole("button", { name: "Spara paketet" }).click();
    await page.getByText("Paketet är sparat:").waitFor();
    const any = { ...quiet, key: null, isAllowed: () => true };
    assert.deepEqual((await installPackage(again, join(folder, "till"), any)).ids, ["egen"]);

    await row.getByRole("button", { name: "Mer om egen" }).click();
    await page.getByRole("menuitem", { name: "Ta bort" }).click();
    await page.getByText("egen togs bort.").waitFor();
    await row.waitFor({ state: "detached" });
    assert.deepEqual(await look(page), []);
  });
});
