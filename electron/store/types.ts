// What the store keeps and the calls it answers. The store itself runs in a worker thread of main
// (store-worker.ts); openStore() in store.ts gives this interface. Every method is asynchronous.
import type { ErrorData } from "../errors.ts";
import type { Segment, Speaker, Summary, Template, Term, Transcript, Word } from "../formats.ts";
import type { EventLog, LoggedEvent, LogMore } from "../log-events.ts";
import type { RecordingRecord } from "../recorded.ts";
import type { MeetingRetention, RetentionPart } from "../retention-rules.ts";
import type { Rejected } from "../glossary/types.ts";
import type { MaskChoice, MaskWords } from "../masking-choice.ts";
import type { Rendition, RenditionKind } from "../renditions.ts";
import type { SoundPick, SoundTrack } from "../sound-pick.ts";
import type { Stage } from "../work.ts";

export type MeetingId = string;
export type JobId = string;
export type SummaryId = string;

/** Where a meeting stands, in the order in which a person meets it. "to-review" has a summary nobody approved yet. */
export const meetingStatuses = [
  "recording",
  "recorded",
  "waiting",
  "working",
  "failed",
  "no-speech",
  "transcribed",
  "to-review",
  "approved",
] as const;
export type MeetingStatus = (typeof meetingStatuses)[number];

export interface Meeting {
  readonly id: MeetingId;
  readonly title: string;
  /** ISO 8601, when the row was made. */
  readonly createdAt: string;
  /** ISO 8601 local, when the conversation took place. */
  readonly recordedAt: string;
  readonly language: string;
  readonly durationMs: number;
  readonly status: MeetingStatus;
  readonly caseReference: string;
  /** True for the bundled example meeting and what was made with the demonstration model. */
  readonly demonstration: boolean;
  readonly hasSound: boolean;
  /** A recording that a crash cut off, found again at the next start. */
  readonly recovered?: boolean;
  readonly error: ErrorData | null;
  /** Only of a report over several meetings: what it was made of, in the order "m1", "m2" … */
  readonly sources?: readonly ReportSource[];
  /** What the rules for gallring come to; only in what is shown, and only where a rule holds. */
  readonly retention?: MeetingRetention;
  /** What its latest summary was made with; only where there is one. */
  readonly template?: { readonly id: string; readonly title: string };
  /**
   * Its people's identity is protected: its title is one that names nobody, and its speakers have roles and no names
   * (electron/store/protected.ts).
   */
  readonly protectedIdentity?: true;
}

/** What the rules for gallring ask of a meeting. Times are ISO 8601. */
export interface RetentionFacts {
  readonly id: MeetingId;
  readonly createdAt: string;
  readonly status: MeetingStatus;
  readonly hasSound: boolean;
  readonly hasTranscript: boolean;
  readonly hasSummary: boolean;
  readonly hasOriginal: boolean;
  /** What its latest summary was made with, or what a recording is to be made into; null where nobody knows. */
  readonly templateId: string | null;
  readonly transcribedAt: string | null;
  /** Null where the latest version of the summary is not the approved one. */
  readonly approvedAt: string | null;
  readonly caseOpen: boolean;
  readonly caseClosedAt: string | null;
  readonly keptUntil: string | null;
  readonly keptReason: string;
}

/** A meeting that a report rests on. */
export interface ReportSource {
  /** "m1", "m2" …: what the report's segment ids begin with. */
  readonly id: string;
  /** Null once the meeting is deleted: what it holds can no longer be looked up. */
  readonly meetingId: MeetingId | null;
  readonly title: string;
  /** ISO 8601 local. */
  readonly recordedAt: string;
}

export interface NewMeeting {
  readonly title: string;
  readonly recordedAt: string;
  readonly language: string;
  readonly durationMs?: number;
  readonly demonstration?: boolean;
  readonly status?: MeetingStatus;
  /** Of the file that it was made of: SHA-256, hexadecimal. */
  readonly fingerprint?: string | null;
  /** Protects its people's identity from the beginning: what it is called instead. */
  readonly protectedTitle?: string;
}

/** The title is the one that is shown. */
export type MeetingPatch = Partial<
  Omit<Meeting, "id" | "createdAt" | "sources" | "retention" | "template" | "protectedIdentity">
>;

