// Pictures of a recording, from the app itself: its microphone and its sound are not to be scripted.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "../../build/build.ts";
import { wavBytes } from "../../models/demonstration/say.ts";
import { callApp } from "../e2e/drive.ts";
import { launchApp } from "../e2e/launch-app.ts";
import { melody } from "../e2e/melody.ts";
import { dress, screens, still, type Theme } from "../e2e/screens.ts";

const shots = ["record", "record-consent", "record-running", "record-off", "record-about", "record-withdraw"];

/** Takes those that are asked for, or all, light in Swedish and dark. */
export async function shootRecording(folder: string, wanted: readonly string[]): Promise<void> {
  const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);
  const themes: readonly (readonly [Theme, string])[] = [
    ["light", ""],
    ["dark", "-dark"],
  ];
  if (!shots.some((name) => themes.some(([, suffix]) => isWanted(name + suffix)))) return;
  await build(() => {});
  const temporary = await mkdtemp(join(tmpdir(), "lyssna-shots-"));
  const microphone = join(temporary, "melody.wav");
  await writeFile(microphone, wavBytes(melody(20)));
  const app = await launchApp({ microphone });
  try {
    const { page } = app;
    await callApp(page, "settings.set", { afterRecording: "never" });
    for (const [theme, suffix] of themes) {
      await dress(page, "sv", theme);
      for (const name of shots) {
        await screens.find((screen) => screen.name === name)?.show(page, []);
        await still(page);
        await page.waitForTimeout(400);
        if (!isWanted(name + suffix)) continue;
        await page.screenshot({ path: resolve(join(folder, `${name}${suffix}.png`)) });
        process.stdout.write(`${name}${suffix}\n`);
      }
      await page.keyboard.press("Escape");
    }
  } finally {
    await app.close();
    await rm(temporary, { recursive: true, force: true });
  }
}
