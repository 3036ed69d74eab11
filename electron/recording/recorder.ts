// The recording that runs: takes packets of sound from the window, keeps them, and knows how it stands. Runs in main.
// One at a time. What it does is done in order, one thing after another, so that nothing overtakes the sound.
import { randomUUID } from "node:crypto";
import { type ErrorData, LyssnaError, toErrorData } from "../errors.ts";
import { opusStream, type OpusStream } from "../opus/opus-stream.ts";
import type {
  Mark,
  MarkKind,
  RecordingNotice,
  RecordingOptions,
  RecordingRecord,
  RecordingState,
  Rest,
} from "../recorded.ts";
import type { Meeting, MeetingId, SoundStore, SoundWriter, Store } from "../store/types.ts";
import { createRegrets } from "./regrets.ts";
import type { Reserve, Room } from "./room.ts";

/** How long one may think better of striking. */
const regretMs = 10_000;
/** What was said while the button was on its way to being pressed belongs to what is struck. */
const strikeGraceMs = 400;
/** How long the window has to send the last of its sound. */
const flushMs = 1500;
const roomEveryMs = 30_000;
/** Under so many hours of room one is told. */
const littleRoomHours = 0.5;

export interface Live {
  push(samples: Float32Array): void;
  rest(): void;
  markStruck(startMs: number, endMs: number): void;
  close(): void;
}

export interface RecorderTools {
  readonly store: Store;
  readonly sound: SoundStore;
  readonly room: Room;
  /** Disk that is given up when the disk is full, so that the end can be written. */
  readonly reserve: Reserve;
  readonly startLive: () => Live;
  /** ISO 8601 local time. */
  readonly localNow: () => string;
  readonly defaultTitle: (kind: RecordingRecord["kind"]) => string;
  readonly spokenLanguage: () => string;
  readonly changed: (state: RecordingState | null) => void;
  readonly refreshMeetings: () => Promise<void>;
  /** A recording has ended and is whole; `error` tells why it ended by itself. */
  readonly ended: (meeting: Meeting, record: RecordingRecord, error: ErrorData | null) => Promise<void>;
}

export interface SoundPiece {
  readonly take: number;
  /** Opus packets of 20 ms, one after another. */
  readonly packets: Uint8Array;
  readonly lengths: readonly number[];
  /** The same sound at 16 kHz, 32-bit floats, for the text that is shown meanwhile; empty where none is wanted. */
  readonly heard: Uint8Array;
}

export interface Recorder {
  state(): RecordingState | null;
  start(options: RecordingOptions): Promise<Meeting>;
  append(piece: SoundPiece): Promise<void>;
  pause(why: Rest["why"]): Promise<void>;
  resume(): Promise<void>;
  mark(kind: MarkKind, label: string): Promise<Mark>;
  removeMark(id: string): Promise<void>;
  /** Takes the last minutes away, once the time to think better of it is over. */
  strike(minutes: number): Promise<void>;
  undoStrike(id: string): Promise<void>;
  /** Another microphone hears from now on. */
  microphone(label: string): Promise<void>;
  /** The computer's own sound ended: what follows is the microphone alone. */
  computerGone(): void;
  /** The window that took the sound is gone: the next one goes on. */
  windowGone(): void;
  /** Somebody wants to close the window: that it records is the reason why it stays. */
  staysOpen(): void;
  /** The window has sent all it had. */
  flushed(take: number): void;
  finish(endedBy: "person" | "quit"): Promise<Meeting>;
}

interface Running {
  readonly meetingId: MeetingId;
  readonly writer: SoundWriter;
  readonly stream: OpusStream;
  readonly live: Live | null;
  /** Samples at 48 kHz that are on the disk. */
  keptSamples: number;
  record: RecordingRecord;
  state: RecordingState["state"];
  take: number;
  notice: RecordingNotice | null;
  rest: { readonly why: Rest["why"]; readonly from: number } | null;
  hoursLeft: number | null;
  readonly flushed: PromiseWithResolvers<void>;
}

