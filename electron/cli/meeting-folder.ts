// What a run of process keeps in the encrypted folder that --data names. Runs in the command line.
import type { Summary, Transcript } from "../formats.ts";
import { keepTuning } from "../jobs/keep-tuning.ts";
import type { SuitedOptions } from "../models/suited-inference.ts";
import { type FolderValues, openFolder } from "./open-folder.ts";
import type { Terminal } from "./terminal.ts";

export interface MeetingFolder {
  save(transcript: Transcript, summary: Summary | null): Promise<void>;
  /** What was measured of models on this machine. */
  readonly tuning: NonNullable<SuitedOptions["kept"]>;
  close(): Promise<void>;
}

/** Null where no folder was named. Throws what the lock, the key and the store throw. */
export async function openMeetingFolder(values: FolderValues, terminal: Terminal): Promise<MeetingFolder | null> {
  if (values.data === undefined) return null;
  const { store, close } = await openFolder(values, terminal);
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
    close,
  };
}