/** Which meetings are wanted; what is left out leaves all. */
export interface MeetingFilter {
  readonly statuses?: readonly MeetingStatus[] | undefined;
  readonly templateId?: string | undefined;
  readonly caseReference?: string | undefined;
  /** The days on which the conversation took place, YYYY-MM-DD, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface TranscriptStart {
  /** With the first of its segments. */
  readonly transcript: Transcript;
  /** These are all of them. */
  readonly whole: boolean;
}

export interface SummaryVersion {
  readonly id: SummaryId;
  readonly meetingId: MeetingId;
  /** 1, 2, 3 … within the meeting. The latest is shown; earlier ones are kept. */
  readonly version: number;
  readonly createdAt: string;
  readonly state: "draft" | "edited" | "approved";
  /** ISO 8601, when a person last saved it; only of what a person has worked on. */
  readonly savedAt?: string;
  /** ISO 8601, and the name given; only of what was approved. */
  readonly approvedAt?: string;
  readonly approvedBy?: string;
  readonly summary: Summary;
}

/** A template as it was once saved. */
export interface TemplateVersion {
  readonly version: number;
  /** ISO 8601; null for what was saved before versions were kept. */
  readonly savedAt: string | null;
}

export interface SearchHit {
  readonly meetingId: MeetingId;
  readonly title: string;
  readonly recordedAt: string;
  /** Where it stands: a segment of the transcript, an item of the latest summary, what the meeting is called, its case, a mark. */
  readonly in: "transcript" | "summary" | "title" | "case" | "mark";
  readonly segmentId: string | null;
  /** Of the transcript: when it was said, and by whom where that is known. */
  readonly atMs?: number;
  readonly speaker?: string;
  /** The passage; matches lie between U+E000 and U+E001 so that the window can light them up without HTML. */
  readonly passage: string;
}

export const jobStates = ["queued", "running", "done", "failed", "cancelled"] as const;
export type JobState = (typeof jobStates)[number];

/** What a job does. Sound is imported and taken through the pipeline; a summary may be made again alone. */
export type JobTask =
  | {
      readonly kind: "process";
      /** The original file, until its working copy is whole. */
      readonly sourcePath: string;
      readonly modelId: string;
      readonly language: string;
      readonly templateId: string;
      /** The first track with its channels mixed, where nothing is said. */
      readonly pick?: SoundPick;
    }
  /** By the engine of the settings where none is named. */
  | { readonly kind: "summarise"; readonly templateId: string; readonly engine?: string };

export interface Job {
  readonly id: JobId;
  readonly meetingId: MeetingId;
  readonly task: JobTask;
  readonly state: JobState;
  readonly stage: Stage | null;
  /** 0 to 1 over the whole job. */
  readonly fraction: number;
  /** Milliseconds left, from measured speed; null until there is a measurement. */
  readonly leftMs: number | null;
  readonly error: ErrorData | null;
  readonly createdAt: string;
}

export type JobPatch = Partial<Pick<Job, "state" | "stage" | "fraction" | "leftMs" | "error">>;

/** A finished piece of a stage, kept so that a job that was cut off goes on from there. `key` is unique within (job, stage). */
export interface Artefact {
  readonly stage: Stage;
  readonly key: string;
  readonly value: unknown;
}

export interface BackupInfo {
  readonly path: string;
  readonly createdAt: string;
}

/** New words for a segment. */
export interface SegmentEdit {
  /** The segment's. */
  readonly id: string;
  /** What stands there now: an edit of something else is not made. */
  readonly before: string;
  readonly text: string;
  /** Its timed words, where it has them. */
  readonly words?: readonly Word[];
}

/** Neighbouring segments, as they stood and as they stand now. */
export interface Hunk {
  readonly before: readonly Segment[];
  readonly after: readonly Segment[];
}

export const correctionKinds = [
  "text",
  "split",
  "merge",
  "move",
  "speaker",
  "speakers",
  "replace",
  "glossary",
  "original",
] as const;

/** What a person changed at once. */
export interface Correction {
  readonly kind: (typeof correctionKinds)[number];
  readonly hunks: readonly Hunk[];
  readonly speakers?: { readonly before: readonly Speaker[]; readonly after: readonly Speaker[] };
}

export interface MadeCorrection {
  /** 1, 2, 3 … within the meeting. */
  readonly number: number;
  /** ISO 8601. */
  readonly at: string;
  readonly undone: boolean;
  readonly correction: Correction;
}

