// The recording that runs: takes packets of sound from the window, keeps them, and knows how it stands. Runs in main.
// One at a time. What it does is done in order, one thing after another, so that nothing overtakes the sound.
import { randomUUID } from "node:crypto";
import { type ErrorData, LyssnaError, toErrorData } from "../errors.ts";
import { opusStream } from "../opus/opus-stream.ts";
import type { Mark, RecordingRecord, RecordingState } from "../recorded.ts";
import type { Meeting, SoundWriter } from "../store/types.ts";
import { beginRunning, beginTake, clockOf, keptMs, overRest, type Running, stateOf } from "./running.ts";
import { createStrikes, strikesUntil } from "./strikes.ts";
import type { Recorder, RecorderTools } from "./types.ts";

/** A word that ends as the button is pressed is let out. */
const restGraceMs = 200;
/** What a packet of sound holds. */
const packetMs = 20;
/** How long the window has to send the last of its sound. */
const flushMs = 1500;
const roomEveryMs = 30_000;
/** Under so many hours of room one is told. */
const littleRoomHours = 0.5;

export function createRecorder(tools: RecorderTools): Recorder {
  const { store, sound } = tools;
  let running: Running | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  function inOrder<Result>(run: () => Promise<Result>): Promise<Result> {
    const result = queue.then(run);
    queue = result.catch(() => {});
    return result;
  }

  const current = (): RecordingState | null => (running === null ? null : stateOf(running, strikes.leftMs));
  const show = (): void => tools.changed(current());
  const strikes = createStrikes({ sound, running: () => running, keep, inOrder, show });

  function here(): Running {
    if (running === null) throw new LyssnaError("not-recording");
    return running;
  }

  async function keep(now: Running, change: Partial<RecordingRecord>): Promise<void> {
    now.record = { ...now.record, ...change };
    await store.saveRecording(now.meetingId, now.record);
  }

  /** It goes on: whatever was still on its way when it was told to rest does not come any more. */
  async function goOn(now: Running): Promise<void> {
    await keep(now, { rests: overRest(now), strikes: strikesUntil(now.record.strikes, keptMs(now)) });
    now.rest = null;
    now.untilMs = null;
    now.state = "recording";
    beginTake(now);
  }

  async function end(now: Running, endedBy: "person" | "quit" | "no-room", error: ErrorData | null): Promise<Meeting> {
    clearInterval(roomTimer);
    strikes.clear();
    now.live?.close();
    if (error === null) await now.writer.append(now.stream.end([], now.stream.samples()), keptMs(now));
    await now.writer.finish();
    await strikes.settle(now);
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
    state: current,

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
        const live = liveText ? tools.startLive() : null;
        running = beginRunning({ meetingId: meeting.id, writer, stream, live, record });
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
        const kept = parts.slice(0, now.untilMs === null ? undefined : Math.max(0, now.untilMs - atMs) / packetMs);
        try {
          if (kept.length > 0) await now.writer.append(now.stream.page(kept), atMs);
          now.keptSamples = now.stream.samples();
          now.spoken.kept(keptMs(now), performance.now());
        } catch (error) {
          await endFor(now, error);
          return;
        }
        if (heard.length > 0 && now.state === "recording") now.live?.push(samplesOf(heard));
      }),

    pause(why) {
      const pressedMs = performance.now();
      return inOrder(async () => {
        const now = here();
        if (now.state === "saving") return;
        const state = why === "off-record" ? "off-record" : why === "microphone" ? "no-microphone" : "paused";
        now.notice = why === "sleep" ? "sleep" : why === "microphone" ? "microphone-gone" : null;
        now.rest ??= { why, from: Date.now() };
        now.untilMs ??= now.spoken.at(pressedMs) + restGraceMs;
        now.live?.rest();
        now.hears = "good";
        now.state = state;
        show();
      });
    },

    resume: () =>
      inOrder(async () => {
        const now = here();
        if (now.state === "recording" || now.state === "saving") return;
        await goOn(now);
        now.notice = null;
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

    strike(minutes) {
      const pressedMs = performance.now();
      return inOrder(() => strikes.begin(here(), minutes, pressedMs));
    },

    undoStrike: (id) => inOrder(() => strikes.undo(here(), id)),

    microphone: (label) =>
      inOrder(async () => {
        const now = here();
        const changed = label !== now.record.microphone;
        if (changed) await keep(now, { microphone: label });
        if (now.state === "no-microphone") await goOn(now);
        now.notice = changed ? "microphone-changed" : null;
        show();
      }),

    hears(heard) {
      if (running === null || running.state !== "recording" || running.hears === heard) return;
      running.hears = heard;
      show();
    },

    computerGone() {
      if (running === null || running.state === "saving") return;
      running.notice = "computer-gone";
      show();
    },

    windowGone() {
      if (running === null || running.state === "saving") return;
      beginTake(running);
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
