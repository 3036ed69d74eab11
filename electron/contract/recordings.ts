// The recording that runs, and those that have ended.
import { z } from "zod";
import {
  consentSchema,
  hearings,
  markKinds,
  type Mark,
  recordingOptionsSchema,
  type RecordingRecord,
} from "../recorded.ts";
import type { Job, Meeting } from "../store/types.ts";
import { call, id } from "./call.ts";

const bytes = z.instanceof(Uint8Array).refine(({ length }) => length <= 1 << 20);

export const recordingCalls = {
  /** Hours of sound that the disk has room for, or null. */
  "recording.room": call<number | null>()(z.tuple([])),
  "recording.start": call<Meeting>()(z.tuple([recordingOptionsSchema])),
  /** Sound as it was taken. Answered when it is kept. */
  "recording.append": call<null>()(
    z.tuple([
      z.object({
        take: z.number().int().min(1),
        packets: bytes,
        lengths: z.array(z.number().int().min(1).max(4000)).max(100).readonly(),
        heard: bytes,
      }),
    ]),
  ),
  "recording.pause": call<null>()(z.tuple([z.enum(["paused", "off-record", "sleep", "microphone"])])),
  "recording.resume": call<null>()(z.tuple([])),
  "recording.mark": call<Mark>()(z.tuple([z.enum(markKinds), z.string().trim().max(80)])),
  "recording.removeMark": call<null>()(z.tuple([id])),
  /** Takes the last minutes away, for good once ten seconds have passed. */
  "recording.strike": call<null>()(z.tuple([z.number().int().min(1).max(30)])),
  "recording.undoStrike": call<null>()(z.tuple([id])),
  /** Another microphone is used, by its name. */
  "recording.microphone": call<null>()(z.tuple([z.string().max(300)])),
  /** What comes from the microphone has changed: a muted one is no reason to stop, and one to tell. */
  "recording.hears": call<null>()(z.tuple([z.enum(hearings)])),
  /** The computer's own sound ended: what follows is the microphone alone. */
  "recording.computerGone": call<null>()(z.tuple([])),
  /** The window has sent all the sound it took. */
  "recording.flushed": call<null>()(z.tuple([z.number().int().min(1)])),
  "recording.finish": call<Meeting>()(z.tuple([])),
  /** Opens the small window that stays above others, or closes it. */
  "recording.mini": call<null>()(z.tuple([])),

  /** What is kept about a recording beside its sound; null for a meeting that was not recorded here. */
  "recordings.get": call<RecordingRecord | null>()(z.tuple([id])),
  "recordings.setConsent": call<null>()(z.tuple([id, consentSchema.nullable()])),
  "recordings.transcribe": call<Job>()(z.tuple([id])),
  /** Consent was withdrawn: the sound goes, or all, from a time or whole. Cannot be undone. */
  "recordings.withdraw": call<null>()(
    z.tuple([id, z.object({ what: z.enum(["sound", "all"]), fromMs: z.number().int().nonnegative().nullable() })]),
  ),
} as const;
