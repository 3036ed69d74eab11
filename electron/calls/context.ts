// What every handler of the contract works with. Runs in main.
import type { MeetingChanges, PolicyState, Settings } from "../contract.ts";
import type { Template } from "../formats.ts";
import type { JobRunner } from "../jobs/runner.ts";
import type { LiveTextWriter } from "../pipeline/hear-live.ts";
import type { SnapshotHub } from "../snapshots.ts";
import type { MeetingId, SoundStore, Store } from "../store/types.ts";

/** What differs between Electron, the stand-in and a test. Given to createApp by whoever starts it. */
export interface Dialogs {
  chooseFiles(): Promise<readonly string[]>;
  chooseFolder(of: "model" | "conversations" | "watched" | "export"): Promise<string | null>;
  /** A glossary file to take words from. */
  chooseGlossary(): Promise<string | null>;
  /** A template as a file, an old document to take headings from, a picture, an encrypted package, or a packed model package. */
  chooseOne(what: "template" | "document" | "logo" | "package" | "modelPackage"): Promise<string | null>;
  /** The small window of a recording: opened where it is not, closed where it is. */
  toggleMini?(): void;
  /** The meeting's summary in a window of its own. */
  showSummary?(meetingId: string): void;
  /** The window that everything is shown in. */
  bringForward?(): void;
  chooseSavePath(suggestedName: string, extension: string): Promise<string | null>;
  /** Puts a file in the system's bin. */
  trash(path: string): Promise<void>;
  /** Answers whether the system keeps it out of clipboard history and cloud. */
  copyText(text: string): Promise<boolean>;
}

export interface Context {
  readonly store: Store;
  readonly sound: SoundStore;
  readonly runner: JobRunner;
  readonly hub: SnapshotHub;
  readonly dialogs: Dialogs;
  /** Built-in templates and the person's own, own ones last. */
  templates(): Promise<readonly Template[]>;
  settings(): Settings;
  setSettings(patch: Partial<Settings>): Promise<void>;
  /** What the organisation has decided. */
  policy(): PolicyState;
  /** Looks whether anything is to go by rule, now that something has changed. Not waited for. */
  lookAtRules(): void;
  refreshMeetings(): Promise<void>;
  refreshJobs(): Promise<void>;
  refreshOriginals(): Promise<void>;
  /** Tells every window that a meeting, or several, say something else than they did. */
  noteChange(ids: MeetingId | readonly MeetingId[], what: keyof MeetingChanges): void;
  /** For a recording that begins, or goes on from a time: it pushes its sound, and snapshots come. Ends an earlier one. */
  startLiveText(fromMs?: number): LiveTextWriter;
}
