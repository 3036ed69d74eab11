// What goes wrong outside the app: killed processes, a damaged database, a second start, no keychain, files that are not sound.
import assert from "node:assert/strict";
import { mkdtemp, open, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import type { Job } from "../../electron/contract.ts";
import { demonstrationScript } from "../../models/demonstration/recording.ts";
import { callApp, waitForJobs, waitForSnapshot, wordsOf, writeRecording } from "./drive.ts";
import { launchApp, skipSound, skipStandIn, skipWindow } from "./launch-app.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "lyssna-faults-"));
});
after(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));

/** Nearly three minutes of speech: long enough to be interrupted. */
const times = 2;

async function startLongJob(page: Page): Promise<void> {
  const recording = join(folder, "Långt samtal.wav");
  await writeRecording(recording, Array.from({ length: times }, demonstrationScript).join("\n\n"));
  await callApp(page, "settings.set", { modelId: "demonstration" });
  await callApp(page, "import.files", [recording]);
}

interface Standing {
  readonly fraction: number;
  /** The least that transcription has shown meanwhile. */
  readonly least: number;
}

/** Waits until so much has been transcribed, and some is left. A job that has failed is tried again. */
async function midway(page: Page, share: number): Promise<Standing> {
  let least = 1;
  let fraction = 0;
  const isMidway = (job: Job) => {
    if (job.state === "failed") void callApp(page, "jobs.retry", job.id).catch(() => {});
    if (job.state !== "running" || job.stage !== "transcribe") return false;
    least = Math.min(least, job.fraction);
    fraction = job.fraction;
    return fraction > share;
  };
  await waitForSnapshot(page, "jobs", (all) => all.some(isMidway), 90_000);
  return { fraction, least };
}

/** The least that transcription showed from now until the job was done. */
async function leastUntilDone(page: Page): Promise<number> {
  let least = 1;
  await waitForSnapshot(
    page,
    "jobs",
    ([job]) => {
      if (job?.state === "running" && job.stage === "transcribe") least = Math.min(least, job.fraction);
      return job?.state === "done";
    },
    90_000,
  );
  return least;
}

/** All that was said is there once: nothing lost where the job was cut off, nothing twice. */
async function assertWhole(page: Page): Promise<void> {
  const [meeting] = await waitForSnapshot(page, "meetings", ([first]) => first?.status === "to-review");
  const { segments } = await callApp(page, "transcripts.get", meeting?.id ?? "");
  const heard = wordsOf(segments.map(({ text }) => text).join(" "));
  const said = wordsOf(Array.from({ length: times }, demonstrationScript).join(" "));
  assert.deepEqual(heard, said);
  assert.equal((await callApp(page, "summaries.list", meeting?.id ?? "")).length, 1);
}

describe("killed in the middle of a job", { skip: skipSound }, () => {
  test("the inference process, then main: the job goes on from there each time, redoing nothing", async () => {
    const dataDir = join(folder, "killed");
    await using first = await launchApp({ dataDir });
    await startLongJob(first.page);
    const wentOn = (from: Standing, least: number) =>
      assert.ok(least >= from.fraction - 0.05, `it had come to ${from.fraction}, and went on from ${least}`);
    const once = await midway(first.page, 0.25);
    assert.equal(await first.killInference(), true);
    const twice = await midway(first.page, 0.5);
    wentOn(once, twice.least);
    await first.killMain();
    await using second = await launchApp({ dataDir });
    wentOn(twice, await leastUntilDone(second.page));
    await assertWhole(second.page);
  });

  test("a job is cancelled within a second, and what was done is kept", async () => {
    await using app = await launchApp();
    await startLongJob(app.page);
    await midway(app.page, 0.25);
    await app.page.getByRole("button", { name: "Visa pågående arbete" }).click();
    const cancel = app.page.getByRole("button", { name: "Avbryt Långt samtal" });
    await cancel.waitFor();
    const asked = performance.now();
    await cancel.click();
    await waitForSnapshot(app.page, "jobs", ([job]) => job?.state === "cancelled", 5000);
    // A second, and half of one for the click and for asking every tenth of a second.
    assert.ok(performance.now() - asked < 1500, `${performance.now() - asked} ms`);
  });
});

