// The recorder as the app has it: what a recording is called, what happens to it afterwards and at night. Runs in main.
import type { Settings } from "../contract.ts";
import { startNightly } from "../recording/nightly.ts";
import { createRecorder } from "../recording/recorder.ts";
import { reserveIn, roomIn } from "../recording/room.ts";
import type { Recorder } from "../recording/types.ts";
import type { Meeting } from "../store/types.ts";
import type { Context } from "./context.ts";
import { localTime } from "./imports.ts";
import { recordingHandlers, transcribeRecording } from "./recordings.ts";

export interface OpenRecorder {
  readonly recorder: Recorder;
  readonly handlers: ReturnType<typeof recordingHandlers>;
  /** For recordings that a crash cut off and that are whole again. */
  goOn(recovered: readonly Meeting[]): Promise<void>;
  /** What is said until now is kept, whoever quits. */
  close(): Promise<void>;
}

export function openRecorder(context: Context, dataDir: string): OpenRecorder {
  const { store, sound, hub, settings, refreshMeetings, startLiveText } = context;
  const room = roomIn(dataDir);
  const reserve = reserveIn(dataDir);
  /** Without a model the recording waits for one. */
  const transcribeIfPossible = (meeting: Meeting) => transcribeRecording(meeting, context).catch(() => null);
  const recorder = createRecorder({
    store,
    sound,
    room,
    reserve,
    startLive: startLiveText,
    localNow: () => localTime(new Date()),
    defaultTitle: (kind) => recordingTitle(kind, new Date(), settings().interfaceLanguage),
    spokenLanguage: () => (settings().spokenLanguage === "auto" ? "sv" : settings().spokenLanguage),
    changed: (state) => hub.set("recording", state),
    refreshMeetings,
    async ended(meeting, _record, error) {
      await reserve.release();
      await store.noteEvent("recorded", meeting.id);
      await refreshMeetings();
      if (error === null && settings().afterRecording === "now") await transcribeIfPossible(meeting);
    },
  });
  const nightly = startNightly(async () => {
    if (settings().afterRecording !== "night" || recorder.state() !== null) return;
    const busy = new Set((await store.listJobs()).map(({ meetingId }) => meetingId));
    for (const meeting of await store.listMeetings())
      if (meeting.status === "recorded" && meeting.error === null && !busy.has(meeting.id))
        await transcribeIfPossible(meeting);
  });
  return {
    recorder,
    handlers: recordingHandlers(context, recorder, room),
    async goOn(recovered) {
      for (const meeting of recovered) {
        await store.noteEvent("recovered", meeting.id);
        if (settings().afterRecording === "now") await transcribeIfPossible(meeting);
      }
    },
    async close() {
      nightly.stop();
      if (recorder.state() !== null) await recorder.finish("quit").catch(() => {});
    },
  };
}

/** Says when, and nothing about whom: "Samtal 23 november kl. 09.02". */
function recordingTitle(kind: "meeting" | "thoughts", at: Date, language: Settings["interfaceLanguage"]): string {
  const locale = language === "sv" ? "sv-SE" : "en-GB";
  const day = at.toLocaleDateString(locale, { day: "numeric", month: "long" });
  const time = at.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
  if (language === "sv") return `${kind === "meeting" ? "Samtal" : "Egna tankar"} ${day} kl. ${time.replace(":", ".")}`;
  return `${kind === "meeting" ? "Meeting" : "Own thoughts"} ${day} at ${time}`;
}
