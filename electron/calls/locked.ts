// The calls of an app that is locked: nothing of the content is answered. A recording that runs goes on. Runs in main.
import {
  type AppInfo,
  type CallName,
  calls,
  defaultSettings,
  nothingFixed,
  type Handlers,
  type PolicyState,
  type Settings,
  type Snapshots,
} from "../contract.ts";
import type { AppHandlers } from "../app.ts";
import { LyssnaError } from "../errors.ts";
import type { LockState } from "../lock-state.ts";

export type LockCalls = Pick<Handlers, Extract<CallName, `lock.${string}`>>;

/** What keeps a recording going and tells nothing of it. */
export const recordingCalls = [
  "recording.append",
  "recording.pause",
  "recording.resume",
  "recording.mark",
  "recording.microphone",
  "recording.computerGone",
  "recording.flushed",
] as const satisfies readonly CallName[];

/** @param behind the app in which a recording goes on behind the lock, where one does */
export function lockedHandlers(info: AppInfo, lock: LockCalls, behind: AppHandlers | null): Handlers {
  const refuse = async (): Promise<never> => {
    throw new LyssnaError("locked");
  };
  const refusing = Object.fromEntries(Object.keys(calls).map((name) => [name, refuse])) as {
    [Name in CallName]: typeof refuse;
  };
  const kept = Object.fromEntries(recordingCalls.map((name) => [name, behind?.[name] ?? refuse]));
  return {
    ...refusing,
    ...(kept as Pick<Handlers, (typeof recordingCalls)[number]>),
    ...lock,
    "app.info": async () => info,
    async "recording.finish"() {
      if (behind === null) return refuse();
      // The meeting is made; what it is called is told when the window is open again.
      const { id, createdAt, recordedAt, language, durationMs, status, hasSound } = await behind["recording.finish"]();
      const nameless = { title: "", caseReference: "", demonstration: false, error: null };
      return { id, createdAt, recordedAt, language, durationMs, status, hasSound, ...nameless };
    },
  };
}

/** What a window shows while it is locked. Chosen before anybody has unlocked, so it must not lie in the database. */
export type PlainSettings = Pick<Settings, "interfaceLanguage" | "theme" | "hideFromCapture">;

/** Whole snapshots without content. */
export function lockedSnapshots(
  plain: PlainSettings,
  lock: LockState,
  policy: PolicyState,
  behind: Pick<Snapshots, "recording" | "settings"> | null,
): Snapshots {
  const recording = behind?.recording ?? null;
  return {
    meetings: [],
    jobs: [],
    models: [],
    languageModels: [],
    modelTask: null,
    draft: null,
    settings: {
      ...defaultSettings,
      ...plain,
      ...(recording === null || behind === null ? {} : listening(behind.settings)),
    },
    liveText: null,
    // A mark may carry words.
    recording: recording === null ? null : { ...recording, marks: [] },
    originals: [],
    fixed: nothingFixed,
    policy,
    retention: { clock: "right", synchronisedBy: null, taken: 0 },
    lock,
    changes: {},
    passage: null,
    opened: null,
    moving: null,
  };
}

/** What the window needs to go on listening. */
const listening = ({ microphone, liveText }: Settings) => ({ microphone, liveText });
