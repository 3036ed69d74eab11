// Pictures of every screen of the app itself, in every size, theme and language, to be looked at by eyes:
// `npm run screenshots -- --all [FOLDER]`. Some hundreds of them; takes minutes.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../build/build.ts";
import { launchApp } from "../e2e/launch-app.ts";
import { layoutFaults, windowSizes } from "../e2e/layout.ts";
import { dress, fill, languages, screens, still, themes, unlock } from "../e2e/screens.ts";

/** What a screen is drawn in; forced colours once, since they know no theme. */
const dresses = [
  ...languages.flatMap((language) => themes.map((theme) => ({ language, theme, forcedColors: "none" as const }))),
  { language: "sv", theme: "light", forcedColors: "active" },
] as const;

/** One folder for each size, language and theme; a screen has the same name in each. */
export async function shootEveryScreen(folder: string): Promise<void> {
  await build(() => {});
  const files = await mkdtemp(join(tmpdir(), "lyssna-shots-"));
  const broken = join(files, "Trasig avskrift.json");
  await writeFile(broken, "{}");
  await using app = await launchApp();
  const { page } = app;
  const meetings = await fill(app, broken);
  for (const { language, theme, forcedColors } of dresses) {
    await dress(page, language, theme);
    await page.emulateMedia({ forcedColors });
    for (const screen of screens) {
      await screen.show(page, meetings);
      for (const [width, height] of windowSizes) {
        await page.setViewportSize({ width, height });
        await page.waitForTimeout(100);
        await still(page);
        const kind = forcedColors === "active" ? "forced-colours" : theme;
        const place = join(folder, `${width}-${language}-${kind}`);
        await mkdir(place, { recursive: true });
        for (const fault of await layoutFaults(page)) process.stdout.write(`${place} ${screen.name}: ${fault}\n`);
        await page.screenshot({ path: join(place, `${screen.name}.png`) });
      }
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    await unlock(page);
    process.stdout.write(`${language}, ${forcedColors === "active" ? "forced colours" : theme}\n`);
  }
  await rm(files, { recursive: true, force: true });
}
