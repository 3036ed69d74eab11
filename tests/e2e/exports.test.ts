// Out of the app as a person takes it: by the export dialog, and heading by heading into a case system.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import axe from "axe-core";
import { callApp, complaintsOf, snapshotOf, waitForJobs, waitForSnapshot } from "./drive.ts";
import { launchApp, type LaunchedApp, skipWindow } from "./launch-app.ts";
import { dress, languages, still, themes } from "./screens.ts";

describe("out of the app", { skip: skipWindow }, () => {
  let app: LaunchedApp;
  let folder = "";
  let id = "";
  let complaints: readonly string[] = [];
  const page = () => app.page;
  const summary = () => page().getByRole("region", { name: "Sammanfattning" });
  const dialog = () => page().getByRole("dialog", { name: "Exportera som fil" });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lyssna-export-"));
    app = await launchApp();
    complaints = complaintsOf(app.page);
    ({ id } = await callApp(page(), "meetings.addExample"));
    await waitForJobs(page());
    await callApp(page(), "summaries.make", id, "journalanteckning");
    await waitForJobs(page());
    await page().evaluate((meeting) => {
      window.location.hash = `#/meeting/${meeting}`;
    }, id);
    await summary().getByRole("heading", { level: 3 }).first().waitFor();
  });
  after(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("the dialog is used by keyboard, writes what was chosen, and remembers it", async () => {
    const file = join(folder, "till klienten.html");
    await app.nextSavePath(file);
    await page().getByRole("button", { name: "Exportera" }).focus();
    await page().keyboard.press("Enter");
    await dialog()
      .getByRole("button", { name: /Format$/u })
      .focus();
    await page().keyboard.press("Enter");
    await page().getByRole("option", { name: "webbsida" }).click();
    await dialog()
      .getByRole("checkbox", { name: /^Förenklad version/u })
      .focus();
    await page().keyboard.press("Space");
    await dialog().getByRole("checkbox", { name: "Visa talarnas namn" }).focus();
    await page().keyboard.press("Space");
    await dialog().getByText("Talarnas namn byts mot roller", { exact: false }).waitFor();
    await dialog().getByRole("textbox", { name: "Organisation" }).fill("Exempelby kommun");
    await page().keyboard.press("Enter");
    await dialog().waitFor({ state: "hidden" });
    const written = await readFile(file, "utf8");
    for (const words of ["AI-stött utkast, ej granskat", "i korta meningar", "Exempelby kommun", "bytta mot roller"])
      assert.ok(written.includes(words), words);
    const { speakers } = await callApp(page(), "transcripts.get", id);
    for (const { name } of speakers) assert.ok(name === undefined || !written.includes(name), name);
    const { exportChoice, organisationName } = await snapshotOf(page(), "settings");
    assert.deepEqual(exportChoice, { what: "summary", format: "html", citations: true, names: false, client: true });
    assert.equal(organisationName, "Exempelby kommun");
    assert.equal(await page().evaluate(() => document.activeElement?.textContent), "Exportera");
  });

  test("a heading is copied with its label, ticked, and the next one has the focus", async () => {
    const buttons = summary().getByRole("button", { name: /^Kopiera och gå till nästa, /u });
    const count = await buttons.count();
    assert.ok(count >= 2);
    const headings = await buttons.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset["copyNext"]));
    await buttons.first().focus();
    for (const heading of headings.slice(0, 2)) {
      const focused = await page().evaluate(() => (document.activeElement as HTMLElement).dataset["copyNext"]);
      assert.equal(focused, heading);
      await page().keyboard.press("Enter");
      await page().waitForFunction(
        (was) => (document.activeElement as HTMLElement).dataset["copyNext"] !== was,
        heading,
      );
    }
    const copied = await app.clipboard();
    const [latest] = await callApp(page(), "summaries.list", id);
    const second = latest?.summary.sections.find((section) => section.heading === headings[1]);
    for (const { text, what } of second?.items ?? []) assert.ok(copied.includes((what ?? text).slice(1)), copied);
    assert.match(copied, /AI-stött utkast, ej granskat$/u);
    assert.equal(await summary().locator(".copy-tick").count(), 2);
  });

  test("that the system may keep what is copied is told once", { skip: process.platform === "win32" }, async () => {
    await waitForSnapshot(page(), "settings", ({ copyWarning }) => copyWarning === "told");
    await page().getByText("urklippshistorik", { exact: false }).first().waitFor();
  });

  test("what is grave and without support leaves neither as a file nor by the clipboard", async () => {
    const [made] = await callApp(page(), "summaries.list", id);
    assert.ok(made);
    const sections = made.summary.sections.map((section, at) =>
      at === 0
        ? {
            ...section,
            state: "filled" as const,
            items: [{ text: "Klienten har talat om självmord.", segments: ["s1"], origin: "engine" as const }],
          }
        : section,
    );
    await callApp(page(), "summaries.save", id, made.id, { ...made.summary, sections });
    const options = { citations: true, names: true, client: false };
    await app.nextSavePath(join(folder, "x.md"));
    await assert.rejects(callApp(page(), "export.save", id, "md", "summary", options), /unsupported-left/u);
    await assert.rejects(callApp(page(), "copy.summary", id), /unsupported-left/u);
    await assert.rejects(callApp(page(), "copy.heading", id, sections[0]?.id ?? ""), /unsupported-left/u);
    await callApp(page(), "export.save", id, "md", "transcript", options);
  });

  for (const language of languages)
    for (const theme of themes)
      test(`axe finds nothing in the dialog: ${language}, ${theme}`, async () => {
        await page().evaluate(axe.source);
        await dress(page(), language, theme);
        await page()
          .getByRole("button", { name: /^Export(?:era)?$/u })
          .click();
        await page().getByRole("dialog").waitFor();
        await still(page());
        const { violations } = await page().evaluate(() =>
          (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ["violations"] }),
        );
        assert.deepEqual(
          violations.map(({ id: rule, nodes }) => [rule, nodes.map(({ html }) => html.slice(0, 200))]),
          [],
        );
        await page().keyboard.press("Escape");
        await page().getByRole("dialog").waitFor({ state: "hidden" });
      });

  test("the window complained of nothing", () => assert.deepEqual(complaints, []));
});
