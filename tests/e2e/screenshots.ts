// `npm run screenshots`: every screen, in both themes and languages, narrow, and at twice the size, for eyes to look at.
// All of them go to out/screenshots; those that the README shows also to docs/screenshots.
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { build } from "../../build/build.ts";
import type { Meeting } from "../../electron/contract.ts";
import { callApp, snapshotOf, waitForJobs } from "./drive.ts";
import { launchApp, skipSound, skipWindow } from "./launch-app.ts";
import { dress, fill, languages, type Screen, screens, still, themes, turnTo } from "./screens.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const all = join(root, "out", "screenshots");
const shown = join(root, "docs", "screenshots");

/** A window of 1280×800 at twice the size has room for half as much. */
const sizes = [
  { name: "", width: 1280, height: 800 },
  { name: "-900x600", width: 900, height: 600 },
  { name: "-200-percent", width: 640, height: 400 },
] as const;

/** For the README. */
const chosen: ReadonlySet<string> = new Set([
  "first-start-sv-light",
  "library-sv-light",
  "search-sv-light",
  "source-sv-light",
  "source-sv-dark",
  "source-en-light",
  "demonstration-sv-light",
  "export-sv-light",
  "failed-sv-light",
  "settings-general-sv-light",
  "settings-conversations-sv-light",
  "settings-models-sv-light",
  "shortcuts-sv-dark",
]);

const demonstration: Screen = {
  name: "demonstration",
  async show(page, meetings) {
    const meeting = meetings.find(({ hasSound }) => hasSound);
    await page.evaluate((id) => {
      window.location.hash = `#/meeting/${id}`;
    }, meeting?.id ?? "");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await turnTo(page, "summary");
    await page.getByRole("heading", { level: 3 }).first().waitFor();
  },
};

if (skipWindow !== false) {
  process.stderr.write(`No screenshots can be taken here: ${skipWindow}.\n`);
  process.exit(1);
}
await build((line) => process.stderr.write(`${line}\n`));
await takeAll();

async function takeAll(): Promise<void> {
  for (const folder of [all, shown]) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
  }
  const folder = await mkdtemp(join(tmpdir(), "lyssna-screenshots-"));
  const broken = join(folder, "Trasig avskrift.json");
  await writeFile(broken, "{}");
  let count = 0;
  try {
    await using app = await launchApp();
    const { page } = app;
    await fill(app, broken);
    if (skipSound === false) await callApp(page, "meetings.addDemonstration");
    await waitForJobs(page);
    const meetings = await snapshotOf(page, "meetings");
    const wanted = skipSound === false ? [...screens, demonstration] : screens;
    for (const language of languages) {
      for (const theme of themes) {
        await dress(page, language, theme);
        for (const size of sizes) {
          // Sizes are a matter of layout: one dress is enough for the odd ones.
          if (size.name !== "" && (language !== "sv" || theme !== "light")) continue;
          await page.setViewportSize(size);
          for (const screen of wanted) {
            await take(page, screen, meetings, `${screen.name}-${language}-${theme}${size.name}`);
            count += 1;
          }
        }
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  process.stderr.write(`${count} screenshots in ${all}, ${chosen.size} for the README in ${shown}\n`);
}

async function take(page: Page, screen: Screen, meetings: readonly Meeting[], name: string): Promise<void> {
  await screen.show(page, meetings);
  await page.mouse.move(0, 0);
  await still(page);
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  const path = join(all, `${name}.png`);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
  if (chosen.has(name)) await copyFile(path, join(shown, `${name}.png`));
}
