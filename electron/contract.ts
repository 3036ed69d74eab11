// The one contract between the window and the rest: every call and every event, as data.
// Both sides derive their types from it; main parses every argument with these schemas before it acts.
import { z } from "zod";
import type { ErrorData } from "./errors.ts";
import {
  type InterfaceLanguage,
  sectionKinds,
  type Summary,
  type Template,
  summarySchema,
  type Term,
  termSchema,
  type Transcript,
} from "./formats.ts";
import type { Lesson, Suggestion } from "./glossary/types.ts";
import type { LiveText } from "./live-text.ts";
import {
  consentSchema,
  markKinds,
  type Mark,
  recordingOptionsSchema,
  type RecordingRecord,
  type RecordingState,
} from "./recorded.ts";
import { soundPickSchema } from "./sound-pick.ts";
import type { Job, Meeting, Original, SearchHit, SummaryVersion, TemplateVersion } from "./store/types.ts";

export const exportFormats = ["docx", "pdf", "html", "md", "txt", "json", "csv", "ics", "vtt", "srt"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const settingsSchema = z.object({
  interfaceLanguage: z.enum(["sv", "en"]),
  theme: z.enum(["system", "light", "dark"]),
  /** Language spoken in new meetings: a BCP 47 code or "auto". */
  spokenLanguage: z.string().min(2).max(12),
  /** The name that a summary was last approved under. */
  reviewerName: z.string().max(100),
  /** Model id from the list, or "" while none is chosen. */
  modelId: z.string().max(200),
  templateId: z.string().max(64),
  /** Templates for meetings whose title holds what the person calls a kind of meeting, such as "hembesök". */
  templateByKind: z
    .array(z.object({ kind: z.string().trim().min(1).max(60), templateId: z.string().max(64) }))
    .max(30)
    .readonly(),
  /** What transcribes; "auto" takes graphics where a measurement showed them to be faster and to hear the same. */
  computeOn: z.enum(["auto", "cpu", "gpu"]),
  /** Graphics that failed on this machine and are not tried again; "" lets them be. */
  failedDevice: z.enum(["", "webgpu", "dml", "coreml"]),
  /** "due" once something was copied where the system may keep it, until the person was told. */
  copyWarning: z.enum(["none", "due", "told"]),
  /** In the head of documents. */
  organisationName: z.string().max(120),
  /** The file that the logo was taken from, "" where there is none. */
  logoName: z.string().max(255),
  /** The microphone that was chosen last: ids change, so that its name is what it is found by. */
  microphone: z.object({ id: z.string().max(300), label: z.string().max(300) }),
  /** How fast sound is played, with its pitch kept. */
  playbackRate: z.number().min(0.5).max(3),
  /** Pauses in which nobody speaks are passed over while one listens. */
  skipSilence: z.boolean(),
  /** When a recording is transcribed: at once, between ten in the evening and five in the morning, or when asked. */
  afterRecording: z.enum(["now", "night", "never"]),
  /** Text is shown while it is said. */
  liveText: z.boolean(),
  /** What is read aloud or handed over before a recording; "" for Lyssna's own words. */
  consentText: z.string().max(4000),
  /** What comes there is taken in; "" watches none. */
  watchedFolder: z.string().max(4096),
  /** Whether to ask what is to become of a file that was taken in. */
  offerOriginals: z.boolean(),
  /** What was last chosen in the export dialog. */
  exportChoice: z.object({
    what: z.enum(["summary", "transcript"]),
    format: z.enum(exportFormats),
    citations: z.boolean(),
    names: z.boolean(),
    client: z.boolean(),
  }),
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  interfaceLanguage: "sv",
  theme: "system",
  spokenLanguage: "sv",
  reviewerName: "",
  modelId: "",
  templateId: "minnesanteckningar",
  templateByKind: [],
  computeOn: "auto",
  failedDevice: "",
  copyWarning: "none",
  organisationName: "",
  logoName: "",
  microphone: { id: "", label: "" },
  playbackRate: 1,
  skipSilence: false,
  afterRecording: "now",
  liveText: false,
  consentText: "",
  watchedFolder: "",
  offerOriginals: true,
  exportChoice: { what: "summary", format: "docx", citations: true, names: true, client: false },
};

/** A speech model as the window shows it. */
export interface ModelInfo {
  readonly id: string;
  readonly title: string;
  /** Swedish and English: what it is good for, in a sentence. */
  readonly about: Readonly<Record<InterfaceLanguage, string>>;
  readonly sizeBytes: number;
  /** The least it can work with. */
  readonly memoryBytes: number;
  /** False where the machine has not so much memory, whatever else runs. */
  readonly fits: boolean;
  readonly licence: string;
  /** "damaged" names a model whose files are incomplete. */
  readonly state: "absent" | "downloading" | "installed" | "damaged";
  /** 0 to 1 while downloading. */
  readonly fraction: number;
  readonly demonstration: boolean;
  readonly recommended: boolean;
  readonly error: ErrorData | null;
}

export interface AppInfo {
  readonly version: string;
  readonly platform: string;
  /** True in a host without Electron's own window, such as the one that the tests use. */
  readonly standIn: boolean;
  /** Set when the database could not be opened: the window shows only this. */
  readonly storeError: ErrorData | null;
  readonly backupAt: string | null;
}

/** What a person chose or dropped, with folders opened. */
export interface FolderListing {
  /** Those that the person named first as they stand, those of a folder sorted by name. */
  readonly files: readonly string[];
  /** What folders hold that is hidden, a link, or no sound or transcript by its ending. */
  readonly leftOut: number;
  /** Folders that could not be opened. */
  readonly closed: number;
  /** True where a folder held more than is taken in at once. */
  readonly more: boolean;
}

/** A file that a meeting was made of and that still lies on the machine, readable by anybody. */
export interface OriginalFile extends Pick<Original, "verified" | "sound"> {
  readonly meetingId: string;
  /** Without its folder. */
  readonly file: string;
}

/** The meeting that a file became, or the one that it was before. */
export interface Imported extends Meeting {
  /** Set where the file was taken in before: nothing new was made of it. */
  readonly wasThere?: { readonly path: string };
}

interface Call<Args extends z.ZodTuple, Result> {
  readonly args: Args;
  /** Only a type: never set. */
  readonly result?: Result;
}

const call =
  <Result>() =>
  <Args extends z.ZodTuple>(args: Args): Call<Args, Result> => ({ args });

const id = z.string().min(1).max(64);
const path = z.string().min(1).max(4096);
const passage = z.string().max(20_000);
const document = z.string().max(2_000_000);
const bytes = z.instanceof(Uint8Array).refine(({ length }) => length <= 1 << 20);
const offset = z.number().int().nonnegative();
const acceptedSchema = z.object({
  segmentId: id,
  start: offset,
  end: offset,
  heard: z.string().min(1).max(400),
  replacement: z.string().min(1).max(400),
  termId: id,
});
const templateId = z.string().regex(/^[a-z0-9-]{1,64}$/u);
/** A template as it is written on: bounded like one, but a title or a heading may still be missing. */
const templateDraftSchema = z.looseObject({
  lyssna: z.literal("template/1"),
  id: templateId,
  version: z.number().int().min(1),
  title: z.string().max(200),
  description: z.string().max(2000).optional(),
  for: z.array(z.string().max(60)).max(20).optional(),
  language: z.string().min(2).max(35),
  owner: z.string().max(200).optional(),
  notFor: z.array(z.string().max(300)).max(20).optional(),
  refusesContent: z.boolean().optional(),
  sections: z
    .array(
      z.looseObject({
        id: templateId,
        heading: z.string().max(200),
        guidance: z.string().max(2000).optional(),
        kind: z.enum(sectionKinds),
        maxItems: z.number().int().min(1).max(200).optional(),
      }),
    )
    .max(100),
});

/** A template on the shelf: built in, or the person's own. */
export interface ShelfTemplate {
  /** As it was last saved; the draft where it never was. */
  readonly template: Template;
  readonly own: boolean;
  readonly state: "saved" | "changed" | "never-saved";
}

export interface TemplateDetails {
  /** The version that was asked for, or the latest; the draft where none was ever saved. */
  readonly template: Template;
  readonly own: boolean;
  /** The number of the version that is used now; null where the template was deleted or never saved. */
  readonly latest: number | null;
  /** What is written on it and not saved. */
  readonly draft: Template | null;
  /** Saved versions, newest first; empty for one that is built in. */
  readonly versions: readonly TemplateVersion[];
}

/** "older": the person has a later version already. "copy": the same version says something else, so both are kept. */
export type TemplateImport = {
  readonly template: Template;
  readonly outcome: "new" | "updated" | "same" | "older" | "copy";
};

export const calls = {
  "app.info": call<AppInfo>()(z.tuple([])),
  /** Restores the latest backup after the person asked for it. The damaged file is kept beside it. */
  "app.restoreBackup": call<null>()(z.tuple([])),

  "meetings.get": call<Meeting>()(z.tuple([id])),
  "meetings.update": call<Meeting>()(
    z.tuple([
      id,
      z.object({ title: z.string().trim().min(1).max(200), caseReference: z.string().trim().max(100) }).partial(),
    ]),
  ),
  "meetings.delete": call<null>()(z.tuple([id])),
  "meetings.addExample": call<Meeting>()(z.tuple([])),
  /** Takes the demonstration recording through the whole flow with the demonstration model. */
  "meetings.addDemonstration": call<Meeting>()(z.tuple([])),

  "transcripts.get": call<Transcript>()(z.tuple([id])),
  "speakers.rename": call<null>()(
    z.tuple([
      id,
      z.string().min(1).max(64),
      z.object({ name: z.string().trim().max(100), role: z.string().trim().max(60) }),
    ]),
  ),

  "summaries.list": call<readonly SummaryVersion[]>()(z.tuple([id])),
  "summaries.make": call<Job>()(z.tuple([id, templateId])),
  /** What a person made of the latest version, which is the second argument; judged anew. Answers it as it now stands. */
  "summaries.save": call<SummaryVersion>()(z.tuple([id, id, summarySchema])),
  /** Approves the latest version under a name. Refused while sentences without support are not dealt with. */
  "summaries.approve": call<SummaryVersion>()(z.tuple([id, id, z.string().trim().min(1).max(100)])),
  /** Makes one heading anew from the talk, shorter, longer or word for word; the others stay as they are. */
  "summaries.remakeSection": call<SummaryVersion>()(
    z.tuple([
      id,
      id,
      z.string().min(1).max(64),
      z.object({ length: z.enum(["short", "normal", "long"]), quotes: z.boolean() }),
    ]),
  ),
  /** An earlier version's words as the newest. */
  "summaries.restore": call<SummaryVersion>()(z.tuple([id, id, id])),

  /**
   * A report over several meetings: a row of its own in the library, with the title given, and a job that makes its
   * summary. Answers the row. A report cannot be made of reports.
   */
  "reports.make": call<Meeting>()(z.tuple([z.array(id).min(2).max(12), templateId, z.string().trim().min(1).max(200)])),

  "templates.list": call<readonly Template[]>()(z.tuple([])),
  /** The same with drafts, and with whose they are. */
  "templates.shelf": call<readonly ShelfTemplate[]>()(z.tuple([])),
  /** A template, also one that was deleted, in a version that was saved; the latest where none is named. */
  "templates.get": call<TemplateDetails>()(z.tuple([templateId, z.number().int().min(1).nullable()])),
  /** Begins an own template: from a version of another one (null: the latest), or empty. Answers the draft. */
  "templates.start": call<Template>()(z.tuple([templateId.nullable(), z.number().int().min(1).nullable()])),
  /** The same from the headings of an old document that was pasted: its words, and its HTML where there is any. */
  "templates.fromText": call<Template>()(z.tuple([z.object({ text: document, html: document })])),
  /** The same from a Word, HTML or text file; null if the person thought better of it. */
  "templates.fromFile": call<Template | null>()(z.tuple([])),
  "templates.keepDraft": call<null>()(z.tuple([templateDraftSchema])),
  "templates.dropDraft": call<null>()(z.tuple([templateId])),
  /** A new version where it says something else than the last one. Answers it as it was saved. */
  "templates.save": call<Template>()(z.tuple([templateDraftSchema])),
  /** Its versions stay, for the summaries that were made with them. */
  "templates.remove": call<null>()(z.tuple([templateId])),
  /** Opens a file dialog; null if the person thought better of it. */
  "templates.import": call<TemplateImport | null>()(z.tuple([])),
  /** Asks where, writes the template as a file, and answers its path, or null. */
  "templates.export": call<string | null>()(z.tuple([templateId])),
  /** The summary of a meeting, or of the bundled example, by a template that need not be saved. Stores nothing. */
  "templates.tryOut": call<Summary>()(z.tuple([id.nullable(), templateDraftSchema])),

  /** Opens the file dialog; answers the meetings that were made, none if the person thought better of it. */
  "import.choose": call<readonly Imported[]>()(z.tuple([])),
  /** Opens a folder dialog; answers its path, or null. */
  "import.chooseFolder": call<string | null>()(z.tuple([])),
  /** The files to take in of what was chosen or dropped: files as they are, folders opened. Takes nothing in yet. */
  "import.list": call<FolderListing>()(z.tuple([z.array(path).min(1).max(500)])),
  /** Sound, video or transcripts by path (dropped on the window). */
  "import.files": call<readonly Imported[]>()(z.tuple([z.array(path).min(1).max(500)])),
  /** The same for files that were taken in before, and are to be once more. */
  "import.again": call<readonly Imported[]>()(z.tuple([z.array(path).min(1).max(500)])),

  /** Puts originals in the bin. Answers the meetings whose file stays: it was changed since, or the system refuses. */
  "originals.remove": call<readonly string[]>()(z.tuple([z.array(id).min(1).max(10_000)])),
  /** They stay where they are, and nobody asks again. */
  "originals.keep": call<null>()(z.tuple([z.array(id).min(1).max(10_000)])),
  /** Takes a meeting's original in anew, by another choice of its sound. */
  "originals.pick": call<Job>()(z.tuple([id, soundPickSchema])),
  /** Opens a folder dialog; what comes there from now on is taken in. Answers how many files lie there already, or null. */
  "watched.choose": call<number | null>()(z.tuple([])),
  /** Takes in what lay there already, too. */
  "watched.takeAll": call<null>()(z.tuple([])),
  "watched.stop": call<null>()(z.tuple([])),

  "jobs.cancel": call<null>()(z.tuple([id])),
  "jobs.retry": call<null>()(z.tuple([id])),

  /** Asks where, writes, and answers the file's path, or null if the person thought better of it. */
  "export.save": call<string | null>()(
    z.tuple([
      id,
      z.enum(exportFormats),
      z.enum(["summary", "transcript"]),
      z.object({ citations: z.boolean(), names: z.boolean(), client: z.boolean() }),
    ]),
  ),
  /** Opens a file dialog and keeps the picture for the head of documents; answers its name, or null. */
  "export.chooseLogo": call<string | null>()(z.tuple([])),
  "export.removeLogo": call<null>()(z.tuple([])),
  /** Plain text of one heading of the latest summary, put on the clipboard. */
  "copy.heading": call<null>()(z.tuple([id, z.string().min(1).max(64)])),
  "copy.summary": call<null>()(z.tuple([id])),

  /** Hours of sound that the disk has room for, or null. */
  "recording.room": call<number | null>()(z.tuple([])),
  "recording.start": call<Meeting>()(z.tuple([recordingOptionsSchema])),
  /** Sound as it was taken. Answered when it is kept. */
  "recording.append": call<null>()(
    z.tuple([
      z.object({
        take: z.number().int().min(1),
        packets: bytes,
        lengths: z.array(z.number().int().min(1).max(4000)).max(100).readonly(),
        heard: bytes,
      }),
    ]),
  ),
  "recording.pause": call<null>()(z.tuple([z.enum(["paused", "off-record", "sleep", "microphone"])])),
  "recording.resume": call<null>()(z.tuple([])),
  "recording.mark": call<Mark>()(z.tuple([z.enum(markKinds), z.string().trim().max(80)])),
  "recording.removeMark": call<null>()(z.tuple([id])),
  /** Takes the last minutes away, for good once ten seconds have passed. */
  "recording.strike": call<null>()(z.tuple([z.number().int().min(1).max(30)])),
  "recording.undoStrike": call<null>()(z.tuple([id])),
  /** Another microphone is used, by its name. */
  "recording.microphone": call<null>()(z.tuple([z.string().max(300)])),
  /** The computer's own sound ended: what follows is the microphone alone. */
  "recording.computerGone": call<null>()(z.tuple([])),
  /** The window has sent all the sound it took. */
  "recording.flushed": call<null>()(z.tuple([z.number().int().min(1)])),
  "recording.finish": call<Meeting>()(z.tuple([])),
  /** Opens the small window that stays above others, or closes it. */
  "recording.mini": call<null>()(z.tuple([])),

  /** What is kept about a recording beside its sound; null for a meeting that was not recorded here. */
  "recordings.get": call<RecordingRecord | null>()(z.tuple([id])),
  "recordings.setConsent": call<null>()(z.tuple([id, consentSchema.nullable()])),
  "recordings.transcribe": call<Job>()(z.tuple([id])),
  /** Consent was withdrawn: the sound goes, or all, from a time or whole. Cannot be undone. */
  "recordings.withdraw": call<null>()(
    z.tuple([id, z.object({ what: z.enum(["sound", "all"]), fromMs: z.number().int().nonnegative().nullable() })]),
  ),

  "search.find": call<readonly SearchHit[]>()(z.tuple([z.string().max(200)])),

  "glossary.list": call<readonly Term[]>()(z.tuple([])),
  /** Adds a term, or changes the one with the id. Another one that is spelled the same becomes part of it. */
  "glossary.save": call<Term>()(
    z.tuple([
      z.object({
        id: id.optional(),
        text: termSchema.shape.text,
        kind: termSchema.shape.kind,
        soundsLike: termSchema.shape.soundsLike,
        note: termSchema.shape.note,
      }),
    ]),
  ),
  "glossary.remove": call<null>()(z.tuple([id])),
  /** Opens a file dialog and adds what the file holds; answers null if the person thought better of it. */
  "glossary.import": call<{ readonly added: number; readonly changed: number } | null>()(z.tuple([])),
  /** Asks where, writes, and answers the file's path, or null. */
  "glossary.export": call<string | null>()(z.tuple([])),
  /** Where a term may have been said in the meeting. Changes nothing. */
  "glossary.suggest": call<readonly Suggestion[]>()(z.tuple([id])),
  /** Puts the terms in; answers how many segments changed. What the recogniser wrote is kept. */
  "glossary.accept": call<number>()(z.tuple([id, z.array(acceptedSchema).min(1).max(10_000)])),
  /** These words for this term are not suggested in this meeting again. */
  "glossary.reject": call<null>()(
    z.tuple([
      id,
      z
        .array(z.object({ termId: id, heard: z.string().min(1).max(400) }))
        .min(1)
        .max(10_000),
    ]),
  ),
  /** What an edit of a passage in a language may teach the glossary; the person is asked before any of it is saved. */
  "glossary.lessons": call<readonly Lesson[]>()(z.tuple([passage, passage, z.string().min(2).max(12)])),

  "models.download": call<null>()(z.tuple([z.string().max(200)])),
  "models.cancelDownload": call<null>()(z.tuple([z.string().max(200)])),
  /** Opens a folder dialog and takes a model from there; answers its id, or null. */
  "models.importFolder": call<string | null>()(z.tuple([])),
  "models.remove": call<null>()(z.tuple([z.string().max(200)])),

  "settings.set": call<null>()(z.tuple([settingsSchema.partial()])),
} as const;

export type CallName = keyof typeof calls;
export type CallArgs<Name extends CallName> = z.infer<(typeof calls)[Name]["args"]>;
export type CallResult<Name extends CallName> =
  | NonNullable<(typeof calls)[Name]["result"]>
  | Extract<(typeof calls)[Name]["result"], null>;

/** Events are whole snapshots; a new listener gets the current one first. */
export interface Snapshots {
  readonly meetings: readonly Meeting[];
  readonly jobs: readonly Job[];
  readonly models: readonly ModelInfo[];
  readonly settings: Settings;
  /** What is said in a recording that runs, provisional; null while none runs. */
  readonly liveText: LiveText | null;
  /** The recording that runs; null while none does. */
  readonly recording: RecordingState | null;
  readonly originals: readonly OriginalFile[];
}
export type SnapshotName = keyof Snapshots;
export const snapshotNames = [
  "meetings",
  "jobs",
  "models",
  "settings",
  "liveText",
  "recording",
  "originals",
] as const satisfies readonly SnapshotName[];

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ErrorData };

/** What preload puts on `window.lyssna`. */
export interface WindowApi {
  call<Name extends CallName>(name: Name, ...args: CallArgs<Name>): Promise<Answer<CallResult<Name>>>;
  /** Listens to snapshots, the current one first. Returns how to stop. */
  on<Name extends SnapshotName>(name: Name, listener: (snapshot: Snapshots[Name]) => void): () => void;
  /** The path of a file that was dropped on the window. */
  pathOf(file: File): string;
}

/** What main does for each call. */
export type Handlers = { readonly [Name in CallName]: (...args: CallArgs<Name>) => Promise<CallResult<Name>> };

/** The window's own address. Sound of a meeting: `${appOrigin}/sound/<meeting id>` (Ogg Opus, ranges answered). */
export const appScheme = "lyssna";
export const appOrigin = "lyssna://app";

/** Channels: one for calls, one for snapshots. */
export const channels = { call: "lyssna:call", snapshot: "lyssna:snapshot", subscribe: "lyssna:subscribe" } as const;

/** Types the window needs, from one place. */
export type {
  Job,
  Lesson,
  LiveText,
  Mark,
  Meeting,
  RecordingRecord,
  RecordingState,
  SearchHit,
  Suggestion,
  Summary,
  SummaryVersion,
  Template,
  TemplateVersion,
  Term,
  Transcript,
};
