// What the app asks of backups when a database cannot be opened. Runs in main.
import { listBackups, localMinute } from "./backup-files.ts";
import { runUpkeep } from "./start-role.ts";

/** When the latest backup was made, local time ("2026-03-10 09:02"), or null. */
export async function latestBackup(dir: string): Promise<string | null> {
  const [latest] = await listBackups(dir);
  return latest === undefined ? null : localMinute(latest.createdAt);
}

/**
 * Puts the newest whole backup in the damaged database's place; the damaged files are kept in `damaged/`. The store
 * must be closed and the caller hold the folder's lock. Throws store-damaged when no backup is whole.
 */
export async function restoreBackup(dir: string, key: Uint8Array, workerPath?: string | URL): Promise<void> {
  const options = { dir, key, ...(workerPath === undefined ? {} : { workerPath }) };
  await runUpkeep(options, ({ call }) => call("restore"));
}
