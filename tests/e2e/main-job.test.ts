// The main job through the window: first start, import, transcript, summary, export; and everything is there after a restart.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { callApp, complaintsOf, waitForJobs, wordsOf, writeRecording } from "./drive.ts";
import { launchApp, type LaunchedApp, skipSound, skipStandIn, skipWindow } from "./launch-app.ts";

const said =
  "Jag är trött och orolig, eftersom jag inte kan betala hyran. Hyran är åtta tusen kronor. " +
  "Vi beslutar att du ska söka bidrag. Handläggaren ska skicka en blankett med brev senast fredag. " +
  "Nästa åtgärd är boendestöd, och beslutet kommer i april.";
const title = "Hembesök Öberg ”våren” – 3";

describe("the main job", { skip: skipWindow }, () => {
  let app: LaunchedApp;
  let complaints: readonly string[] = [];
  let again: readonly string[] = [];
  let folder = "";
  const page = () => app.page;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lyssna files å "));
    await writeRecording(join(folder, `${title}.wav`), said);
    app = await launchApp();
    complaints = complaintsOf(app.page);
  });
  after(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("the first start leads by the hand", async () => {
    await page().getByRole("heading", { level: 1, name: "Välkommen till Lyssna" }).waitFor();
    assert.ok(
      (await page()
        .getByRole("button", { name: /^Hämta KB-Whisper/u })
        .count()) >= 3,
    );
    for (const name of ["Ta en modell från en mapp", "Prova demonstrationen", "Öppna exempelmötet"]) {
      assert.equal(await page().getByRole("button", { name }).count(), 1, name);
    }
  });

  test("the example meeting opens with a transcript, and is summarised by the template one chooses", async () => {
    await page().getByRole("button", { name: "Öppna exempelmötet" }).click();
    const transcript = page().getByRole("region", { name: "Avskrift" });
    await transcript
      .getByRole("button", { name: /^(?:Gå till|Spela från) 00:0/u })
      .first()
      .waitFor();
    const summary = page().getByRole("region", { name: "Sammanfattning" });
    await waitForJobs(page());
    await summary.getByRole("button", { name: /Mall/u }).click();
    await page()
      .getByRole("option", { name: /^Journalanteckning/u })
      .click();
    await summary.getByRole("button", { name: "Sammanfatta", exact: true }).click();
    await waitForJobs(page());
    const template = (await callApp(page(), "templates.list")).find(({ id }) => id === "journalanteckning");
    for (const { heading } of template?.sections ?? []) {
      await summary.getByRole("heading", { level: 3, name: heading, exact: true }).waitFor();
    }
  });

  test("a sentence of the summary lights up the passage that holds it", async () => {
    const summary = page().getByRole("region", { name: "Sammanfattning" });
    await summary
      .getByRole("button", { name: /^Källa \d/u })
      .first()
      .click();
    await page().getByRole("region", { name: "Avskrift" }).locator("mark").first().waitFor();
  });

  test("a recording becomes a transcript and a summary", { skip: skipSound }, async () => {
    await callApp(page(), "settings.set", { modelId: "demonstration" });
    await page().getByRole("link", { name: "Tillbaka till samtal" }).click();
    await app.nextOpenFiles([join(folder, `${title}.wav`)]);
    await page().getByRole("button", { name: "Importera" }).click();
    await page().getByRole("link", { name: title }).click();
    await page().getByRole("heading", { level: 1, name: title }).waitFor();
    await waitForJobs(page());
    const transcript = page().getByRole("region", { name: "Avskrift" });
    await transcript.getByRole("button", { name: /^Spela från 00:00/u }).waitFor();
    const heard = await callApp(page(), "transcripts.get", await currentMeeting());
    assert.deepEqual(wordsOf(heard.segments.map(({ text }) => text).join(" ")), wordsOf(said));
    await page().getByRole("region", { name: "Sammanfattning" }).getByRole("heading", { level: 3 }).first().waitFor();
  });

  test("clicking a sentence plays what was said", { skip: skipSound }, async () => {
    const summary = page().getByRole("region", { name: "Sammanfattning" });
    await summary
      .getByRole("button", { name: /^Källa \d/u })
      .last()
      .click();
    await page().getByRole("button", { name: "Pausa" }).waitFor();
    await page().waitForFunction(() => {
      const sound = document.querySelector("audio");
      return sound !== null && !sound.paused && sound.currentTime > 0.3;
    });
    await page().getByRole("button", { name: "Pausa" }).click();
  });

  test("the player reaches the end of the sound by a range of it", { skip: skipSound }, async () => {
    const end = await page().evaluate(async () => {
      const sound = document.querySelector("audio");
      if (sound === null) return null;
      const arrived = new Promise((done) => sound.addEventListener("seeked", done, { once: true }));
      sound.currentTime = sound.duration - 0.5;
      await arrived;
      return sound.duration - sound.currentTime;
    });
    assert.ok(end !== null && end < 1, `still ${end} s from the end`);
  });

  test("a heading is copied as text", { skip: skipSound }, async () => {
    const [latest] = (await callApp(page(), "summaries.list", await currentMeeting())).toSorted(
      (one, other) => other.version - one.version,
    );
    const section = latest?.summary.sections.find(({ items }) => items.length > 0);
    assert.ok(section);
    await page()
      .getByRole("button", { name: `Kopiera ${section.heading}` })
      .click();
    await page().waitForTimeout(300);
    const copied = await app.clipboard();
    for (const { text } of section.items) assert.ok(copied.includes(text), copied);
  });

  test("summary and transcript are exported", { skip: skipSound }, async () => {
    const cases = [
      ["Sammanfattning", "Word", "s.docx", /^PK/u],
      ["Sammanfattning", "PDF", "s.pdf", /^%PDF-1\.7/u],
      ["Sammanfattning", "Markdown", "s.md", /^# .*Öberg[\s\S]*AI-stött utkast, ej granskat/mu],
      ["Avskrift", "undertexter (VTT)", "a.vtt", /^WEBVTT[\s\S]*hyran/u],
      ["Avskrift", "JSON", "a.json", /"transcript\/1"/u],
    ] as const;
    for (const [what, format, file, expected] of cases) {
      await app.nextSavePath(join(folder, file));
      await page().getByRole("button", { name: "Exportera" }).click();
      const dialog = page().getByRole("dialog", { name: "Exportera som fil" });
      await dialog.getByText(what, { exact: true }).click();
      await dialog.getByRole("button", { name: /Format$/u }).click();
      await page().getByRole("option", { name: format, exact: true }).click();
      await dialog.getByRole("button", { name: "Spara filen" }).click();
      await dialog.waitFor({ state: "hidden" });
      await page().getByText(`Sparat: ${file}`).first().waitFor();
      assert.match(
        await readFile(join(folder, file), "latin1").then((text) => Buffer.from(text, "latin1").toString()),
        expected,
        file,
      );
    }
  });

  test("a transcript that is dropped on the window is taken in", { skip: skipStandIn }, async () => {
    const file = join(folder, "Samråd å ä ö.vtt");
    await writeFile(file, "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Anna>Vi ses på måndag klockan tio.\n");
    await app.dropFiles([file]);
    await page().getByRole("link", { name: "Samråd å ä ö" }).click();
    await page().getByText("Vi ses på måndag klockan tio.").first().waitFor();
    await waitForJobs(page());
  });

  test("a name is changed and stands in the transcript", async () => {
    await page().getByRole("link", { name: "Tillbaka till samtal" }).click();
    await page()
      .getByRole("link", { name: /^Exempel:/u })
      .first()
      .click();
    await page()
      .getByRole("button", { name: /, ändra namn och roll/u })
      .first()
      .click();
    await page().getByRole("textbox", { name: "Namn" }).fill("Åsa Påhittad");
    await page().getByRole("button", { name: "Spara" }).click();
    await page()
      .getByRole("button", { name: /^Åsa Påhittad, ändra/u })
      .first()
      .waitFor();
  });

  test("after a restart everything is there, and search finds it", { skip: skipSound }, async () => {
    app = await app.restart();
    again = complaintsOf(app.page);
    await page().getByRole("link", { name: title }).waitFor();
    await page().getByRole("searchbox", { name: "Sök i allt som sagts" }).fill("åtgärd");
    const hit = page()
      .getByRole("link")
      .filter({ hasText: /åtgärd/iu })
      .first();
    await hit.click();
    await page().getByRole("region", { name: "Avskrift" }).locator("mark").first().waitFor();
    await page().getByRole("region", { name: "Sammanfattning" }).getByRole("heading", { level: 3 }).first().waitFor();
  });

  test("the page never complained, from its very start", async () => {
    await page().reload();
    await page().getByRole("heading", { level: 1 }).waitFor();
    assert.deepEqual([...complaints, ...again], []);
  });

  const currentMeeting = () => page().evaluate(() => decodeURIComponent(window.location.hash.split("/")[2] ?? ""));
});
