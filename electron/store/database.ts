// Opens an encrypted SQLite database, and tells what SQLite's errors mean to us. Runs in the store's worker threads.
import { statfsSync } from "node:fs";
import Database from "better-sqlite3";
import { type ErrorData, LyssnaError, toErrorData } from "../errors.ts";

export type Db = Database.Database;

/** A slow disk may need this long to tidy after a deletion; whoever writes meanwhile waits in a thread of its own. */
const busyMs = 20_000;

interface OpenOptions {
  readonly readonly?: boolean;
  /** Sets nothing in the file, for a look at one that may not be ours to change. */
  readonly untouched?: boolean;
}

/**
 * Opens (or makes) a database encrypted the way SQLCipher 4 does it: AES-256 and an HMAC on every page, so that a
 * changed page is found when it is read. The key is given raw; nothing is derived from a password here.
 */
export function openDatabase(path: string, key: Uint8Array, options: OpenOptions = {}): Db {
  const { readonly = false, untouched = readonly } = options;
  const db = new Database(path, { readonly, fileMustExist: readonly, timeout: busyMs });
  try {
    db.pragma("cipher = 'sqlcipher'");
    db.pragma("legacy = 4");
    const raw = rawKey(key);
    db.key(raw);
    raw.fill(0);
    // Temporary files would not be encrypted.
    db.pragma("temp_store = MEMORY");
    db.pragma("trusted_schema = OFF");
    db.pragma("cell_size_check = ON");
    // The first read: a wrong key or a damaged first page shows here.
    db.prepare("SELECT count(*) FROM sqlite_master").get();
    if (!untouched) {
      db.pragma("journal_mode = WAL");
      db.pragma("journal_size_limit = 8388608");
      db.pragma("synchronous = FULL");
      db.pragma("secure_delete = ON");
      db.pragma("foreign_keys = ON");
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** `x'…'` in hexadecimal, as SQLCipher takes a raw key. Made without a string, which could not be zeroed. */
function rawKey(key: Uint8Array): Buffer {
  const digit = (value: number) => value + (value < 10 ? 48 : 87);
  const digits = Buffer.alloc(2 * key.length + 3);
  digits.write("x'");
  key.forEach((byte, at) => {
    digits[2 * at + 2] = digit(byte >> 4);
    digits[2 * at + 3] = digit(byte & 15);
  });
  digits.write("'", digits.length - 1);
  return digits;
}

const sqliteCode = (error: unknown): string =>
  error instanceof Error && error.name === "SqliteError" ? String((error as Error & { code?: unknown }).code) : "";

/** True when the bytes are not what SQLite wrote with this key: damage, or the wrong key. */
export const isUnreadable = (error: unknown): boolean => /^SQLITE_(?:NOTADB|CORRUPT)/u.test(sqliteCode(error));

/** Less room than this and an input or output error is taken to be a full disk: SQLite often says no more than that. */
const noRoomBytes = 256 * 1024;

function diskIsFull(dir: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize < noRoomBytes;
  } catch {
    return false;
  }
}

/** What an error in a data folder means, as data. `unreadable` is what to say of bytes that cannot be read. */
export function folderError(error: unknown, dir: string, unreadable: () => ErrorData): ErrorData {
  const code = sqliteCode(error) || ((error as NodeJS.ErrnoException | null)?.code ?? "");
  if (error instanceof LyssnaError) return toErrorData(error);
  if (isUnreadable(error)) return unreadable();
  if (/^(?:SQLITE_FULL|ENOSPC|EDQUOT)/u.test(code)) return { code: "no-room", details: {} };
  if (/^SQLITE_(?:BUSY|LOCKED)/u.test(code)) return { code: "store-locked", details: {} };
  if (/^SQLITE_(?:IOERR|CANTOPEN)/u.test(code) && diskIsFull(dir)) return { code: "no-room", details: {} };
  if (/^(?:SQLITE_(?:READONLY|CANTOPEN|PERM)|EACCES|EPERM|EROFS|ENOTDIR|ENOENT)/u.test(code)) {
    return { code: "cannot-write", details: { file: dir } };
  }
  return toErrorData(error);
}
