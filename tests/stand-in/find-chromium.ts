// A Chromium on this machine. Only looks; installs nothing.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

const windowsFolders = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"];
const windowsPaths = ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"];
const macPaths = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/** Its executable, or null. `LYSSNA_CHROMIUM` names another. */
export function findChromium(): string | null {
  const named = process.env["LYSSNA_CHROMIUM"];
  const candidates =
    named !== undefined && named !== ""
      ? [named]
      : process.platform === "win32"
        ? windowsFolders.flatMap((folder) => windowsPaths.map((path) => join(process.env[folder] ?? "", path)))
        : [
            ...(process.platform === "darwin" ? macPaths : []),
            ...(process.env["PATH"] ?? "").split(delimiter).flatMap((dir) => names.map((name) => join(dir, name))),
          ];
  return candidates.find((path) => existsSync(path)) ?? null;
}
