// key.json: one random key in several envelopes, each of which opens it. Changing a passphrase makes a new envelope and
// leaves what the key encrypts as it is. Runs in main and the command line.
import { mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { fromErrorData, LyssnaError } from "../../errors.ts";
import { folderError } from "../database.ts";
import { syncFolder, writeWhole } from "../write-file.ts";
import { mostCost } from "./passphrase.ts";

export const keyFileName = "key.json";
/** Envelopes are a few hundred bytes; RSA's the longest. */
const mostBytes = 64 * 1024;

const sealed = z.base64().min(1).max(4096);
const cost = z.object({
  salt: z.base64().min(16).max(128),
  logN: z.number().int().min(10).max(mostCost.logN),
  r: z.number().int().min(1).max(mostCost.r),
  p: z.number().int().min(1).max(mostCost.p),
});

/** `wrapped` and `share` are opaque: the keychain's own words for a key. */
const envelopes = z.object({
  /** The keychain alone opens it. Not there where a passphrase is. */
  keychain: z.object({ wrapped: sealed }).optional(),
  /** `share` is the keychain's half, null where the passphrase stands alone. */
  passphrase: z.object({ ...cost.shape, share: sealed.nullable(), sealed }).optional(),
  recovery: z.object({ salt: z.base64().min(16).max(128), madeAt: z.iso.datetime(), sealed }).optional(),
  organisation: z
    .object({
      fingerprint: z.string().regex(/^[0-9a-f]{64}$/u),
      algorithm: z.enum(["x25519", "rsa-oaep-sha256"]),
      ephemeral: z.base64().max(1024),
      sealed,
    })
    .optional(),
});

const keyFileSchema = z.object({ lyssna: z.literal("key/2"), envelopes });
const firstSchema = z.looseObject({ lyssna: z.literal("key/1"), wrapped: sealed });

export type Envelopes = z.infer<typeof envelopes>;

/** The envelopes of a key file's text; throws store-key-wrong where it is not one. */
export function parseKeyFile(text: string): Envelopes {
  try {
    const json: unknown = JSON.parse(text);
    const first = firstSchema.safeParse(json);
    if (first.success) return { keychain: { wrapped: first.data.wrapped } };
    return keyFileSchema.parse(json).envelopes;
  } catch {
    throw new LyssnaError("store-key-wrong");
  }
}

/** Null where there is none. Throws store-key-wrong, file-unreadable. */
export function readKeyFile(path: string): Envelopes | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new LyssnaError("file-unreadable", { file: path });
  }
  if (bytes.length > mostBytes) throw new LyssnaError("store-key-wrong");
  return parseKeyFile(bytes.toString("utf8"));
}

/** What a crash in the middle of a change left beside it. */
export const forgetUnfinished = (path: string): void => rmSync(`${path}.new`, { force: true });

export interface WriteKeyFile {
  /** Opens what was read back from the disk; null where it does not. Nothing takes the old file's place before it does. */
  readonly prove: (written: Envelopes) => Promise<boolean>;
  /** False for the first file of a folder: one that is there is then kept. */
  readonly overwrite: boolean;
}

/**
 * Puts new envelopes in place: written beside the old ones, read back, opened, and only then renamed over them.
 * Throws key-not-changed, cannot-write, no-room; the old file is then as it was. Answers false where another was first.
 */
export async function writeKeyFile(path: string, next: Envelopes, options: WriteKeyFile): Promise<boolean> {
  const fresh = `${path}.new`;
  const bytes = Buffer.from(`${JSON.stringify({ lyssna: "key/2", envelopes: next }, null, 2)}\n`);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeWhole(fresh, bytes, { overwrite: true });
    const written = readKeyFile(fresh);
    if (written === null || !(await options.prove(written))) throw new LyssnaError("key-not-changed");
    if (options.overwrite) {
      renameSync(fresh, path);
      syncFolder(dirname(path));
      return true;
    }
    writeWhole(path, bytes, { overwrite: false });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw fromErrorData(folderError(error, dirname(path), () => ({ code: "cannot-write", details: { file: path } })));
  } finally {
    rmSync(fresh, { force: true });
  }
}
