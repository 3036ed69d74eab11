// Where everything the person has is kept: the local profile, which does not roam between computers. Runs in main.
import { join } from "node:path";
import type { App } from "electron";

export interface FolderParts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Moves Electron's own folder out of the roaming profile on Windows, unless `--user-data-dir` names another. */
export function chooseProfile(app: Pick<App, "setPath" | "commandLine">, { platform, env }: FolderParts): void {
  const local = env["LOCALAPPDATA"];
  if (platform !== "win32" || local === undefined || app.commandLine.hasSwitch("user-data-dir")) return;
  app.setPath("userData", join(local, "Lyssna"));
}

/** Beside Chromium's own files, not among them. */
export const dataFolder = (app: Pick<App, "getPath">): string => join(app.getPath("userData"), "data");