describe("faults", { skip: skipWindow }, () => {
  test("a second start brings the first window forward and ends", async () => {
    await using app = await launchApp();
    const earlier = await app.broughtForward();
    await app.secondStart();
    const until = Date.now() + 5000;
    while ((await app.broughtForward()) === earlier && Date.now() < until) await app.page.waitForTimeout(50);
    assert.ok((await app.broughtForward()) > earlier);
    assert.equal(await app.page.getByRole("heading", { level: 1 }).count(), 1);
  });

  test("a damaged database is said to be, nothing is deleted, and the backup brings the meetings back", async () => {
    const dataDir = join(folder, "damaged");
    const data = join(dataDir, "data");
    await using first = await launchApp({ dataDir });
    await callApp(first.page, "meetings.addExample");
    await waitForJobs(first.page);
    // The next start backs up what this one leaves.
    await using again = await first.restart();
    await waitForBackup(data);
    await again.close();
    await overwrite(join(data, "store.db"));

    await using app = await launchApp({ dataDir });
    await app.page.getByRole("heading", { level: 1, name: "Lyssna kunde inte öppna dina samtal" }).waitFor();
    await app.page.getByText(/Databasen är skadad. Ingenting har tagits bort./u).waitFor();
    assert.ok((await readdir(data)).includes("store.db"));
    await app.page.getByRole("button", { name: /^Återställ säkerhetskopian från / }).click();
    await app.page.getByRole("link", { name: /^Exempel:/u }).waitFor();
    assert.ok((await readdir(join(data, "damaged"))).length > 0, "the damaged files are kept");
  });

  test(
    "without a keychain nothing is opened or written before a passphrase was chosen",
    { skip: skipStandIn },
    async () => {
      await using app = await launchApp({ noKeychain: true });
      await app.page.getByText("Datorn har ingen nyckelring som Lyssna kan använda.").waitFor();
      assert.ok(
        !(await readdir(join(app.dataDir, "data")).catch(() => [])).some((name) => /^(?:store|key)/u.test(name)),
      );
      await app.page.getByRole("textbox", { name: "Ny lösenfras" }).fill("granen barrar i mars");
      await app.page.getByRole("button", { name: "Använd lösenfrasen" }).click();
      await app.page.getByRole("link", { name: "Fortsätt utan talmodell" }).waitFor();
    },
  );

  test("a file that is not sound stands in the library with its reason, and the others go on", async () => {
    const text = join(folder, "inte ljud 'å' 🙂.wav");
    const subtitles = join(folder, "-mötet.vtt");
    await writeFile(text, "Det här är text.\n".repeat(100));
    await writeFile(subtitles, "WEBVTT\n\n00:01.000 --> 00:04.000\nVi ses på måndag.\n");
    await using app = await launchApp();
    await callApp(app.page, "settings.set", { modelId: "demonstration" });
    await app.nextOpenFiles([text, subtitles]);
    await app.page.getByRole("link", { name: "Fortsätt utan talmodell" }).click();
    await app.page.getByRole("button", { name: "Importera" }).click();
    await waitForSnapshot(app.page, "meetings", (meetings) => meetings.length === 2);
    await waitForJobs(app.page);
    await app.page.getByRole("link", { name: "inte ljud 'å' 🙂" }).click();
    await app.page
      .getByText(/är inte en ljud- eller videofil som Lyssna kan läsa|ffmpeg, som läser ljudfiler, saknas/u)
      .first()
      .waitFor();
    await app.page.getByRole("link", { name: "Tillbaka till samtal" }).click();
    await app.page.getByRole("link", { name: "-mötet" }).click();
    await app.page.getByText("Vi ses på måndag.").first().waitFor();
  });
});

async function waitForBackup(data: string): Promise<void> {
  const until = Date.now() + 15_000;
  for (;;) {
    const names = await readdir(join(data, "backups")).catch(() => []);
    if (names.some((name) => name.endsWith(".db"))) return;
    assert.ok(Date.now() < until, "no backup was made");
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Noise over everything behind the first bytes. */
async function overwrite(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    const { size } = await file.stat();
    const noise = Buffer.alloc(size - 1024, 0xa5);
    await file.write(noise, 0, noise.length, 1024);
  } finally {
    await file.close();
  }
}
