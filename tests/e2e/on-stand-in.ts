// The app on the stand-in, with dialogs answered by the test.
import { once } from "node:events";
import { startStandIn } from "../stand-in/host.ts";
import type { HostedApp, LaunchOptions } from "./launch-app.ts";

/** Null if the app ended without a window, as a second one does. */
export async function startOnStandIn(userDataDir: string, options: LaunchOptions): Promise<HostedApp | null> {
  const files: (readonly string[])[] = [];
  const saves: string[] = [];
  let copied = "";
  const app = await startStandIn({
    userDataDir,
    headless: true,
    microphone: options.microphone ?? "",
    bypassCsp: options.bypassCsp ?? false,
    switches: [...(options.noKeychain === true ? ["--stand-in-no-keychain"] : []), ...(options.args ?? [])],
    dialogs: {
      open: async () => files.shift() ?? [],
      save: async () => saves.shift() ?? null,
      copied: async (_page, text) => void (copied = text),
    },
  });
  const page = await app.firstPage;
  if (page === null) return null;
  page.setDefaultTimeout(15_000);
  return {
    page,
    nextOpenFiles: async (paths) => void files.push(paths),
    nextSavePath: async (path) => void saves.push(path),
    clipboard: async () => copied,
    async dropFiles(paths) {
      const session = await page.context().newCDPSession(page);
      const data = { items: [], files: [...paths], dragOperationsMask: 1 };
      for (const type of ["dragEnter", "dragOver", "drop"] as const) {
        await session.send("Input.dispatchDragEvent", { type, x: 400, y: 300, data });
      }
      await session.detach();
    },
    async killWindow() {
      const session = await page.context().newCDPSession(page);
      // It never answers: there is nobody left to.
      session.send("Page.crash").catch(() => {});
      await new Promise<void>((done) => page.once("crash", () => done()));
    },
    power: async (event) => app.power(event),
    idle: async (seconds) => app.idle(seconds),
    isHiddenFromCapture: async () => app.isHiddenFromCapture(),
    openFile: async (path) => app.openFile(path),
    shortcut: async (accelerator) => app.shortcut(accelerator),
    askToClose: async () => app.askToClose(),
    notifications: async () => app.notifications,
    lookAt: async (on) => app.lookAt(on),
    pages: () => app.pages(),
    broughtForward: async () => app.broughtForward(),
    async killInference() {
      const pid = app.utilities.findLast(isAlive);
      if (pid === undefined) return false;
      process.kill(pid, "SIGKILL");
      return true;
    },
    async killMain() {
      app.main.kill("SIGKILL");
      if (app.main.exitCode === null && app.main.signalCode === null) await once(app.main, "exit");
      await app.ended;
    },
    quit: () => app.quit(),
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
