// The data folder's key, 32 random bytes: in a file of the person's own for the command line, or wrapped by the system's
// keychain for the app. Runs in main. A key file that is there is never overwritten: without it everything is lost.
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { fromErrorData, LyssnaError } from "../errors.ts";
import { folderError } from "./database.ts";
import { writeWhole } from "./write-file.ts";

const keyBytes = 32;

/** The system's keychain, as main.ts gives it (Electron's safeStorage). */
export interface KeyProtector {
  available(): Promise<boolean>;
  wrap(bytes: Uint8Array): Promise<Uint8Array>;
  unwrap(bytes: Uint8Array): Promise<Uint8Array>;
}

/** The key in a plain file (64 hexadecimal digits, readable only by its owner). Throws store-key-wrong, cannot-write. */
export async function loadOrCreateKeyFile(path: string): Promise<Uint8Array> {
  const kept = await readIfThere(path);
  if (kept !== null) {
    const text = kept.toString("latin1").trim();
    if (!/^[0-9a-f]{64}$/iu.test(text)) throw new LyssnaError("store-key-wrong");
    return new Uint8Array(Buffer.from(text, "hex"));
  }
  const key = new Uint8Array(randomBytes(keyBytes));
  return (await createFile(path, Buffer.from(`${Buffer.from(key).toString("hex")}\n`)))
    ? key
    : loadOrCreateKeyFile(path);
}

const wrappedSchema = z.looseObject({ lyssna: z.literal("key/1"), wrapped: z.base64() });

/** The key wrapped by the keychain. Throws keychain-missing, store-key-wrong (another user's or computer's), cannot-write. */
export async function loadOrCreateWrappedKey(path: string, protector: KeyProtector): Promise<Uint8Array> {
  if (!(await protector.available().catch(() => false))) throw new LyssnaError("keychain-missing");
  const kept = await readIfThere(path);
  if (kept !== null) return unwrapKey(kept, protector);
  const key = new Uint8Array(randomBytes(keyBytes));
  const wrapped = await protector.wrap(key).catch(() => {
    throw new LyssnaError("keychain-missing");
  });
  const file = { lyssna: "key/1", wrapped: Buffer.from(wrapped).toString("base64") };
  const created = await createFile(path, Buffer.from(`${JSON.stringify(file, null, 2)}\n`));
  return created ? key : loadOrCreateWrappedKey(path, protector);
}

async function unwrapKey(file: Buffer, protector: KeyProtector): Promise<Uint8Array> {
  try {
    const { wrapped } = wrappedSchema.parse(JSON.parse(file.toString("utf8")));
    const key = await protector.unwrap(new Uint8Array(Buffer.from(wrapped, "base64")));
    if (key.length === keyBytes) return new Uint8Array(key);
  } catch {
    // What the keychain said is of no help to a person; that the key does not fit is.
  }
  throw new LyssnaError("store-key-wrong");
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new LyssnaError("file-unreadable", { file: path });
  }
}

/** False when another process was first. */
async function createFile(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeWhole(path, bytes, { overwrite: false });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw fromErrorData(folderError(error, dirname(path), () => ({ code: "cannot-write", details: { file: path } })));
  }
}
