// How a recording stands, and how every window is told. Pure.
import type { Hears, RecordingNotice, RecordingRecord, RecordingState, Rest } from "../recorded.ts";
import type { OpusStream } from "../opus/opus-stream.ts";
import type { MeetingId, SoundWriter } from "../store/types.ts";
import { type Spoken, spokenSince } from "./spoken.ts";
import type { Live } from "./types.ts";

export interface Running {
  readonly meetingId: MeetingId;
  readonly writer: SoundWriter;
  readonly stream: OpusStream;
  readonly live: Live | null;
  /** Samples at 48 kHz that are on the disk. */
  keptSamples: number;
  record: RecordingRecord;
  state: RecordingState["state"];
  take: number;
  /** Where in the recording falls what is said now; anew for each take. */
  spoken: Spoken;
  /** Sound beyond this was said after it was told to rest, and is not kept; null while it runs. */
  untilMs: number | null;
  notice: RecordingNotice | null;
  hears: Hears;
  rest: { readonly why: Rest["why"]; readonly from: number } | null;
  hoursLeft: number | null;
  readonly flushed: PromiseWithResolvers<void>;
}

/** A recording that has just begun. */
export const beginRunning = (parts: Pick<Running, "meetingId" | "writer" | "stream" | "live" | "record">): Running => ({
  ...parts,
  keptSamples: 0,
  state: "recording",
  take: 1,
  spoken: spokenSince(performance.now(), 0),
  untilMs: null,
  notice: null,
  hears: "good",
  rest: null,
  hoursLeft: null,
  flushed: Promise.withResolvers(),
});

/** What comes of an earlier take from now on is too late. */
export function beginTake(now: Running): void {
  now.take += 1;
  now.spoken = spokenSince(performance.now(), keptMs(now));
}

export const keptMs = ({ keptSamples }: Running): number => Math.round(keptSamples / 48);

/** @param regretMs how long a strike can still be taken back; null where it cannot */
export function stateOf(now: Running, regretMs: (strikeId: string) => number | null): RecordingState {
  const { meetingId, record, state, take, notice, hears, hoursLeft } = now;
  const { kind, microphone, systemSound, marks } = record;
  const regrets = record.strikes.flatMap(({ id, fromMs, toMs, done }) => {
    const leftMs = regretMs(id);
    return done || leftMs === null ? [] : [{ id, fromMs, toMs, leftMs }];
  });
  const facts = { meetingId, kind, state, take, microphone, systemSound, marks, notice, hears, hoursLeft };
  return { ...facts, keptMs: keptMs(now), regrets };
}

/** Times that stood still are known once they are over. */
export function overRest(now: Running): readonly Rest[] {
  const { rest, record } = now;
  if (rest === null) return record.rests;
  const lengthMs = Math.max(0, Date.now() - rest.from);
  return [...record.rests, { atMs: keptMs(now), lengthMs, why: rest.why }];
}

/** 12:41, or 1:02:41. */
export function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${String(hours)}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}
