// Calls that tell a meeting's voices apart anew. Runs in main; the work is done in a worker thread.
import type { Handlers } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import type { Hunk, MeetingId } from "../store/types.ts";
import type { Again } from "../voices/find-speakers.ts";
import { windowCountOf } from "../voices/plan-voices.ts";
import { findSpeakersInWorker } from "../voices/run-find-speakers.ts";
import type { Context } from "./context.ts";

type VoiceHandlers = Pick<Handlers, "voices.known" | "voices.learn" | "voices.count" | "voices.split">;

/** It takes a second or two: it is not cancelled. */
const { signal } = new AbortController();

export function voiceHandlers({ store, sound, noteChange }: Context): VoiceHandlers {
  /** Answers how many lines changed hands. Without voices nothing does. */
  async function again(id: MeetingId, people: number | null, how: Again["kind"], speaker = ""): Promise<number> {
    const pieces = [...(await sound.listVoices(id)).values()];
    if (pieces.length === 0) return 0;
    const { segments, speakers, language, durationMs } = await store.getTranscript(id);
    if (how === "split" && !speakers.some((one) => one.id === speaker)) throw new LyssnaError("not-found");
    const told = how === "split" ? ({ kind: how, speakers, speaker } as const) : ({ kind: how, speakers } as const);
    const windowCount = windowCountOf(durationMs);
    const found = await findSpeakersInWorker(
      { pieces, windowCount, segments, people, language, again: told },
      { signal },
    );
    const hunks = segments.flatMap((before, at): Hunk[] => {
      const after = found.segments[at];
      const isSame =
        after === undefined || (after.speaker === before.speaker && after.speakerCertainty === before.speakerCertainty);
      return isSame ? [] : [{ before: [before], after: [after] }];
    });
    const moved = hunks.filter(({ before, after }) => before[0]?.speaker !== after[0]?.speaker).length;
    if (moved === 0) return 0;
    await store.makeCorrection(id, { kind: "speaker", hunks, speakers: { before: speakers, after: found.speakers } });
    noteChange(id, "transcript");
    return moved;
  }

  return {
    "voices.known": async (id) => (await sound.listVoices(id)).size > 0,
    "voices.learn": (id) => again(id, null, "learn"),
    "voices.count": (id, people) => again(id, people, "count"),
    "voices.split": (id, speaker) => again(id, null, "split", speaker),
  };
}
