// The lock as a person meets it: a passphrase chosen, the window locked and opened, a recovery code used.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { answerOf, callApp, snapshotOf, waitForSnapshot } from "./drive.ts";
import { launchApp, type LaunchedApp, skipStandIn, skipWindow } from "./launch-app.ts";

const passphrase = "granen barrar";

describe("the lock", { skip: skipWindow }, () => {
  let dataDir = "";
  let app: LaunchedApp;
  let code = "";
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "lyssna-lock-"));
    app = await launchApp({ dataDir });
  });
  after(async () => {
    await app.close();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });
  const lockedTitle = () => app.page.getByRole("heading", { level: 1, name: "Lyssna är låst" });
  const unlockWith = async (typed: string) => {
    await app.page.getByRole("textbox", { name: "Lösenfras", exact: true }).fill(typed);
    await app.page.getByRole("button", { name: "Lås upp" }).click();
  };

  test("a passphrase is chosen and a recovery code shown once, in the settings", async () => {
    const { page } = app;
    await callApp(page, "meetings.addExample");
    await waitForSnapshot(page, "jobs", (jobs) => jobs.every(({ state }) => state === "done"));
    await page.evaluate(() => (window.location.hash = "#/settings/lock"));
    await page.getByRole("button", { name: "Välj en lösenfras" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Ny lösenfras" }).fill(passphrase);
    await dialog.getByRole("textbox", { name: "Samma lösenfras en gång till" }).fill("granen barrat");
    await dialog.getByText("De två är inte lika.").waitFor();
    await dialog.getByRole("textbox", { name: "Samma lösenfras en gång till" }).fill(passphrase);
    await dialog.getByRole("button", { name: "Välj en lösenfras" }).click();
    await page.getByText("Lösenfrasen gäller från och med nu.").waitFor();

    await page.getByRole("button", { name: "Skapa återställningskod" }).click();
    await dialog.getByRole("textbox", { name: "Nuvarande lösenfras" }).fill(passphrase);
    await dialog.getByRole("button", { name: "Skapa återställningskod" }).click();
    code = (await page.locator(".recovery-code").textContent()) ?? "";
    assert.match(code, /^(?:[0-9A-Z]{5}-){5}[0-9A-Z]{5}$/u);
    await page.getByRole("button", { name: "Koden är sparad" }).click();
    assert.equal((await page.content()).includes(code), false);
  });

  test("a locked window shows nothing of the content and its calls are refused; the passphrase opens it", async () => {
    const { page } = app;
    const [meeting] = await snapshotOf(page, "meetings");
    assert.ok(meeting);
    await page.evaluate((id) => (window.location.hash = `#/meeting/${id}`), meeting.id);
    await page.getByRole("heading", { level: 1, name: meeting.title }).waitFor();
    // The page may be loaded anew before the answer is there.
    await callApp(page, "lock.now").catch(() => {});
    await lockedTitle().waitFor();
    await page.waitForFunction(() => document.readyState === "complete");
    await lockedTitle().waitFor();
    assert.equal((await page.content()).includes(meeting.title), false);
    for (const [name, ...args] of [
      ["meetings.get", meeting.id],
      ["transcripts.start", meeting.id],
      ["search.find", "hyra"],
      ["key.status"],
    ] as const) {
      assert.deepEqual(await answerOf(page, name, args), { ok: false, error: { code: "locked", details: {} } }, name);
    }
    assert.deepEqual(await snapshotOf(page, "meetings"), []);
    assert.equal(
      await page.evaluate(async (id) => (await fetch(`/sound/${id}`)).status, meeting.id).catch(() => 404),
      404,
    );

    await unlockWith("granen barrar inte");
    await page.getByRole("alert").getByText("Lösenfrasen stämmer inte.").waitFor();
    await unlockWith(passphrase);
    await page.getByRole("heading", { level: 1, name: meeting.title }).waitFor({ timeout: 60_000 });
  });

  test(
    "it locks when nobody touches the computer, and hides from screenshots when wished",
    { skip: skipStandIn },
    async () => {
      await callApp(app.page, "settings.set", { hideFromCapture: true });
      for (const end = Date.now() + 5000; !(await app.isHiddenFromCapture()) && Date.now() < end;) {
        await new Promise((done) => setTimeout(done, 50));
      }
      assert.equal(await app.isHiddenFromCapture(), true);
      await app.power("lock-screen");
      await lockedTitle().waitFor();
      await unlockWith(passphrase);
      await app.page.getByRole("heading", { level: 1 }).filter({ hasNotText: "låst" }).waitFor({ timeout: 60_000 });
    },
  );

  test("it starts locked, and the recovery code opens it with a new passphrase", async () => {
    app = await app.restart();
    const { page } = app;
    await lockedTitle().waitFor();
    await page.getByRole("button", { name: "Glömd lösenfras" }).click();
    await page.getByRole("textbox", { name: "Återställningskod" }).fill(code.toLowerCase().replaceAll("-", " "));
    await page.getByRole("textbox", { name: "Ny lösenfras" }).fill("sommarlov");
    await page.getByRole("button", { name: "Lås upp" }).click();
    await page.getByRole("heading", { level: 1, name: "Samtal" }).waitFor({ timeout: 60_000 });
    assert.equal((await snapshotOf(page, "meetings")).length, 1);
  });
});