/** The file that a meeting was made of. */
export interface Original {
  readonly path: string;
  /** SHA-256: only these bytes may be deleted. Null where the file could not be read. */
  readonly fingerprint: string | null;
  /** All of it is kept, encrypted. */
  readonly verified: boolean;
  /** The person wants it to stay, and is not asked again. */
  readonly stays?: boolean;
  /** Its sound tracks, and which of them was heard and how; null for what is not sound, or not read yet. */
  readonly sound: { readonly tracks: readonly SoundTrack[]; readonly apart: boolean; readonly pick: SoundPick } | null;
}

/** Everything the rest of the app may ask of the database. */
export interface Store {
  listMeetings(): Promise<readonly Meeting[]>;
  getMeeting(id: MeetingId): Promise<Meeting>;
  createMeeting(meeting: NewMeeting): Promise<Meeting>;
  /** The latest meeting that was made of a file with this fingerprint, or null. One that failed does not count. */
  findFingerprint(fingerprint: string): Promise<Meeting | null>;
  /** A row of its own for a report over these meetings, "m1" first. Throws not-found. */
  createReport(report: NewMeeting, sources: readonly MeetingId[]): Promise<Meeting>;
  updateMeeting(id: MeetingId, patch: MeetingPatch): Promise<Meeting>;
  /** One case for several meetings; "" for none. Those that are gone are passed over. */
  setCaseReference(ids: readonly MeetingId[], caseReference: string): Promise<void>;
  /** Protects their people's identity under these titles, or (null) shows them again. Those that are gone are passed over. */
  protectIdentity(ids: ReadonlyMap<MeetingId, string | null>): Promise<void>;
  /** Removes the meeting with its segments, summaries, jobs, index rows and sound keys. */
  deleteMeeting(id: MeetingId): Promise<void>;

  /** Replaces the meeting's transcript in one transaction and indexes it. */
  saveTranscript(id: MeetingId, transcript: Transcript): Promise<void>;
  getTranscript(id: MeetingId): Promise<Transcript>;
  getTranscriptStart(id: MeetingId): Promise<TranscriptStart>;
  listSegments(id: MeetingId): Promise<readonly Segment[]>;
  /** Changes words, keeps what the recogniser wrote as `original`, indexes them. Answers how many segments changed. */
  editSegments(id: MeetingId, edits: readonly SegmentEdit[]): Promise<number>;
  saveSpeakers(id: MeetingId, speakers: readonly Speaker[]): Promise<void>;
  /** Changes the transcript, and keeps how it was. Throws transcript-moved where it says something else by now. */
  makeCorrection(id: MeetingId, correction: Correction): Promise<void>;
  /** Takes the latest correction back. Answers what was changed by that; null where there is none. */
  undoCorrection(id: MeetingId): Promise<Correction | null>;
  redoCorrection(id: MeetingId): Promise<Correction | null>;
  /** Oldest first. */
  listCorrections(id: MeetingId): Promise<readonly MadeCorrection[]>;
  /** Their words leave the transcript, what can be taken back, every summary and the search. Cannot be undone. */
  strikeSegments(id: MeetingId, segmentIds: readonly string[]): Promise<void>;

  addSummary(id: MeetingId, summary: Summary): Promise<SummaryVersion>;
  /** Edits of the latest version, which is `base`: into it, or as the next version (`asNew`, or where it is no round of editing; "checked" if all of it was just judged by the transcript). Throws summary-moved. */
  saveReview(id: MeetingId, base: SummaryId, summary: Summary, asNew: boolean | "checked"): Promise<SummaryVersion>;
  /** The next version: the same words, approved by somebody. Throws summary-moved. */
  approveSummary(id: MeetingId, base: SummaryId, name: string): Promise<SummaryVersion>;
  listSummaries(id: MeetingId): Promise<readonly SummaryVersion[]>;
  latestSummary(id: MeetingId): Promise<SummaryVersion | null>;
  /** In plain words and in other languages: one of each kind. They go with the summary, and when anything is struck. */
  listRenditions(id: MeetingId): Promise<readonly Rendition[]>;
  saveRendition(id: MeetingId, rendition: Rendition): Promise<void>;
  removeRendition(id: MeetingId, kind: RenditionKind): Promise<void>;

