// The encrypted folder that --data names. Runs in the command line; the store's own work is in its worker threads.
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { LyssnaError, toErrorData } from "../errors.ts";
import type { Summary, Transcript } from "../formats.ts";
import { keepTuning } from "../jobs/keep-tuning.ts";
import type { SuitedOptions } from "../models/suited-inference.ts";
import { loadOrCreateKeyFile } from "../store/key.ts";
import { keyFileName } from "../store/keys/key-file.ts";
import { openKeyring } from "../store/keys/keyring.ts";
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
  "passphrase-fd": { type: "string" },
} as const;

export interface FolderValues {
  readonly data?: string | undefined;
  readonly "key-file"?: string | undefined;
  readonly "recovery-code": boolean;
  readonly "passphrase-fd"?: string | undefined;
}

export interface MeetingFolder {
  save(transcript: Transcript, summary: Summary | null): Promise<void>;
  /** What was measured of models on this machine. */
  readonly tuning: NonNullable<SuitedOptions["kept"]>;
  close(): Promise<void>;
}

/** A key file of the person's own; else, in a folder of the app's, what a person knows: passphrase or recovery code. */
async function keyOf(dir: string, values: FolderValues, terminal: Terminal): Promise<Uint8Array> {
  if (values["key-file"] !== undefined) return loadOrCreateKeyFile(values["key-file"]);
  // The system's keychain is the app's: without it a passphrase that shares the key with it does not open, and says so.
  const keyring = openKeyring({ dir, keychain: null });
  const ask = (question: "passphrase" | "recoveryCode") => askSecret(question, values["passphrase-fd"], terminal);
  if (values["recovery-code"]) return keyring.open({ kind: "recovery", code: await ask("recoveryCode") });
  const { passphrase } = await keyring.status();
  if (!passphrase) return keyring.open({ kind: "none" });
  return keyring.open({ kind: "passphrase", passphrase: await ask("passphrase") });
}

/** Null where no folder was named. Throws what the lock, the key and the store throw. */
export async function openMeetingFolder(values: FolderValues, terminal: Terminal): Promise<MeetingFolder | null> {
  const dir = values.data;
  if (dir === undefined) return null;
  const byKeyring = values["key-file"] === undefined && existsSync(join(dir, keyFileName));
  if (!byKeyring) required("--key-file", values["key-file"]);
  await mkdir(dir, { recursive: true }).catch((error: unknown) => {
    throw toErrorData(error).code === "no-room" ? error : new LyssnaError("cannot-write", { file: dir });
  });
  const lock = await lockFolder(dir);
  try {
    const store = await openStore({ dir, key: await keyOf(dir, values, terminal) });
    return {
      async save(transcript, summary) {
        const { id } = await store.createMeeting({
          title: transcript.title ?? "Lyssna",
          recordedAt: transcript.recordedAt ?? new Date().toISOString().slice(0, 19),
          language: transcript.language,
          durationMs: transcript.durationMs,
          status: summary === null ? "no-speech" : "to-review",
        });
        await store.saveTranscript(id, transcript);
        if (summary !== null) await store.addSummary(id, summary);
      },
      tuning: keepTuning(store),
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
