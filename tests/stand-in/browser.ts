// One Chromium for all windows of this process, closed when nobody has needed it for a moment. Runs in the host.
import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./find-chromium.ts";

const lingerMs = 1500;

interface Running {
  readonly browser: Promise<Browser>;
  users: number;
}
/** By the sound that its microphone hears. */
const running = new Map<string, Running>();

/**
 * Borrow a browser; `release` when its contexts are closed. Throws if there is no Chromium.
 * @param microphone a WAV file that the microphone of a browser without a screen hears, over and over; "" for beeps
 */
export async function borrowBrowser(
  headless: boolean,
  microphone: string,
): Promise<{ browser: Browser; release: () => void }> {
  const one = running.get(microphone) ?? { browser: launch(headless, microphone), users: 0 };
  running.set(microphone, one);
  one.users += 1;
  const browser = await one.browser;
  let released = false;
  return {
    browser,
    release() {
      if (released) return;
      released = true;
      one.users -= 1;
      setTimeout(() => {
        if (one.users > 0 || running.get(microphone) !== one) return;
        running.delete(microphone);
        void browser.close();
      }, lingerMs);
    },
  };
}

async function launch(headless: boolean, microphone: string): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("There is no Chromium on this machine (LYSSNA_CHROMIUM may name one).");
  return chromium.launch({
    executablePath,
    headless,
    // In the window's first language, or Chromium offers to translate it.
    env: { ...process.env, LANGUAGE: "sv" },
    // As root, for example in a container, Chromium's own sandbox cannot start.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      // Electron's default, and nothing of Chromium's own leaves the machine.
      "--autoplay-policy=no-user-gesture-required",
      "--disable-features=Translate",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
      ...(headless ? ["--use-fake-device-for-media-stream"] : ["--window-size=1280,860"]),
      ...(headless && microphone !== "" ? [`--use-file-for-fake-audio-capture=${microphone}`] : []),
    ],
  });
}
