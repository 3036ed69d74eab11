// `npm start`: builds what has changed and opens the app, in Electron where its binary can be had, else in the stand-in.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.ts";
import { electronPath, fetchElectron } from "./electron-binary.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const say = (line: string) => process.stderr.write(`${line}\n`);

const hasDisplay =
  process.platform !== "linux" || Boolean(process.env["DISPLAY"]) || Boolean(process.env["WAYLAND_DISPLAY"]);

if (!hasDisplay) {
  say("There is no display here, so no window can be opened.");
  say("  npm run demo               the whole flow without a window");
  say("  npm run lyssna -- --help   the command line");
  process.exit(1);
}

await build(say);
const electron = electronPath() ?? (await fetchElectron(say));
if (electron !== null) await runUntilExit(electron, [root, ...process.argv.slice(2)]);
else {
  say("Electron could not be fetched (its binary comes from github.com, not from npm).");
  say(
    "Opening the same app in the Chromium of this machine instead. It is for trying out and testing, not for real use.",
  );
  await runUntilExit(process.execPath, [join(root, "tests", "stand-in", "open.ts"), ...process.argv.slice(2)]);
}

/** Ends this process as the child ends. */
async function runUntilExit(file: string, args: readonly string[]): Promise<never> {
  const child = spawn(file, args, { cwd: root, stdio: "inherit" });
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  const code = await new Promise<number>((done) => {
    child.on("error", () => done(1));
    child.on("exit", (exitCode) => done(exitCode ?? 1));
  });
  process.exit(code);
}
