// Files that were taken in: which of their sound, what becomes of them afterwards, and a folder that is watched.
import assert from "node:assert/strict";
import { access, appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { say, wavBytes } from "../../models/demonstration/say.ts";
import { loadVoice } from "../../models/demonstration/voice.ts";
import { withoutFfmpeg } from "../sound-files.ts";
import { bringAxe, look } from "./axe.ts";
import { callApp, complaintsOf, snapshotOf, waitForJobs, waitForSnapshot, wordsOf, writeRecording } from "./drive.ts";
import { launchApp, skipStandIn, skipWindow } from "./launch-app.ts";

const said = { left: "klienten ringer läraren imorgon", right: "rektorn skriver brev nästa vecka" } as const;

/** Two people on a telephone, in turn: one in each channel. */
function telephone(): Buffer {
  const [left, right] = [say(said.left, loadVoice()), say(said.right, loadVoice())];
  const frames = left.length + right.length + 16_000;
  const pairs = new Int16Array(2 * frames);
  for (const [at, value] of left.entries()) pairs[2 * at] = value;
  for (const [at, value] of right.entries()) pairs[2 * (left.length + 16_000 + at) + 1] = value;
  const wav = wavBytes(pairs);
  wav.writeUInt16LE(2, 22);
  wav.writeUInt32LE(4 * 16_000, 28);
  wav.writeUInt16LE(4, 32);
  return wav;
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

describe("originals", { skip: skipWindow || skipStandIn || withoutFfmpeg }, () => {
  let folder = "";
  before(async () => void (folder = await mkdtemp(join(tmpdir(), "lyssna-original "))));
  after(() => rm(folder, { recursive: true, force: true }));

  test("two channels become two people, and the plain file is deleted when the person wants it", async () => {
    const path = join(folder, "samtal å.wav");
    await writeFile(path, telephone());
    await using app = await launchApp();
    const { page } = app;
    const complaints = complaintsOf(page);
    await callApp(page, "settings.set", { modelId: "demonstration" });
    await page.evaluate(() => (window.location.hash = "#/"));
    await app.dropFiles([path]);
    await waitForSnapshot(page, "meetings", (all) => all.length === 1);
    await waitForJobs(page);
    await page.getByRole("link", { name: /samtal å/u }).click();
    await page.getByText("Filen har två kanaler med var sin röst.").waitFor();
    await page.getByRole("button", { name: "Välj ljud …" }).click();
    await bringAxe(page);
    assert.deepEqual(await look(page), []);
    assert.ok(await page.getByRole("checkbox", { name: /En talare per kanal/u }).isChecked());
    await page.getByRole("button", { name: "Transkribera om" }).click();
    const [meeting] = await snapshotOf(page, "meetings");
    await waitForSnapshot(page, "jobs", (jobs) => jobs.length === 2 && jobs.every(({ state }) => state === "done"));
    const transcript = await callApp(page, "transcripts.get", meeting?.id ?? "");
    assert.deepEqual(
      ["A", "B"].map((id) =>
        wordsOf(transcript.segments.flatMap(({ speaker, text }) => (speaker === id ? [text] : [])).join(" ")),
      ),
      [wordsOf(said.left), wordsOf(said.right)],
    );

    await page.getByRole("link", { name: "Tillbaka till samtal" }).click();
    await page.getByText("Originalet till ett inläst samtal ligger kvar på datorn, okrypterat.").waitFor();
    await page.getByRole("button", { name: "Radera originalet …" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Radera originalfilen?" });
    await dialog.getByText("samtal å.wav").waitFor();
    await dialog.getByRole("button", { name: "Radera", exact: true }).click();
    await page.getByText("Originalfilen ligger i papperskorgen.").waitFor();
    assert.equal(await isThere(path), false);
    assert.deepEqual(await snapshotOf(page, "originals"), []);
    assert.deepEqual(complaints, []);
  });

  test("a file that was changed since, or cut short, is never deleted", async () => {
    const path = join(folder, "ändrad.wav");
    await writeRecording(path, said.left);
    await using app = await launchApp();
    const { page } = app;
    await callApp(page, "settings.set", { modelId: "demonstration" });
    await page.evaluate(() => (window.location.hash = "#/"));
    await app.dropFiles([path]);
    await waitForSnapshot(page, "originals", ([one]) => one?.verified === true);
    await waitForJobs(page);
    await appendFile(path, "mer");
    await page.getByRole("button", { name: "Radera originalet …" }).click();
    await page.getByRole("button", { name: "Radera", exact: true }).click();
    await page.getByText("En fil raderades inte.").waitFor();
    assert.ok(await isThere(path));
    await page.getByRole("button", { name: "Behåll det" }).click();
    await waitForSnapshot(page, "originals", (all) => all.every(({ stays }) => stays));
    await page.getByRole("button", { name: "Behåll det" }).waitFor({ state: "detached" });
    assert.ok(await isThere(path));
  });

  test("a watched folder takes in what comes, and asks about what was there", async () => {
    const watched = join(folder, "diktafon");
    await mkdir(watched);
    await writeFile(join(watched, "gammal.vtt"), "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Anna>Hej på dig.\n");
    await using app = await launchApp();
    const { page } = app;
    await callApp(page, "settings.set", { modelId: "demonstration" });
    await page.evaluate(() => (window.location.hash = "#/settings/conversations"));
    await page.getByText("Ingen mapp bevakas.").waitFor();
    await app.nextOpenFiles([watched]);
    await page.getByRole("button", { name: "Välj mapp …" }).click();
    await page.getByText("En fil fanns redan i mappen när den valdes.").waitFor();
    await page.getByRole("button", { name: "Läs in den också" }).click();
    await waitForSnapshot(page, "meetings", ([one, ...more]) => one?.title === "gammal" && more.length === 0);
    await writeFile(join(watched, "ny.vtt"), "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Anna>Vi ses på fredag.\n");
    const meetings = await waitForSnapshot(page, "meetings", (all) => all.length > 1, 45_000);
    assert.deepEqual(meetings.map(({ title }) => title).toSorted(), ["gammal", "ny"]);
    await page.getByRole("button", { name: "Sluta bevaka" }).click();
    await page.getByText("Ingen mapp bevakas.").waitFor();
  });
});
