// The one contract between the window and the rest: every call and every event, as data.
// Both sides derive their types from it; main parses every argument with these schemas before it acts.
import type { z } from "zod";
import { appCalls, type ModelInfo, type ModelTask, type SummaryDraft } from "./contract/app.ts";
import { correctionCalls } from "./contract/corrections.ts";
import { fileCalls, type OriginalFile } from "./contract/files.ts";
import { glossaryCalls } from "./contract/glossary.ts";
import { maskingCalls } from "./contract/masking.ts";
import { meetingCalls } from "./contract/meetings.ts";
import { recordingCalls } from "./contract/recordings.ts";
import { renditionCalls } from "./contract/renditions.ts";
import type { PolicyState } from "./contract/policy.ts";
import { retentionCalls, type RetentionState } from "./contract/retention.ts";
import type { FixedSettings, Settings } from "./contract/settings.ts";
import { voiceCalls } from "./contract/voices.ts";
import { lockCalls } from "./contract/lock.ts";
import { type MovingState, type OpenedFile, packageCalls } from "./contract/packages.ts";
import { templateCalls } from "./contract/templates.ts";
import type { ErrorData } from "./errors.ts";
import type { ListPiece } from "./list-pieces.ts";
import type { LiveText } from "./live-text.ts";
import type { LockState } from "./lock-state.ts";
import type { RecordingState } from "./recorded.ts";
import type { Job, Meeting } from "./store/types.ts";

export const calls = {
  ...appCalls,
  ...meetingCalls,
  ...correctionCalls,
  ...voiceCalls,
  ...maskingCalls,
  ...renditionCalls,
  ...templateCalls,
  ...fileCalls,
  ...recordingCalls,
  ...glossaryCalls,
  ...retentionCalls,
  ...lockCalls,
  ...packageCalls,
} as const;

export type CallName = keyof typeof calls;
export type CallArgs<Name extends CallName> = z.infer<(typeof calls)[Name]["args"]>;
export type CallResult<Name extends CallName> =
  | NonNullable<(typeof calls)[Name]["result"]>
  | Extract<(typeof calls)[Name]["result"], null>;

/** The state that people see; a new listener gets the current one first. */
export interface Snapshots {
  readonly meetings: readonly Meeting[];
  readonly jobs: readonly Job[];
  readonly models: readonly ModelInfo[];
  readonly languageModels: readonly ModelInfo[];
  /** What is being installed, packed or checked; null while nothing is. */
  readonly modelTask: ModelTask | null;
  /** What a language model has written so far, unchecked; null while none writes. */
  readonly draft: SummaryDraft | null;
  readonly settings: Settings;
  /** What of them the organisation has fixed. */
  readonly fixed: FixedSettings;
  /** What is said in a recording that runs, provisional; null while none runs. */
  readonly liveText: LiveText | null;
  /** The recording that runs; null while none does. */
  readonly recording: RecordingState | null;
  readonly originals: readonly OriginalFile[];
  /** What the organisation has decided. */
  readonly policy: PolicyState;
  /** How the rules for gallring run. */
  readonly retention: RetentionState;
  /** Whether the window is locked; the other snapshots are then empty. */
  readonly lock: LockState;
  /** How often each meeting was changed since the app was opened, so that every window that shows it asks again. */
  readonly changes: Readonly<Record<string, MeetingChanges>>;
  /** The passage that another window wants to be shown; a new object each time. */
  readonly passage: WantedPassage | null;
  /** A file that somebody opened and that is not taken in yet; null while there is none. */
  readonly opened: OpenedFile | null;
  /** A package that is being made or taken in; null while none is. */
  readonly moving: MovingState | null;
}

export interface MeetingChanges {
  readonly transcript: number;
  readonly summary: number;
  /** What is masked in it. */
  readonly masking: number;
}

export interface WantedPassage {
  readonly meetingId: string;
  readonly segmentId: string;
}
export type SnapshotName = keyof Snapshots;

/** What crosses to a window: all of it each time, but for the one that grows with the years. */
export type SentSnapshots = { readonly [Name in Exclude<SnapshotName, "meetings">]: Snapshots[Name] } & {
  readonly meetings: ListPiece<Meeting>;
};
export const snapshotNames = [
  "meetings",
  "jobs",
  "models",
  "languageModels",
  "modelTask",
  "draft",
  "settings",
  "fixed",
  "liveText",
  "recording",
  "originals",
  "policy",
  "retention",
  "lock",
  "changes",
  "passage",
  "opened",
  "moving",
] as const satisfies readonly SnapshotName[];

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ErrorData };

/** What preload puts on `window.lyssna`. */
export interface WindowApi {
  call<Name extends CallName>(name: Name, ...args: CallArgs<Name>): Promise<Answer<CallResult<Name>>>;
  /** Listens to snapshots, the current one first. Returns how to stop. */
  on<Name extends SnapshotName>(name: Name, listener: (snapshot: SentSnapshots[Name]) => void): () => void;
  /** Asks for the next piece of the meetings, once there was time for the one before. */
  more(): void;
  /** The path of a file that was dropped on the window. */
  pathOf(file: File): string;
}

/** What main does for each call. */
export type Handlers = { readonly [Name in CallName]: (...args: CallArgs<Name>) => Promise<CallResult<Name>> };

/** The window's own address. Sound of a meeting: `${appOrigin}/sound/<meeting id>` (Ogg Opus, ranges answered). */
export const appScheme = "lyssna";
export const appOrigin = "lyssna://app";

/** Channels: one for calls, the others for snapshots. */
export const channels = {
  call: "lyssna:call",
  snapshot: "lyssna:snapshot",
  subscribe: "lyssna:subscribe",
  more: "lyssna:more",
} as const;

/** What both sides need of the rest, from one place. */
export * from "./contract/settings.ts";
export type { AppInfo, InstalledModels, ModelDownload, ModelInfo, ModelTask, SummaryDraft } from "./contract/app.ts";
export type { AnswerSentence, ExportedMany } from "./contract/meetings.ts";
export type { PolicyState } from "./contract/policy.ts";
export type { RetentionState } from "./contract/retention.ts";
export type { MaskPlace, MaskState, MaskView } from "./contract/masking.ts";
export type { FolderListing, Imported, OriginalFile } from "./contract/files.ts";
export type { MadePackage, MovingState, OpenedFile, TakenIn } from "./contract/packages.ts";
export type { ShelfTemplate, TemplateDetails, TemplateImport } from "./contract/templates.ts";
export type { Summary, Template, Term, Transcript } from "./formats.ts";
export type { EventLog, LogLine, LogState } from "./log-events.ts";
export type { MeetingRetention, Retention, RetentionRule } from "./retention-rules.ts";
export type { Lesson, Suggestion } from "./glossary/types.ts";
export type { ListPiece } from "./list-pieces.ts";
export type { Doubt, Rendition, RenditionKind } from "./renditions.ts";
export type { LiveText } from "./live-text.ts";
export type { NetworkStatus } from "./network-status.ts";
export type { KeyStatus, LockNeeds, LockState } from "./lock-state.ts";
export type { Mark, RecordingRecord, RecordingState } from "./recorded.ts";
export type {
  Correction,
  Job,
  MadeCorrection,
  Meeting,
  MeetingFilter,
  SearchHit,
  SummaryVersion,
  TemplateVersion,
} from "./store/types.ts";