  /** A person's own templates; the built-in ones are files. */
  listTemplates(): Promise<readonly Template[]>;
  saveTemplate(template: Template): Promise<void>;
  /** Its versions stay: summaries were made with them. */
  deleteTemplate(id: string): Promise<void>;
  /** For a built-in template that is used: a later Lyssna may bring another version of it. Known ones stay as they are. */
  noteTemplateVersion(template: Template): Promise<void>;
  /** Newest first; also of a template that was deleted. */
  listTemplateVersions(id: string): Promise<readonly TemplateVersion[]>;
  templateVersion(id: string, version: number): Promise<Template | null>;
  /** Templates as they are written on, whole or not; saving or deleting one takes its draft away. */
  listTemplateDrafts(): Promise<readonly Template[]>;
  keepTemplateDraft(draft: Template): Promise<void>;
  dropTemplateDraft(id: string): Promise<void>;

  /** What is kept about a recording; null for a meeting that was not recorded here. */
  getRecording(id: MeetingId): Promise<RecordingRecord | null>;
  saveRecording(id: MeetingId, record: RecordingRecord): Promise<void>;
  /** Recordings that never ended, as a crash leaves them, or that something is yet to be struck from. */
  listRunningRecordings(): Promise<readonly MeetingId[]>;
  /** Takes away what was said from a time on, with every summary and what jobs kept of it. */
  withdrawFrom(id: MeetingId, fromMs: number): Promise<void>;
  /** What became of the file that a meeting was made of is not decided yet. */
  saveOriginal(id: MeetingId, original: Original): Promise<void>;
  listOriginals(): Promise<ReadonlyMap<MeetingId, Original>>;
  dropOriginal(id: MeetingId): Promise<void>;
  listRetentionFacts(): Promise<readonly RetentionFacts[]>;
  setCaseOpen(id: MeetingId, open: boolean): Promise<void>;
  /** Puts off what goes by rule; null takes that back. */
  keepUntil(id: MeetingId, kept: { readonly until: string; readonly reason: string } | null): Promise<void>;
  /** Takes parts of a meeting away for good: the sound's keys first, then rows, history, what jobs kept, the index. */
  takeAway(id: MeetingId, parts: readonly RetentionPart[]): Promise<void>;

  /** How loud the sound is over time, a byte for each step (electron/peaks.ts); silent where something was struck. */
  savePeaks(id: MeetingId, peaks: Uint8Array): Promise<void>;
  /** Null while they have not been measured. They go with the sound. */
  getPeaks(id: MeetingId): Promise<Uint8Array | null>;
  /** A line in the log that tells what was done and never what was said. */
  noteEvent(event: LoggedEvent, id: MeetingId | null, more?: LogMore): Promise<void>;
  /** The newest lines, and whether the whole of it is as it was written. */
  readLog(limit: number): Promise<EventLog>;
  /** Lines from before a time (ISO 8601) go. Answers how many went. */
  shortenLog(before: string): Promise<number>;
  /** Small things that no backup puts back: null where there is none. */
  getMark(key: string): Promise<unknown>;
  setMark(key: string, value: unknown): Promise<void>;

  /** The person's glossary, by spelling. */
  listTerms(): Promise<readonly Term[]>;
  /** By id; a term that is spelled the same under another id gives way. */
  saveTerms(terms: readonly Term[]): Promise<void>;
  removeTerm(id: string): Promise<void>;
  /** What was said no to in a meeting; goes with the meeting and with the term. */
  listRejected(id: MeetingId): Promise<readonly Rejected[]>;
  rejectTerms(id: MeetingId, rejected: readonly Rejected[]): Promise<void>;
  getMaskChoice(id: MeetingId): Promise<MaskChoice>;
  saveMaskChoice(id: MeetingId, choice: MaskChoice): Promise<void>;
  /** For every meeting with this case reference. */
  getMaskWords(caseReference: string): Promise<MaskWords>;
  saveMaskWords(caseReference: string, words: MaskWords): Promise<void>;

  /**
   * Whole words and prefixes, case folded, never without diacritics ("får" does not find "far"); latest meeting first.
   * Passages that hold all of it come before those of meetings that do so only as a whole.
   */
  search(query: string, limit: number, filter?: MeetingFilter): Promise<readonly SearchHit[]>;

