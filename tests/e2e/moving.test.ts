// Moving house as a person does it, and `.lyssna` files that are opened from outside: always asked about first.
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { bringAxe, look } from "./axe.ts";
import { callApp, snapshotOf, waitForJobs, waitForSnapshot } from "./drive.ts";
import { launchApp, type LaunchedApp, skipStandIn, skipWindow } from "./launch-app.ts";

const passphrase = "fyra lugna ord i rad";

describe("a package", { skip: skipWindow }, () => {
  let folder = "";
  let home = "";
  let here: LaunchedApp;
  let there: LaunchedApp;
  const all = () => join(folder, "allt.lyssna");
  const one = () => join(folder, "ett.lyssna");
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lyssna-moving-"));
    home = await mkdtemp(join(tmpdir(), "lyssna-home-"));
    here = await launchApp({ dataDir: home });
    await callApp(here.page, "meetings.addExample");
    await waitForJobs(here.page);
    there = await launchApp();
  });
  after(async () => {
    await here.close();
    await there.close();
    for (const dir of [folder, home]) await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });
  const toSettings = async ({ page }: LaunchedApp) => {
    await page.evaluate(() => (window.location.hash = "#/settings/move"));
    await page.getByRole("tab", { name: "Säkerhetskopia och flytt", selected: true }).waitFor();
  };

  test("of everything is made in the settings, with a passphrase that is typed twice", async () => {
    const { page } = here;
    await toSettings(here);
    await bringAxe(page);
    assert.deepEqual(await look(page), []);
    const make = page.getByRole("button", { name: "Gör paket av allt" });
    await page.getByRole("textbox", { name: "Paketets lösenfras" }).fill(passphrase);
    assert.equal(await make.isDisabled(), true);
    await page.getByRole("textbox", { name: "Samma lösenfras en gång till" }).fill("fyra lugna ord i rat");
    await page.getByText("De två är inte lika.").waitFor();
    assert.equal(await make.isDisabled(), true);
    await page.getByRole("textbox", { name: "Samma lösenfras en gång till" }).fill(passphrase);

    await here.nextSavePath(join(folder, "finns inte", "allt.lyssna"));
    await make.click();
    await page.getByRole("alert").getByText("allt.lyssna", { exact: false }).waitFor();
    assert.deepEqual(await readdir(folder), [], "nothing half written");

    await here.nextSavePath(all());
    await make.click();
    await page.getByText("Paketet allt.lyssna är gjort. Ett samtal kom med.").waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Paketets lösenfras" }).inputValue(), "");
    assert.deepEqual(await readdir(folder), ["allt.lyssna"]);
    const [meeting] = await snapshotOf(page, "meetings");
    assert.ok(!(await readFile(all(), "latin1")).includes(meeting?.title ?? "Exempel"));
  });

  test("is taken in on another computer, after a wrong passphrase has changed nothing", async () => {
    const { page } = there;
    const [meeting] = await snapshotOf(here.page, "meetings");
    await toSettings(there);
    await there.nextOpenFiles([all()]);
    await page.getByRole("button", { name: "Välj paket" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Ta in ett paket" });
    await dialog.getByText("allt.lyssna är ett paket med allt från en annan dator", { exact: false }).waitFor();
    await bringAxe(page);
    assert.deepEqual(await look(page), []);
    await dialog.getByRole("textbox", { name: "Paketets lösenfras" }).fill("fyra andra ord i rad");
    await dialog.getByRole("button", { name: "Ta in" }).click();
    await dialog
      .getByRole("alert")
      .getByText("Lösenfrasen är inte den som paketet gjordes med", { exact: false })
      .waitFor();
    assert.deepEqual(await snapshotOf(page, "meetings"), []);
    await dialog.getByRole("textbox", { name: "Paketets lösenfras" }).fill(passphrase);
    await dialog.getByRole("button", { name: "Ta in" }).click();
    await page.getByText("Paketet är intaget. Ett nytt samtal.").waitFor();
    const title = meeting?.title ?? "";
    await page.getByRole("link", { name: title, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await page.locator(".paragraph").first().waitFor();
  });

  test("of one meeting is made from the meeting, and what is there already is left as it is", async () => {
    const { page } = here;
    const [meeting] = await snapshotOf(page, "meetings");
    await page.evaluate((id) => (window.location.hash = `#/meeting/${id}`), meeting?.id ?? "");
    await page.getByRole("button", { name: "Flytta samtalet som paket" }).click();
    const dialog = page.getByRole("dialog", { name: "Flytta samtalet som paket" });
    assert.deepEqual(await look(page), []);
    await dialog.getByRole("textbox", { name: "Paketets lösenfras" }).fill(passphrase);
    await dialog.getByRole("textbox", { name: "Samma lösenfras en gång till" }).fill(passphrase);
    await here.nextSavePath(one());
    await dialog.getByRole("button", { name: "Gör paketet" }).click();
    await page.getByText("Paketet ett.lyssna är gjort. Ett samtal kom med.").waitFor();
    await dialog.waitFor({ state: "hidden" });

    // By double click, while Lyssna runs: the second start hands the file over.
    await there.secondStart([one()]);
    const asked = there.page.getByRole("alertdialog", { name: "Ta in ett paket" });
    await asked.getByText("ett.lyssna är ett paket med ett samtal", { exact: false }).waitFor();
    await asked.getByRole("textbox", { name: "Paketets lösenfras" }).fill(passphrase);
    await asked.getByRole("button", { name: "Ta in" }).click();
    await there.page.getByText("Inga nya samtal. Ett samtal fanns redan och är som förut.", { exact: false }).waitFor();
    assert.equal((await snapshotOf(there.page, "meetings")).length, 1);
  });

  test("of a newer Lyssna, or a file that is none, is refused with a sentence", async () => {
    const header = { lyssna: "package/2", what: "all", createdAt: "2027-01-01T00:00:00Z" };
    for (const [name, text, words] of [
      ["nyare.lyssna", `${JSON.stringify(header)}\n…`, /nyare version av Lyssna/u],
      ["trasig.lyssna", "inget", /trasig\.lyssna/u],
    ] as const) {
      const path = join(folder, name);
      await writeFile(path, text);
      await there.openFile(path);
      const dialog = there.page.getByRole("alertdialog", { name: "Filen går inte att ta in" });
      await dialog.getByRole("alert").getByText(words).waitFor();
      await dialog.getByRole("button", { name: "Stäng" }).click();
      await dialog.waitFor({ state: "hidden" });
    }
  });

  test("that is dropped on the window is asked about too", { skip: skipStandIn }, async () => {
    await there.dropFiles([one()]);
    const dialog = there.page.getByRole("alertdialog", { name: "Ta in ett paket" });
    await dialog.getByRole("button", { name: "Låt bli" }).click();
    await dialog.waitFor({ state: "hidden" });
    assert.equal((await snapshotOf(there.page, "jobs")).length, 0, "nothing was taken for a recording");
  });

  test("a template that the system opens is shown, and taken in only when somebody says so", async () => {
    const path = join(folder, "enhetens mall.lyssna");
    const sections = [{ id: "lage", heading: "Läget just nu", guidance: "Hur det är.", kind: "bullets" }];
    const template = {
      lyssna: "template/1",
      id: "enhetens",
      version: 1,
      title: "Enhetens mall",
      language: "sv",
      sections,
    };
    await writeFile(path, JSON.stringify(template));
    const { page } = there;
    const own = async () => (await callApp(page, "templates.list")).some(({ id }) => id === "enhetens");
    const dialog = page.getByRole("alertdialog", { name: "Ta in en mall" });
    await there.openFile(path);
    await dialog.getByText("”Enhetens mall”, med en rubrik", { exact: false }).waitFor();
    assert.equal(await own(), false);
    await dialog.getByRole("button", { name: "Låt bli" }).click();
    await dialog.waitFor({ state: "hidden" });
    assert.equal(await own(), false);
    await there.openFile(path);
    await dialog.getByRole("button", { name: "Ta in" }).click();
    await page.waitForFunction(() => window.location.hash === "#/templates/enhetens");
    await page.getByText("Läget just nu").first().waitFor();
    assert.equal(await own(), true);
  });

  test("the file that the app is started with is shown when it is unlocked, and not before", async () => {
    await callApp(here.page, "key.setPassphrase", null, "granen barrar");
    await here.close();
    here = await launchApp({ dataDir: home, args: [one()] });
    const { page } = here;
    await page.getByRole("heading", { level: 1, name: "Lyssna är låst" }).waitFor();
    assert.equal((await page.content()).includes("ett.lyssna"), false);
    await page.getByRole("textbox", { name: "Lösenfras", exact: true }).fill("granen barrar");
    await page.getByRole("button", { name: "Lås upp" }).click();
    await page.getByRole("alertdialog", { name: "Ta in ett paket" }).waitFor();
    await page.getByRole("button", { name: "Låt bli" }).click();
    await waitForSnapshot(page, "opened", (opened) => opened === null);
  });
});
