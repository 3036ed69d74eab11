// The encrypted folder that --data names, opened by whatever key its owner has. Runs in the command line; the store's own
// work is in its worker threads.
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { LyssnaError, toErrorData } from "../errors.ts";
import { loadOrCreateKeyFile } from "../store/key.ts";
import { keyFileName } from "../store/keys/key-file.ts";
import { type Keyring, openKeyring, type Secret } from "../store/keys/keyring.ts";
import { readPrivateKey } from "../store/keys/organisation.ts";
import { tellUnlocking } from "../store/keys/tell-unlocking.ts";
import { lockFolder } from "../store/lock.ts";
import { openStore } from "../store/store.ts";
import { required } from "./arguments.ts";
import { askSecret } from "./ask-secret.ts";
import type { Terminal } from "./terminal.ts";

/** The options of every command that opens a folder. */
export const folderOptions = {
  data: { type: "string" },
  "key-file": { type: "string" },
  "recovery-code": { type: "boolean", default: false },
  "organisation-key": { type: "string" },
  "passphrase-fd": { type: "string" },
} as const;

export interface FolderValues {
  readonly data?: string | undefined;
  readonly "key-file"?: string | undefined;
  readonly "recovery-code": boolean;
  readonly "organisation-key"?: string | undefined;
  readonly "passphrase-fd"?: string | undefined;
}

interface Ring {
  readonly keyring: Keyring;
  readonly secret: Secret;
}

export interface OpenedFolder {
  readonly store: Awaited<ReturnType<typeof openStore>>;
  close(): Promise<void>;
}

/**
 * Opens the folder, and makes it where there is none.
 * Throws usage where no key is named, and what the lock, the key and the store throw.
 */
export async function openFolder(values: FolderValues, terminal: Terminal): Promise<OpenedFolder> {
  const dir = required("--data", values.data);
  const keyFile = values["key-file"];
  if (keyFile === undefined && !existsSync(join(dir, keyFileName))) required("--key-file", keyFile);
  await mkdir(dir, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw toErrorData(error).code === "no-room" ? error : new LyssnaError("cannot-write", { file: dir });
  });
  const lock = await lockFolder(dir);
  try {
    const ring = keyFile === undefined ? await secretOf(dir, values, terminal) : null;
    const key = ring === null ? await loadOrCreateKeyFile(keyFile ?? "") : await openRing(ring);
    const store = await openStore({ dir, key });
    if (ring !== null)
      await tellUnlocking(ring.keyring, ring.secret.kind, (event, more) => store.noteEvent(event, null, more));
    return {
      store,
      async close() {
        await store.sound.close();
        await store.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Here there is no keychain: what the app would say of it is said for whoever sits at the command line. */
async function openRing({ keyring, secret }: Ring): Promise<Uint8Array> {
  try {
    return await keyring.open(secret);
  } catch (error) {
    const { code } = toErrorData(error);
    throw code === "keychain-changed" || code === "keychain-missing" ? new LyssnaError("key-in-keychain") : error;
  }
}

/** What opens a folder of the app's: what a person knows, or the organisation's private key. */
async function secretOf(dir: string, values: FolderValues, terminal: Terminal): Promise<Ring> {
  // The system's keychain is the app's: without it a passphrase that shares the key with it does not open, and says so.
  const keyring = openKeyring({ dir, keychain: null });
  const ask = (question: "passphrase" | "recoveryCode" | "keyPassphrase") =>
    askSecret(question, values["passphrase-fd"], terminal);
  const keyPath = values["organisation-key"];
  if (keyPath !== undefined) {
    const pem = await readFile(keyPath, "utf8").catch((error: unknown) => {
      const code = (error as NodeJS.ErrnoException).code === "ENOENT" ? "file-not-found" : "file-unreadable";
      throw new LyssnaError(code, { file: keyPath });
    });
    const passphrase = pem.includes("ENCRYPTED") ? await ask("keyPassphrase") : undefined;
    return { keyring, secret: { kind: "organisation", privateKey: readPrivateKey(pem, passphrase) } };
  }
  if (values["recovery-code"]) return { keyring, secret: { kind: "recovery", code: await ask("recoveryCode") } };
  const { passphrase } = await keyring.status();
  if (!passphrase) return { keyring, secret: { kind: "none" } };
  return { keyring, secret: { kind: "passphrase", passphrase: await ask("passphrase") } };
}
