// One Chromium for all windows of this process, closed when nobody has needed it for a moment. Runs in the host.
import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./find-chromium.ts";

const lingerMs = 1500;

let running: Promise<Browser> | null = null;
let users = 0;

/** Borrow a browser; `release` when its contexts are closed. Throws if there is no Chromium. */
export async function borrowBrowser(headless: boolean): Promise<{ browser: Browser; release: () => void }> {
  users += 1;
  running ??= launch(headless);
  const browser = await running;
  let released = false;
  return {
    browser,
    release() {
      if (released) return;
      released = true;
      users -= 1;
      setTimeout(() => {
        if (users > 0 || running === null) return;
        running = null;
        void browser.close();
      }, lingerMs);
    },
  };
}

async function launch(headless: boolean): Promise<Browser> {
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
      ...(headless ? [] : ["--window-size=1280,860"]),
    ],
  });
}
