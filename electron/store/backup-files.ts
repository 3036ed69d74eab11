// Backups of the meeting database: encrypted copies under the same key, beside it. The keys of the sound are never
// copied. Runs in the store's worker threads; listing also in main.
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { LyssnaError } from "../errors.ts";
import { type Db, openDatabase } from "./database.ts";
import { versionOf } from "./migrate.ts";
import { subkey } from "./subkeys.ts";
import type { BackupInfo } from "./types.ts";
import { syncFolder } from "./write-file.ts";

export const databaseFile = "store.db";
const backupFolder = "backups";
export const damagedFolder = "damaged";
const keptBackups = 5;
const backupName = /^store-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-v(\d+)\.db$/u;

const stamp = (date: Date): string => date.toISOString().replaceAll(/[-:.]/gu, "");

function toBackups(dir: string, names: readonly string[]): readonly BackupInfo[] {
  return names
    .flatMap((name) => {
      const found = backupName.exec(name);
      if (found === null) return [];
      const [, year, month, day, hours, minutes, seconds, ms] = found;
      const createdAt = `${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${ms}Z`;
      return [{ path: join(dir, backupFolder, name), createdAt }];
    })
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

/** Newest first. */
export async function listBackups(dir: string): Promise<readonly BackupInfo[]> {
  return toBackups(dir, await readdir(join(dir, backupFolder)).catch(() => []));
}

export function listBackupsSync(dir: string): readonly BackupInfo[] {
  const folder = join(dir, backupFolder);
  return existsSync(folder) ? toBackups(dir, readdirSync(folder)) : [];
}

/** "2026-03-10 09:02", local time, as a person reads it. */
export function localMinute(iso: string): string {
  const date = new Date(iso);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/**
 * Copies the open database, as it stands, to a new backup, and lets the oldest ones go. Whole or not at all.
 * @param keep how many backups stay, this one among them
 */
export function makeBackup(db: Db, dir: string, version: number, now: Date, keep = keptBackups): void {
  const folder = join(dir, backupFolder);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.endsWith(".part")) rmSync(join(folder, name), { force: true });
  const path = join(folder, `store-${stamp(now)}-v${version}.db`);
  const partial = `${path}.part`;
  try {
    // VACUUM INTO encrypts the copy with the key of the database it is taken from.
    db.prepare("VACUUM INTO ?").run(partial);
    syncFile(partial);
    renameSync(partial, path);
    syncFolder(folder);
  } finally {
    rmSync(partial, { force: true });
  }
  for (const old of listBackupsSync(dir).slice(keep)) rmSync(old.path, { force: true });
}

/**
 * Puts the newest whole backup in a damaged database's place. The damaged files are kept in a folder beside it; nothing
 * is deleted. A database that is whole stays where it is, whoever asked.
 */
export function putBackInPlace(dir: string, key: Uint8Array, now: Date): void {
  if (isWhole(join(dir, databaseFile), subkey(key, "database"))) return;
  const backup = listBackupsSync(dir).find(({ path }) => isWhole(path, subkey(key, "database")));
  if (backup === undefined) throw new LyssnaError("store-damaged", { backup: "–" });
  const aside = join(dir, damagedFolder, stamp(now));
  mkdirSync(aside, { recursive: true });
  const fresh = join(dir, `${databaseFile}.part`);
  copyFileSync(backup.path, fresh);
  syncFile(fresh);
  // The log first: beside the restored file it would be taken for its own.
  for (const suffix of ["-wal", "-shm", ""]) {
    const damaged = join(dir, `${databaseFile}${suffix}`);
    if (existsSync(damaged)) renameSync(damaged, join(aside, `${databaseFile}${suffix}`));
  }
  renameSync(fresh, join(dir, databaseFile));
  syncFolder(dir);
}

export function isWhole(path: string, databaseKey: Uint8Array): boolean {
  let db: Db | null = null;
  try {
    db = openDatabase(path, databaseKey, { readonly: true });
    // An empty file is a database without a version.
    return versionOf(db) > 0 && db.pragma("quick_check(1)", { simple: true }) === "ok";
  } catch {
    return false;
  } finally {
    db?.close();
  }
}

function syncFile(path: string): void {
  const file = openSync(path, "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
