// The data folder's key in a file of the person's own, for the command line (the app's own ways to it are in keys/).
// A key file that is there is never overwritten: without it everything is lost.
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fromErrorData, LyssnaError } from "../errors.ts";
import { folderError } from "./database.ts";
import { writeWhole } from "./write-file.ts";

const keyBytes = 32;

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
