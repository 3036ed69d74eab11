// The encrypted folder that --data names. Runs in the command line; the store's own work is in its worker threads.
import { mkdir } from "node:fs/promises";
import { LyssnaError, toErrorData } from "../errors.ts";
import type { Summary, Transcript } from "../formats.ts";
import { keepTuning } from "../jobs/keep-tuning.ts";
import type { SuitedOptions } from "../models/suited-inference.ts";
import { loadOrCreateKeyFile } from "../store/key.ts";
import { lockFolder } from "../store/lock.ts";
import { openStore } from "../store/store.ts";
import { required } from "./arguments.ts";

export interface MeetingFolder {
  save(transcript: Transcript, summary: Summary | null): Promise<void>;
  /** What was measured of models on this machine. */
  readonly tuning: NonNullable<SuitedOptions["kept"]>;
  close(): Promise<void>;
}

/** Null where no folder was named. Throws what the lock, the key and the store throw. */
export async function openMeetingFolder(
  dir: string | undefined,
  keyFile: string | undefined,
): Promise<MeetingFolder | null> {
  if (dir === undefined) return null;
  const keyPath = required("--key-file", keyFile);
  await mkdir(dir, { recursive: true }).catch((error: unknown) => {
    throw toErrorData(error).code === "no-room" ? error : new LyssnaError("cannot-write", { file: dir });
  });
  const lock = await lockFolder(dir);
  try {
    const store = await openStore({ dir, key: await loadOrCreateKeyFile(keyPath) });
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
