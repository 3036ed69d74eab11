// Whether a folder is copied to somebody else's computer: by its path, by what the system says, by what lies beside it. Runs in
// main.
import { readdir } from "node:fs/promises";
import { dirname, sep } from "node:path";

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Names in a folder; empty where it cannot be read. */
  readonly namesIn: (dir: string) => Promise<readonly string[]>;
}

/** A folder's name, and whose folder that is. macOS keeps them in Library/CloudStorage as "OneDrive-Kommunen". */
const byName: readonly (readonly [RegExp, string])[] = [
  [/^OneDrive(?:$| ?[-–] ?)/iu, "OneDrive"],
  [/^(?:iCloudDrive|iCloud Drive|Mobile Documents|com~apple~CloudDocs)$/iu, "iCloud"],
  [/^Dropbox(?:$| ?[-(])/iu, "Dropbox"],
  [/^(?:Google ?Drive(?:$|[- ])|My Drive$|Min enhet$)/iu, "Google Drive"],
  [/^Nextcloud(?:$|[-\d ])/iu, "Nextcloud"],
  [/^ownCloud(?:$|[-\d ])/iu, "ownCloud"],
  [/^(?:Box|Box Sync|Box-Box)$/u, "Box"],
];

/** Files that such programs leave at the top of what they copy. */
const byMark: readonly (readonly [RegExp, string])[] = [
  [/^\.dropbox$/u, "Dropbox"],
  [/^\.(?:_sync_|sync_)[0-9a-f]+\.db$/u, "Nextcloud"],
  [/^\.(?:nextcloudsync|owncloudsync)\.log$/u, "Nextcloud"],
  [/^\.stfolder$/u, "Syncthing"],
  [/^\.tmp\.drivedownload$/u, "Google Drive"],
];

const oneDriveFolders = ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"] as const;

/** The service that copies the folder, or null. */
export async function synchronisedBy(dir: string, { env, namesIn }: Surroundings): Promise<string | null> {
  const inside = (root: string | undefined) =>
    root !== undefined && root !== "" && `${dir}${sep}`.toLowerCase().startsWith(`${root}${sep}`.toLowerCase());
  if (oneDriveFolders.some((name) => inside(env[name]))) return "OneDrive";
  for (const name of dir.split(/[\\/]+/u)) {
    const found = byName.find(([pattern]) => pattern.test(name));
    if (found !== undefined) return found[1];
  }
  for (let place = dir; ; place = dirname(place)) {
    for (const name of await namesIn(place)) {
      const found = byMark.find(([pattern]) => pattern.test(name));
      if (found !== undefined) return found[1];
    }
    if (dirname(place) === place) return null;
  }
}

export const namesIn = (dir: string): Promise<readonly string[]> => readdir(dir).catch(() => []);
