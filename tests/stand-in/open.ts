// Opens the built app in the Chromium of this machine, for trying out where Electron cannot be had. Runs in the host.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "./find-chromium.ts";
import { startStandIn } from "./host.ts";
import { interactiveDialogs } from "./interactive-dialogs.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

if (findChromium() === null) {
  process.stderr.write(
    "There is no Chromium, Chrome or Edge on this machine either. Install one, or run `npm run demo`: the whole flow without a window.\n",
  );
  process.exit(1);
}

const named = process.argv.find((arg) => arg.startsWith("--user-data-dir="))?.slice("--user-data-dir=".length);
const app = await startStandIn({
  userDataDir: named ?? join(root, ".cache", "stand-in-profile"),
  headless: false,
  dialogs: interactiveDialogs,
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void app.quit());
if ((await app.firstPage) === null) process.stderr.write("Lyssna is already open; its window was brought forward.\n");
process.exitCode = (await app.ended) ?? 1;
