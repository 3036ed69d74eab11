// Calls that change a transcript. Runs in main.
import type { Handlers } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import type { Correction, MeetingId } from "../store/types.ts";
import type { Context } from "./context.ts";
import { stopReading } from "./taken-away.ts";

type CorrectionHandlers = Pick<
  Handlers,
  "corrections.make" | "corrections.undo" | "corrections.redo" | "corrections.list" | "corrections.strike"
>;

export function correctionHandlers({ store, sound, runner, noteChange }: Context): CorrectionHandlers {
  /** The sound first: words whose sound is still there could be written down again. */
  async function strike(id: MeetingId, segmentIds: readonly string[]): Promise<void> {
    const ids = new Set(segmentIds);
    const passages = (await store.listSegments(id)).filter((segment) => ids.has(segment.id));
    if (passages.length === 0) throw new LyssnaError("transcript-moved");
    const { hasSound } = await store.getMeeting(id);
    if (hasSound) for (const { startMs, endMs } of passages) await sound.strike(id, startMs, endMs);
    await sound.dropVoices(id);
    await store.strikeSegments(id, segmentIds);
    await store.noteEvent("passage-struck", id);
  }

  function noted(id: MeetingId, done: Correction | null): Correction | null {
    if (done !== null) noteChange(id, "transcript");
    return done;
  }

  return {
    async "corrections.make"(id, correction) {
      await store.makeCorrection(id, correction);
      noteChange(id, "transcript");
      return null;
    },
    "corrections.undo": async (id) => noted(id, await store.undoCorrection(id)),
    "corrections.redo": async (id) => noted(id, await store.redoCorrection(id)),
    "corrections.list": (id) => store.listCorrections(id),
    async "corrections.strike"(id, segmentIds) {
      const stopped = await stopReading(id, { store, runner });
      try {
        await strike(id, segmentIds);
      } finally {
        for (const job of stopped) await runner.retry(job);
      }
      noteChange(id, "transcript");
      noteChange(id, "summary");
      return null;
    },
  };
}