  createJob(meetingId: MeetingId, task: JobTask): Promise<Job>;
  listJobs(): Promise<readonly Job[]>;
  updateJob(id: JobId, patch: JobPatch): Promise<Job>;
  /** Before all others that wait. */
  putJobFirst(id: JobId): Promise<void>;
  saveArtefact(id: JobId, artefact: Artefact): Promise<void>;
  listArtefacts(id: JobId, stage: Stage): Promise<readonly Artefact[]>;
  /** Artefacts of a finished job are working material and go when it is done. */
  clearArtefacts(id: JobId): Promise<void>;

  getSettings(): Promise<Readonly<Record<string, unknown>>>;
  setSetting(key: string, value: unknown): Promise<void>;

  /** Takes seconds on a large database: run in the background after start. */
  checkIntegrity(): Promise<"ok" | "damaged">;
  backups(): Promise<readonly BackupInfo[]>;
  close(): Promise<void>;
}

export interface PackedMeeting {
  readonly id: MeetingId;
  readonly hasSound: boolean;
}

/** What went into the rows of a package. */
export interface PackedRows {
  readonly meetings: readonly PackedMeeting[];
  /** Meetings that were asked for and are still being recorded, or that something is yet to be struck from. */
  readonly stayed: number;
}

/** What moving house asks of the store. One move at a time. */
export interface Moving {
  /** Where the rows that are on their way lie, encrypted under a key of their own. */
  readonly packPath: string;
  /** Writes the rows of these meetings there, or (null) of everything. `packKey` has 32 bytes. Throws not-found. */
  packRows(packKey: Uint8Array, ids: readonly MeetingId[] | null): Promise<PackedRows>;
  /** Opens the rows that lie there for as long as `use` takes. Throws package-newer, package-damaged. */
  unpackRows<Result>(packKey: Uint8Array, use: (rows: UnpackedRows) => Promise<Result>): Promise<Result>;
  /** Nothing lies there any more. */
  dropPack(): Promise<void>;
  /** A meeting's sound as it was kept, frame by frame. */
  readSound(id: MeetingId): AsyncIterable<{ readonly atMs: number; readonly bytes: Uint8Array }>;
  /** It may come back with a backup again. Answers whether it had been deleted here. */
  forgetDeletion(id: MeetingId): Promise<boolean>;
}

export interface UnpackedRows {
  readonly meetings: readonly PackedMeeting[];
  /** Templates, glossary and settings that are not here. */
  takeRest(): Promise<void>;
  /** Whole or not at all. False where the meeting is here. */
  takeMeeting(id: MeetingId, hasSound: boolean): Promise<boolean>;
}

/** The encrypted sound of meetings: one append-only file each, keys per minute in a key database of their own. */
export interface SoundStore {
  /** Starts a meeting's sound anew. What was written is durable after `finish`. */
  create(id: MeetingId): Promise<SoundWriter>;
  /** Bytes of the plain Ogg Opus stream. */
  sizeBytes(id: MeetingId): Promise<number>;
  /** Plain bytes of the Ogg Opus stream from `startByte` up to and not including `endByte`, frame by frame. */
  read(id: MeetingId, startByte?: number, endByte?: number): AsyncIterable<Uint8Array>;
  /**
   * Sound from `fromMs` up to `toMs` becomes silence of the same length, to the packet of 20 ms, also while it is recorded.
   * What it was is gone for good: the file is written anew under new keys.
   */
  strike(id: MeetingId, fromMs: number, toMs: number): Promise<void>;
  /** Meetings whose sound was cut off before it was finished. */
  unfinished(): Promise<readonly MeetingId[]>;
  /** Ends such a sound at its last whole frame. Answers its last plain bytes, at most 64 KiB. */
  settle(id: MeetingId): Promise<Uint8Array>;
  /** Deletes the keys, which is the deletion, and then the file. */
  delete(id: MeetingId): Promise<void>;
  /** What was heard of the meeting's voices, piece by piece: kept until it is approved, in no backup, used for no other meeting. */
  keepVoices(id: MeetingId, piece: number, heard: Uint8Array): Promise<void>;
  listVoices(id: MeetingId): Promise<ReadonlyMap<number, Uint8Array>>;
  dropVoices(id: MeetingId): Promise<void>;
  close(): Promise<void>;
}

export interface SoundWriter {
  /** Appends one frame: at most half a second of encoded sound. `atMs` chooses the minute's key. */
  append(bytes: Uint8Array, atMs: number): Promise<void>;
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}
