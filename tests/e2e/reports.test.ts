// Two meetings of one case become a report; a citation opens the right meeting at the right passage.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import axe from "axe-core";
import type { Transcript } from "../../electron/formats.ts";
import { talk } from "../unit/talks.ts";
import { callApp, complaintsOf, snapshotOf, waitForJobs } from "./drive.ts";
import { launchApp, type LaunchedApp, skipWindow } from "./launch-app.ts";
import { dress, languages, still, themes } from "./screens.ts";

const march = talk(
  [
    "Handläggare: Hur har du det med boendet?",
    "Klient: Jag bor i en etta på Storgatan. Hyran är 6 800 kronor i månaden.",
    "Klient: Jag är orolig för pengarna och sover dåligt på nätterna.",
    "Handläggare: Jag skickar en blankett om bostadsbidrag till dig på fredag.",
  ],
  { title: "Första samtalet", recordedAt: "2026-03-12T09:00:00" },
);
const april = talk(
  [
    "Handläggare: Hur har det gått sedan sist?",
    "Klient: Hyran är 7 200 kronor i månaden.",
    "Klient: Blanketten om bostadsbidrag har jag fått och skickat in.",
    "Klient: Jag har börjat en kurs i svetsning på komvux i Vetlanda.",
  ],
  { title: "Andra samtalet", recordedAt: "2026-04-09T09:00:00" },
);

describe("a report over two meetings", { skip: skipWindow }, () => {
  let app: LaunchedApp;
  let folder = "";
  let complaints: readonly string[] = [];
  const page = () => app.page;
  const summary = () => page().getByRole("region", { name: "Sammanfattning" });
  const idOf = async (title: string): Promise<string> =>
    (await snapshotOf(page(), "meetings")).find((meeting) => meeting.title === title)?.id ?? "";

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lyssna-report-"));
    app = await launchApp();
    complaints = complaintsOf(app.page);
    for (const [at, transcript] of [march, april].entries()) await bring(transcript, `samtal-${String(at + 1)}.json`);
    await waitForJobs(page());
  });
  after(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function bring(transcript: Transcript, name: string): Promise<void> {
    const path = join(folder, name);
    await writeFile(path, JSON.stringify(transcript));
    for (const { id } of await callApp(page(), "import.files", [path]))
      await callApp(page(), "meetings.update", id, { caseReference: "2026-114", title: transcript.title ?? "" });
  }

  test("the meetings of a case are chosen at a press, and become a report", async () => {
    await page().evaluate(() => {
      window.location.hash = "#/";
    });
    await page().getByRole("link", { name: "Sammanställ flera samtal" }).click();
    await page().getByRole("heading", { level: 1, name: "Sammanställ flera samtal" }).waitFor();
    const make = page().getByRole("button", { name: "Sammanställ", exact: true });
    assert.equal(await make.isDisabled(), true);
    await page()
      .getByRole("checkbox", { name: /Andra samtalet/u })
      .focus();
    await page().keyboard.press("Space");
    await page().getByText("1 samtal valt. Välj minst två samtal.").waitFor();
    await page().getByRole("button", { name: "2 samtal i ärende 2026-114" }).click();
    await page().getByText("2 samtal valda").waitFor();
    await make.click();
    await waitForJobs(page());
    await page()
      .getByRole("heading", { level: 1, name: /2 samtal$/u })
      .waitFor();
    const sources = page().getByRole("region", { name: "Samtal i sammanställningen" });
    assert.deepEqual(await sources.getByRole("link").allInnerTexts(), ["Första samtalet", "Andra samtalet"]);
  });

  test("what differs stands side by side, with the day", async () => {
    await summary().getByRole("heading", { name: "Uppgifter som går isär" }).waitFor();
    const sides = await summary().locator(".conflict-side").allInnerTexts();
    assert.equal(sides.length, 2);
    assert.match(sides[0] ?? "", /6 800 kronor[^]*12 mars/u);
    assert.match(sides[1] ?? "", /7 200 kronor[^]*9 april/u);
    await summary().getByText("Nytt sedan sist").first().waitFor();
  });

  test("a citation opens its meeting at the passage", async () => {
    await summary()
      .getByRole("button", { name: /^Visa var det sades, 9 april 00:03/u })
      .first()
      .click();
    await page().getByRole("heading", { level: 1, name: "Andra samtalet" }).waitFor();
    assert.match(page().url(), new RegExp(`#/meeting/${await idOf("Andra samtalet")}/s2$`, "u"));
    await page().locator("[data-lit]", { hasText: "7 200 kronor" }).first().waitFor();
    await page().goBack();
    await page().getByRole("region", { name: "Samtal i sammanställningen" }).waitFor();
  });

  for (const language of languages)
    for (const theme of themes)
      test(`axe finds nothing: ${language}, ${theme}`, async () => {
        await page().evaluate(axe.source);
        await dress(page(), language, theme);
        const report = (await snapshotOf(page(), "meetings")).find(({ sources }) => sources !== undefined);
        for (const address of ["#/report", `#/meeting/${report?.id ?? ""}`]) {
          await page().evaluate((hash) => {
            window.location.hash = hash;
          }, address);
          await page().locator(".meeting-choice, .conflict-side").first().waitFor();
          await still(page());
          const { violations } = await page().evaluate(() =>
            (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ["violations"] }),
          );
          assert.deepEqual(
            violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]),
            [],
          );
        }
      });

  test("deleting a source says first what goes, and the report says what is gone", async () => {
    await dress(page(), "sv", "light");
    const id = await idOf("Första samtalet");
    await page().evaluate((meeting) => {
      window.location.hash = `#/meeting/${meeting}`;
    }, id);
    await page().getByRole("button", { name: "Ta bort samtalet" }).click();
    await page().getByText("En sammanställning bygger på samtalet", { exact: false }).waitFor();
    await page().getByRole("button", { name: "Behåll" }).click();
    await callApp(page(), "meetings.delete", id);
    const report = (await snapshotOf(page(), "meetings")).find(({ sources }) => sources !== undefined);
    await page().evaluate((meeting) => {
      window.location.hash = `#/meeting/${meeting}`;
    }, report?.id ?? "");
    await page().getByText("Samtalet är borttaget", { exact: false }).waitFor();
    await summary().getByText("Källan är borttagen (samtalet 12 mars)").first().waitFor();
    assert.deepEqual(complaints, []);
  });
});
