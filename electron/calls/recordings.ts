// Calls on a recording that runs, and on what was recorded. Runs in main.
import type { Handlers } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import type { Recorder } from "../recording/types.ts";
import type { Room } from "../recording/room.ts";
import type { Job, Meeting, MeetingId } from "../store/types.ts";
import type { Context } from "./context.ts";
import { stopReading } from "./taken-away.ts";
import { defaultTemplateId } from "./default-template.ts";

type RecordingHandlers = Pick<
  Handlers,
  | "recording.room"
  | "recording.start"
  | "recording.append"
  | "recording.pause"
  | "recording.resume"
  | "recording.mark"
  | "recording.removeMark"
  | "recording.strike"
  | "recording.undoStrike"
  | "recording.microphone"
  | "recording.hears"
  | "recording.computerGone"
  | "recording.flushed"
  | "recording.finish"
  | "recording.mini"
  | "recordings.get"
  | "recordings.setConsent"
  | "recordings.transcribe"
  | "recordings.withdraw"
>;

export function recordingHandlers(context: Context, recorder: Recorder, room: Room): RecordingHandlers {
  const { store, sound, runner } = context;

  const done = async (work: Promise<unknown>): Promise<null> => {
    await work;
    return null;
  };

  async function stopJobs(id: MeetingId): Promise<void> {
    const jobs = await store.listJobs();
    for (const job of jobs.filter(({ meetingId }) => meetingId === id)) await runner.cancel(job.id, { wait: true });
  }

  return {
    "recording.room": () => room.hoursLeft(),
    async "recording.start"(options) {
      const policy = context.policy();
      if (policy.consentRequired && options.kind === "meeting" && options.consent === null)
        throw new LyssnaError("consent-needed");
      return recorder.start(options);
    },
    "recording.append": (piece) => done(recorder.append(piece)),
    "recording.pause": (why) => done(recorder.pause(why)),
    "recording.resume": () => done(recorder.resume()),
    "recording.mark": (kind, label) => recorder.mark(kind, label),
    "recording.removeMark": (id) => done(recorder.removeMark(id)),
    "recording.strike": (minutes) => done(recorder.strike(minutes)),
    "recording.undoStrike": (id) => done(recorder.undoStrike(id)),
    "recording.microphone": (label) => done(recorder.microphone(label)),
    async "recording.hears"(now) {
      recorder.hears(now);
      return null;
    },
    async "recording.computerGone"() {
      recorder.computerGone();
      return null;
    },
    async "recording.flushed"(take) {
      recorder.flushed(take);
      return null;
    },
    "recording.finish": () => recorder.finish("person"),
    async "recording.mini"() {
      context.dialogs.toggleMini?.();
      return null;
    },

    "recordings.get": (id) => store.getRecording(id),
    async "recordings.setConsent"(id, consent) {
      const record = await store.getRecording(id);
      if (record === null) throw new LyssnaError("not-found");
      await store.saveRecording(id, { ...record, consent });
      return null;
    },
    "recordings.transcribe": async (id) => transcribeRecording(await store.getMeeting(id), context),
    async "recordings.withdraw"(id, { what, fromMs }) {
      const meeting = await store.getMeeting(id);
      await stopJobs(id);
      // Reports are made of the other meetings all the same, and of what is left of this one.
      const reports = await stopReading(id, context);
      await store.noteEvent("consent-withdrawn", id);
      if (fromMs !== null) {
        if (meeting.hasSound) await sound.strike(id, fromMs, Number.MAX_SAFE_INTEGER);
        if (what === "all") {
          await store.withdrawFrom(id, fromMs);
          await sound.dropVoices(id);
          const record = await store.getRecording(id);
          // What somebody wrote on a mark is said of that moment.
          if (record !== null)
            await store.saveRecording(id, { ...record, marks: record.marks.filter(({ atMs }) => atMs < fromMs) });
        }
      } else if (what === "sound") {
        await sound.delete(id);
        await store.updateMeeting(id, { hasSound: false });
      } else {
        await store.noteEvent("deleted", id, { code: "meeting" });
        await sound.delete(id);
        await store.deleteMeeting(id);
      }
      if (what === "all" && fromMs !== null) {
        const status = (await store.listSegments(id)).length > 0 ? "transcribed" : "recorded";
        await store.updateMeeting(id, { status });
      }
      for (const report of reports) await runner.retry(report);
      context.noteChange(id, "transcript");
      context.noteChange(id, "summary");
      await context.refreshMeetings();
      await context.refreshJobs();
      return null;
    },
  };
}

/** A job that takes a recording from its own sound to a summary. */
export async function transcribeRecording(meeting: Meeting, context: Context): Promise<Job> {
  const { store } = context;
  const { modelId, spokenLanguage } = context.settings();
  if (modelId === "") throw new LyssnaError("model-missing", { model: "–" });
  if (!meeting.hasSound) throw new LyssnaError("not-found");
  const record = await store.getRecording(meeting.id);
  const job = await store.createJob(meeting.id, {
    kind: "process",
    sourcePath: "",
    modelId,
    language: spokenLanguage,
    templateId: record?.templateId || defaultTemplateId(meeting.title, context.settings()),
    // The room in one channel, the call in the other.
    ...(record?.systemSound === true ? { pick: { track: 0, channels: "split" } } : {}),
  });
  // The working copy is there already: it is the recording.
  const value = { durationMs: meeting.durationMs };
  await store.saveArtefact(job.id, { stage: "decode", key: "working-copy", value });
  await store.updateMeeting(meeting.id, { status: "waiting", error: null });
  await context.refreshMeetings();
  await context.refreshJobs();
  context.runner.wake();
  return job;
}
