// What is kept about a recording beside its sound: consent, marks, what was struck, how it ended. Runs anywhere.
import { z } from "zod";

/** Who was told of the recording, how, and what they answered. Kept with the meeting and put in what leaves it. */
export const consentSchema = z.object({
  /** In the person's own words: "klienten och hennes mamma". No names are needed. */
  informed: z.string().trim().max(300),
  how: z.enum(["aloud", "paper", "before"]),
  answer: z.enum(["yes", "partly", "no"]),
  note: z.string().trim().max(500),
  /** ISO 8601 local. */
  at: z.string().max(40),
});
export type Consent = z.infer<typeof consentSchema>;

export const markKinds = ["important", "action", "quote", "own"] as const;
export type MarkKind = (typeof markKinds)[number];

/** A moment that somebody marked while it was said; it steers the summary. */
export const markSchema = z.object({
  id: z.string().max(64),
  atMs: z.number().int().nonnegative(),
  kind: z.enum(markKinds),
  label: z.string().trim().max(80),
});
export type Mark = z.infer<typeof markSchema>;

/** Sound that somebody asked to be taken away; `done` once it is gone. Its times stay, as silence. */
const strikeSchema = z.object({
  id: z.string().max(64),
  fromMs: z.number().int().nonnegative(),
  toMs: z.number().int().nonnegative(),
  done: z.boolean(),
});
export type Strike = z.infer<typeof strikeSchema>;

/** The recording stood still: nothing between was recorded, and its time does not count. */
const restSchema = z.object({
  atMs: z.number().int().nonnegative(),
  lengthMs: z.number().int().nonnegative(),
  why: z.enum(["paused", "off-record", "sleep", "microphone"]),
});
export type Rest = z.infer<typeof restSchema>;

export const recordingRecordSchema = z.object({
  version: z.literal(1),
  /** "thoughts": the professional's own words after a meeting, kept apart from it. */
  kind: z.enum(["meeting", "thoughts"]),
  /** The meeting that the thoughts are about. */
  about: z.string().max(64).nullable(),
  /** ISO 8601 local. */
  startedAt: z.string().max(40),
  microphone: z.string().max(300),
  /** The computer's own sound was recorded too, as the second channel. */
  systemSound: z.boolean(),
  people: z.number().int().min(1).max(50).nullable(),
  templateId: z.string().max(64),
  consent: consentSchema.nullable(),
  marks: z.array(markSchema).max(2000).readonly(),
  strikes: z.array(strikeSchema).max(500).readonly(),
  rests: z.array(restSchema).max(5000).readonly(),
  /** Null while it runs. */
  endedBy: z.enum(["person", "quit", "no-room", "crash"]).nullable(),
});
export type RecordingRecord = z.infer<typeof recordingRecordSchema>;

/** What a person chooses before a recording begins. */
export const recordingOptionsSchema = recordingRecordSchema
  .pick({ kind: true, about: true, microphone: true, systemSound: true, people: true, templateId: true, consent: true })
  .extend({
    title: z.string().trim().max(200),
    /** Samples at 48 kHz by which the window's encoder lags. */
    preSkip: z.number().int().min(0).max(48_000),
    /** Text is written while it is said. */
    liveText: z.boolean(),
  });
export type RecordingOptions = z.infer<typeof recordingOptionsSchema>;

/** Why a recording stands still without anybody having paused it, or what to know of it. */
export type RecordingNotice =
  | "sleep"
  | "microphone-gone"
  | "microphone-changed"
  | "computer-gone"
  | "window"
  | "little-room"
  | "strike-waits"
  | "closing";

/** What the microphone of a running recording gives. "no-sound": nothing comes from it at all. */
export const hearings = ["good", "muted", "silent", "clipping", "no-sound"] as const;
export type Hears = (typeof hearings)[number];

/** A recording that runs, as every window shows it. */
export interface RecordingState {
  readonly meetingId: string;
  readonly kind: RecordingRecord["kind"];
  /** "off-record": the person asked for it. "no-microphone": it goes on when there is one. "saving": its end is written. */
  readonly state: "recording" | "paused" | "off-record" | "no-microphone" | "saving";
  /** Counts up each time sound is taken anew; sound that was taken before belongs to an earlier one. */
  readonly take: number;
  /** Length so far, when this was sent. */
  readonly keptMs: number;
  readonly microphone: string;
  readonly systemSound: boolean;
  readonly marks: readonly Mark[];
  /** Strikes that can still be taken back; `leftMs` when this was sent. */
  readonly regrets: readonly {
    readonly id: string;
    readonly fromMs: number;
    readonly toMs: number;
    readonly leftMs: number;
  }[];
  readonly notice: RecordingNotice | null;
  readonly hears: Hears;
  /** Hours that the disk has room for. */
  readonly hoursLeft: number | null;
}

/** 32 kbit/s, with what encryption and pages add. */
export const bytesPerHour = 15_500_000;