export function createRecorder(tools: RecorderTools): Recorder {
  const { store, sound } = tools;
  let running: Running | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  const regrets = createRegrets(regretMs, (id) => void inOrder(() => strikeNow(id)).catch(() => {}));

  function inOrder<Result>(run: () => Promise<Result>): Promise<Result> {
    const result = queue.then(run);
    queue = result.catch(() => {});
    return result;
  }

  const keptMs = ({ keptSamples }: Running): number => Math.round(keptSamples / 48);

  function stateOf(now: Running): RecordingState {
    const { meetingId, record, state, take, notice, hoursLeft } = now;
    const { kind, microphone, systemSound, marks } = record;
    const waiting = record.strikes.flatMap(({ id, fromMs, toMs, done }) => {
      const leftMs = regrets.leftMs(id);
      return done || leftMs === null ? [] : [{ id, fromMs, toMs, leftMs }];
    });
    const facts = { meetingId, kind, state, take, microphone, systemSound, marks, notice, hoursLeft };
    return { ...facts, keptMs: keptMs(now), regrets: waiting };
  }

  const show = (): void => tools.changed(running === null ? null : stateOf(running));

  function here(): Running {
    if (running === null) throw new LyssnaError("not-recording");
    return running;
  }

  async function keep(now: Running, change: Partial<RecordingRecord>): Promise<void> {
    now.record = { ...now.record, ...change };
    await store.saveRecording(now.meetingId, now.record);
  }

  async function strikeNow(id: string): Promise<void> {
    const now = running;
    const wanted = now?.record.strikes.find((strike) => strike.id === id);
    if (now === null || wanted === undefined || wanted.done) return;
    const { fromMs, toMs } = wanted;
    now.live?.markStruck(fromMs, toMs);
    try {
      await sound.strike(now.meetingId, fromMs, toMs);
    } catch {
      // It needs room to be written anew. It stays asked for: at the end, and at the next start, it is tried again.
      now.notice = "strike-waits";
      show();
      return;
    }
    await keep(now, {
      strikes: now.record.strikes.map((strike) => (strike.id === id ? { ...strike, done: true } : strike)),
      marks: now.record.marks.filter(({ atMs }) => atMs < fromMs || atMs > toMs),
    });
    show();
  }

  /** Times that stood still are known once they are over. */
  function overRest(now: Running): readonly Rest[] {
    const { rest, record } = now;
    if (rest === null) return record.rests;
    const lengthMs = Math.max(0, Date.now() - rest.from);
    return [...record.rests, { atMs: keptMs(now), lengthMs, why: rest.why }];
  }

  async function end(now: Running, endedBy: "person" | "quit" | "no-room", error: ErrorData | null): Promise<Meeting> {
    clearInterval(roomTimer);
    regrets.clear();
    now.live?.close();
    if (error === null) await now.writer.append(now.stream.end([], now.stream.samples()), keptMs(now));
    await now.writer.finish();
    for (const { id, done } of now.record.strikes) if (!done) await strikeNow(id);
    await keep(now, { endedBy, rests: overRest(now) });
    const meeting = await store.updateMeeting(now.meetingId, {
      status: "recorded",
      hasSound: true,
      durationMs: keptMs(now),
      error,
    });
    running = null;
    show();
    await tools.ended(meeting, now.record, error);
    return meeting;
  }

  /** What was kept stays, whatever went wrong; with no disk left even its end is written into the reserve. */
  async function endFor(now: Running, thrown: unknown): Promise<void> {
    const { code } = toErrorData(thrown);
    await tools.reserve.release();
    const details = { time: clockOf(keptMs(now)) };
    const told: ErrorData =
      code === "no-room" ? { code: "recording-disk-full", details } : { code: "recording-stopped", details };
    try {
      await end(now, "no-room", told);
    } catch {
      // Not even that: the next start finds it and ends it.
      running = null;
      tools.changed(null);
      const meeting = await store.getMeeting(now.meetingId).catch(() => null);
      if (meeting !== null) await tools.ended({ ...meeting, error: told }, now.record, told);
    }
  }

  let roomTimer: NodeJS.Timeout | undefined;
  async function lookAtRoom(now: Running): Promise<void> {
    now.hoursLeft = await tools.room.hoursLeft();
    const isLittle = now.hoursLeft !== null && now.hoursLeft < littleRoomHours;
    if (isLittle && now.notice === null) now.notice = "little-room";
    if (!isLittle && now.notice === "little-room") now.notice = null;
    if (running === now) show();
  }

  return {
    state: () => (running === null ? null : stateOf(running)),

    start: (options) =>
      inOrder(async () => {
        if (running !== null) throw new LyssnaError("already-recording");
        const { title, preSkip, liveText, ...chosen } = options;
        const startedAt = tools.localNow();
        await tools.reserve.take();
        const meeting = await store.createMeeting({
          title: title || tools.defaultTitle(chosen.kind),
          recordedAt: startedAt,
          language: tools.spokenLanguage(),
          status: "recording",
        });
        const record: RecordingRecord = {
          version: 1,
          ...chosen,
          startedAt,
          marks: [],
          strikes: [],
          rests: [],
          endedBy: null,
        };
        const stream = opusStream(chosen.systemSound ? 2 : 1, preSkip, Math.trunc(Math.random() * 2 ** 32));
        let writer: SoundWriter | null = null;
        try {
          await store.saveRecording(meeting.id, record);
          writer = await sound.create(meeting.id);
          await writer.append(stream.heads, 0);
        } catch (error) {
          await writer?.abort().catch(() => {});
          await store.deleteMeeting(meeting.id).catch(() => {});
          throw error;
        }
        running = {
          meetingId: meeting.id,
          writer,
          stream,
          keptSamples: 0,
          live: liveText ? tools.startLive() : null,
          record,
          state: "recording",
          take: 1,
          notice: null,
          rest: null,
          hoursLeft: null,
          flushed: Promise.withResolvers(),
        };
        const now = running;
        roomTimer = setInterval(() => void lookAtRoom(now).catch(() => {}), roomEveryMs);
        roomTimer.unref();
        await lookAtRoom(now);
        await tools.refreshMeetings();
        return meeting;
      }),

    append: ({ take, packets, lengths, heard }) =>
      inOrder(async () => {
        const now = running;
        if (now === null || take !== now.take) return;
        const parts: Uint8Array[] = [];
        let at = 0;
        for (const length of lengths) parts.push(packets.subarray(at, (at += length)));
        if (at !== packets.length || parts.some(({ length }) => length === 0)) {
          throw new LyssnaError("bad-call", { what: "recording.append" });
        }
        const atMs = keptMs(now);
        try {
          if (parts.length > 0) await now.writer.append(now.stream.page(parts), atMs);
          now.keptSamples = now.stream.samples();
        } catch (error) {
          await endFor(now, error);
          return;
        }
        if (heard.length > 0 && now.state === "recording") now.live?.push(samplesOf(heard));
      }),

    pause: (why) =>
      inOrder(async () => {
        const now = here();
        if (now.state === "saving") return;
        const state = why === "off-record" ? "off-record" : why === "microphone" ? "no-microphone" : "paused";
        now.notice = why === "sleep" ? "sleep" : why === "microphone" ? "microphone-gone" : null;
        now.rest ??= { why, from: Date.now() };
        now.live?.rest();
        now.state = state;
        show();
      }),

    resume: () =>
      inOrder(async () => {
        const now = here();
        if (now.state === "recording" || now.state === "saving") return;
        await keep(now, { rests: overRest(now) });
        now.rest = null;
        now.notice = null;
        now.state = "recording";
        now.take += 1;
        show();
      }),

    mark: (kind, label) =>
      inOrder(async () => {
        const now = here();
        const mark: Mark = { id: randomUUID(), atMs: keptMs(now), kind, label };
        await keep(now, { marks: [...now.record.marks, mark] });
        show();
        return mark;
      }),

    removeMark: (id) =>
      inOrder(async () => {
        const now = here();
        await keep(now, { marks: now.record.marks.filter((mark) => mark.id !== id) });
        show();
      }),

    strike: (minutes) =>
      inOrder(async () => {
        const now = here();
        const endMs = keptMs(now);
        const toMs = endMs + (now.state === "recording" ? strikeGraceMs : 1);
        const strike = { id: randomUUID(), fromMs: Math.max(0, endMs - minutes * 60_000), toMs, done: false };
        // Kept at once: somebody asked for it, and it is done also after a crash.
        await keep(now, { strikes: [...now.record.strikes, strike] });
        regrets.begin(strike.id);
        show();
      }),

    undoStrike: (id) =>
      inOrder(async () => {
        const now = here();
        if (!regrets.cancel(id)) return;
        await keep(now, { strikes: now.record.strikes.filter((strike) => strike.id !== id) });
        show();
      }),

    microphone: (label) =>
      inOrder(async () => {
        const now = here();
        const changed = label !== now.record.microphone;
        if (changed) await keep(now, { microphone: label });
        if (now.state === "no-microphone") {
          await keep(now, { rests: overRest(now) });
          now.rest = null;
          now.state = "recording";
          now.take += 1;
        }
        now.notice = changed ? "microphone-changed" : null;
        show();
      }),

    computerGone() {
      if (running === null || running.state === "saving") return;
      running.notice = "computer-gone";
      show();
    },

    windowGone() {
      if (running === null || running.state === "saving") return;
      running.take += 1;
      running.notice = "window";
      show();
    },

    staysOpen() {
      if (running === null) return;
      running.notice = "closing";
      show();
    },

    flushed(take) {
      if (running !== null && running.take === take) running.flushed.resolve();
    },

    async finish(endedBy) {
      const now = here();
      if (now.state === "saving") throw new LyssnaError("not-recording");
      const wasTaking = now.state === "recording";
      now.state = "saving";
      show();
      // Sound that is on its way comes in before the end is written.
      if (wasTaking) await Promise.race([now.flushed.promise, new Promise((done) => setTimeout(done, flushMs))]);
      return inOrder(async () => {
        if (running !== now) return store.getMeeting(now.meetingId);
        try {
          return await end(now, endedBy, null);
        } catch (error) {
          await endFor(now, error);
          return store.getMeeting(now.meetingId);
        }
      });
    },
  };
}

function samplesOf(bytes: Uint8Array): Float32Array {
  // A copy: floats need an address that four divides.
  const copy = Uint8Array.from(bytes.subarray(0, bytes.length - (bytes.length % 4)));
  return new Float32Array(copy.buffer);
}

/** 12:41, or 1:02:41. */
export function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${String(hours)}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}
