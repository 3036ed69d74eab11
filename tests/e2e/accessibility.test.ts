// axe-core finds nothing on any screen, in both themes and both languages.
import assert from "node:assert/strict";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Meeting } from "../../electron/contract.ts";
import { bringAxe, look, lookInTheDark } from "./axe.ts";
import { callApp, waitForJobs } from "./drive.ts";
import { lookAtLayout } from "./layout.ts";
import { launchApp, type LaunchedApp, skipWindow } from "./launch-app.ts";
import { dress, fill, languages, screens, themes, unlock } from "./screens.ts";

/** Screens whose layout is measured at 400 % zoom and in the smallest window; `npm run screenshots -- --all` measures every one. */
const measured = new Set([
  "first-start",
  "library",
  "library-select",
  "meeting",
  "help",
  "settings-conversations",
  "template-editor",
  "locked",
]);

describe("accessibility", { skip: skipWindow }, () => {
  let app: LaunchedApp;
  let folder = "";
  let meetings: readonly Meeting[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lyssna-axe-"));
    const broken = join(folder, "Trasig avskrift.json");
    await writeFile(broken, "{}");
    app = await launchApp();
    await bringAxe(app.page);
    meetings = await fill(app, broken);
  });
  after(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("axe sees what is wrong", async () => {
    await app.page.evaluate(() => document.querySelector("main")?.append(new Image()));
    assert.deepEqual(
      (await look(app.page)).map(({ rule }) => rule),
      ["image-alt"],
    );
    await app.page.evaluate(() => document.querySelector("main img")?.remove());
  });

  for (const language of languages) {
    test(language, async (t) => {
      await dress(app.page, language, "light");
      for (const screen of screens) {
        await t.test(screen.name, async () => {
          await screen.show(app.page, meetings);
          assert.deepEqual(await look(app.page), []);
          // Colours do not know which language is spoken: the dark ones are looked at in one.
          if (language === "sv") assert.deepEqual(await lookInTheDark(app.page), []);
          // Electron's window is not a page's to resize.
          if (app.host === "stand-in" && measured.has(screen.name)) {
            assert.deepEqual(await lookAtLayout(app.page), []);
          }
        });
      }
      await unlock(app.page);
    });
  }
});

test("accessibility of a database that cannot be opened", { skip: skipWindow }, async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), "lyssna-axe-"));
  t.after(() => rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
  {
    await using whole = await launchApp({ dataDir });
    await callApp(whole.page, "meetings.addExample");
    await waitForJobs(whole.page);
  }
  const file = await open(join(dataDir, "data", "store.db"), "r+");
  await file.write(Buffer.alloc(8192, 0xa5), 0, 8192, 2048);
  await file.close();
  await using app = await launchApp({ dataDir });
  await app.page.getByRole("heading", { level: 1, name: "Lyssna kunde inte öppna dina samtal" }).waitFor();
  await bringAxe(app.page);
  for (const theme of themes) {
    await app.page.evaluate((shown) => {
      document.documentElement.dataset["theme"] = shown;
    }, theme);
    assert.deepEqual(await look(app.page), [], theme);
  }
});
