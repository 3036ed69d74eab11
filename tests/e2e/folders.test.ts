// A folder, by key and dialog or dropped: what it holds of meetings stands in the library, and of the rest one is told.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { complaintsOf, snapshotOf, waitForSnapshot } from "./drive.ts";
import { launchApp, skipStandIn, skipWindow } from "./launch-app.ts";

const vtt = (words: string) => `WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Anna>${words}\n`;

test(
  "a folder is taken in whole, and what is no meeting is counted",
  { skip: skipWindow || skipStandIn },
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "lyssna-mapp å "));
    t.after(() => rm(folder, { recursive: true, force: true }));
    await mkdir(join(folder, "mars"));
    await writeFile(join(folder, "2 uppföljning.vtt"), vtt("Vi ses om två veckor."));
    await writeFile(join(folder, "mars", "10 hembesök.vtt"), vtt("Hyran är betald."));
    await writeFile(join(folder, "bild.png"), "ingen bild");
    await writeFile(join(folder, ".gömd.vtt"), vtt("Det här ska inte in."));
    await using app = await launchApp();
    const { page } = app;
    const complaints = complaintsOf(page);
    await page.evaluate(() => (window.location.hash = "#/"));
    await page.getByRole("button", { name: "Importera" }).first().waitFor();
    await app.nextOpenFiles([folder]);
    await page.keyboard.press("f");
    await page.getByText("2 filer i mappen är varken ljud, video eller avskrift och togs inte in.").waitFor();
    const meetings = await waitForSnapshot(page, "meetings", (all) => all.length === 2);
    assert.deepEqual(meetings.map(({ title }) => title).toSorted(), ["10 hembesök", "2 uppföljning"]);

    // The same files once more are noticed, and taken in only if that is meant.
    await app.nextOpenFiles([join(folder, "mars", "10 hembesök.vtt"), join(folder, "2 uppföljning.vtt")]);
    await page.keyboard.press("i");
    await page.getByText("2 av filerna finns redan här.").waitFor();
    assert.equal((await snapshotOf(page, "meetings")).length, 2);
    await page.getByRole("button", { name: "Ta in ändå" }).click();
    await waitForSnapshot(page, "meetings", (all) => all.length === 4);

    const empty = join(folder, "tom");
    await mkdir(empty);
    await app.dropFiles([empty]);
    await page.getByText("Mappen innehåller varken ljud, video eller avskrifter.").waitFor();
    assert.deepEqual(complaints, []);
  },
);
