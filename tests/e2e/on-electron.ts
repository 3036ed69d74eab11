// The app on real Electron, through Playwright's launcher, with dialogs answered by the test.
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { _electron } from "playwright-core";
import type { HostedApp } from "./launch-app.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const notHere = (why: string): Promise<never> => Promise.reject(new Error(`on Electron ${why} from here`));

/** Null if the app ended without a window, as a second one does. */
export async function startElectron(
  executablePath: string,
  userDataDir: string,
  more: readonly string[] = [],
): Promise<HostedApp | null> {
  const app = await _electron
    .launch({
      executablePath,
      cwd: root,
      // A build machine on Linux has no keychain; main allows this one to a copy that is not installed.
      args: [
        root,
        `--user-data-dir=${userDataDir}`,
        "--password-store=basic",
        "--use-fake-device-for-media-stream",
        ...more,
      ],
    })
    .catch(() => null);
  if (app === null) return null;
  const ended = once(app.process(), "exit");
  const page = await Promise.race([app.firstWindow(), ended.then(() => null)]);
  if (page === null) return null;
  page.setDefaultTimeout(15_000);
  await page.waitForLoadState();
  await app.evaluate(({ app: electron }) => {
    const counted = globalThis as { secondStarts?: number };
    counted.secondStarts = 0;
    electron.on("second-instance", () => {
      counted.secondStarts = (counted.secondStarts ?? 0) + 1;
    });
  });
  return {
    page,
    nextOpenFiles: (paths) =>
      app.evaluate(
        ({ dialog }, filePaths) => {
          dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
        },
        [...paths],
      ),
    nextSavePath: (path) =>
      app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      }, path),
    clipboard: () => app.evaluate(({ clipboard }) => clipboard.readText()),
    dropFiles: () => Promise.reject(new Error("files cannot be dropped on Electron from here")),
    broughtForward: () => app.evaluate(() => (globalThis as { secondStarts?: number }).secondStarts ?? 0),
    killWindow: () => notHere("its window cannot be crashed"),
    power: () => notHere("the system cannot be put to sleep"),
    idle: () => notHere("nobody can be made to sit still"),
    isHiddenFromCapture: () => notHere("no screenshot can be taken"),
    openFile: (path) =>
      app.evaluate(({ app: electron }, file) => void electron.emit("open-file", { preventDefault() {} }, file), path),
    shortcut: () => notHere("keys cannot be pressed outside its window"),
    askToClose: () => notHere("its cross cannot be pressed"),
    notifications: () => notHere("the system's notes cannot be read"),
    lookAt: () => notHere("its window cannot be covered"),
    pages: async () => app.windows(),
    async killInference() {
      const pid = await app.evaluate(
        ({ app: electron }) => electron.getAppMetrics().find(({ name }) => name === "Lyssna inference")?.pid,
      );
      if (pid === undefined) return false;
      process.kill(pid, "SIGKILL");
      return true;
    },
    async killMain() {
      app.process().kill("SIGKILL");
      await ended;
    },
    async quit() {
      await app.close();
    },
  };
}
