// Where everything the person has is kept: the local profile, which does not roam between computers. Runs in main.
import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
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

/**
 * Keeps the folder out of Time Machine: what is deleted here would live on there for months. `tmutil addexclusion` sets the
 * mark com.apple.metadata:com_apple_backup_excludeItem on the folder itself, so that it holds wherever the folder is moved,
 * and needs no administrator (man tmutil). Elsewhere no backup that the system makes by itself takes the local profile.
 */
export async function keepOutOfBackups(
  dir: string,
  platform: NodeJS.Platform,
  run: (file: string, args: readonly string[]) => Promise<unknown> = promisify(execFile),
): Promise<void> {
  if (platform !== "darwin") return;
  await mkdir(dir, { recursive: true });
  // A machine without it makes no such backups either.
  await run("/usr/bin/tmutil", ["addexclusion", dir]).catch(() => {});
}
