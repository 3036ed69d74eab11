// Meetings, what was said in them and what was made of it.
import { z } from "zod";
import type { ErrorData } from "../errors.ts";
import { summarySchema, type SupportLevel, type Transcript } from "../formats.ts";
import {
  type Job,
  type Meeting,
  meetingStatuses,
  type SearchHit,
  type SummaryVersion,
  type TranscriptStart,
} from "../store/types.ts";
import { rewriteWays } from "../rewrite-ways.ts";
import { call, id, templateId } from "./call.ts";
import { exportFormats } from "./settings.ts";

const ids = z.array(id).min(1).max(10_000);
const day = z.iso.date();
const filter = z.object({
  statuses: z.array(z.enum(meetingStatuses)).max(meetingStatuses.length).readonly().optional(),
  templateId: z.string().max(64).optional(),
  caseReference: z.string().max(100).optional(),
  from: day.optional(),
  to: day.optional(),
});
const exportOptions = z.object({ citations: z.boolean(), names: z.boolean(), client: z.boolean() });

/** What became of an export of several meetings. */
export interface ExportedMany {
  readonly folder: string;
  readonly saved: number;
  /** Those that could not be written, and why. */
  readonly left: readonly { readonly meetingId: string; readonly error: ErrorData }[];
}

/** A sentence of an answer, and where it was said. */
export interface AnswerSentence {
  readonly text: string;
  readonly support: SupportLevel;
  /** Why the support is not full. */
  readonly reasons: readonly string[];
  readonly places: readonly { readonly meetingId: string; readonly segmentId: string; readonly startMs: number }[];
}

export const meetingCalls = {
  "meetings.get": call<Meeting>()(z.tuple([id])),
  "meetings.update": call<Meeting>()(
    z.tuple([
      id,
      z.object({ title: z.string().trim().min(1).max(200), caseReference: z.string().trim().max(100) }).partial(),
    ]),
  ),
  "meetings.delete": call<null>()(z.tuple([id])),
  "meetings.deleteMany": call<null>()(z.tuple([ids])),
  /** One case for several meetings; "" for none. */
  "meetings.setCase": call<null>()(z.tuple([ids, z.string().trim().max(100)])),
  /** Protects the identity of their people, or shows it again; reports that rest on them are protected with them. */
  "meetings.protect": call<null>()(z.tuple([ids, z.boolean()])),
  "meetings.addExample": call<Meeting>()(z.tuple([])),
  /** Takes the demonstration recording through the whole flow with the demonstration model. */
  "meetings.addDemonstration": call<Meeting>()(z.tuple([])),

  "transcripts.get": call<Transcript>()(z.tuple([id])),
  /** As much as is read in the first minutes, at once, whatever the length. */
  "transcripts.start": call<TranscriptStart>()(z.tuple([id])),

  "speakers.rename": call<null>()(
    z.tuple([
      id,
      z.string().min(1).max(64),
      z.object({ name: z.string().trim().max(100), role: z.string().trim().max(60) }),
    ]),
  ),

  "summaries.list": call<readonly SummaryVersion[]>()(z.tuple([id])),
  /** By an engine of its own choice, or by the one of the settings. */
  "summaries.make": call<Job>()(z.tuple([id, templateId, z.string().min(1).max(200).optional()])),
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
  /**
   * One heading by a language model, named by its id: anew from the talk, or its sentences in other words. Takes minutes;
   * "draft" shows what has come. The others stay as they are.
   */
  "summaries.rewriteSection": call<SummaryVersion>()(
    z.tuple([
      id,
      id,
      z.string().min(1).max(64),
      z.object({ way: z.enum(rewriteWays), engine: z.string().min(1).max(200) }),
    ]),
  ),
  /** The latest version's sentences as a new version, judged by the transcript as it is now. */
  "summaries.recheck": call<SummaryVersion>()(z.tuple([id, id])),
  /** An earlier version's words as the newest. */
  "summaries.restore": call<SummaryVersion>()(z.tuple([id, id, id])),

  /**
   * A question to meetings, answered by a language model (its id last) only from what was said in them. Takes minutes. No
   * sentence at all: it was not said. Nothing of it is kept.
   */
  "meetings.ask": call<readonly AnswerSentence[]>()(
    z.tuple([z.array(id).min(1).max(12), z.string().trim().min(3).max(500), z.string().min(1).max(200)]),
  ),

  /**
   * A report over several meetings: a row of its own in the library, with the title given, and a job that makes its
   * summary. Answers the row. A report cannot be made of reports.
   */
  "reports.make": call<Meeting>()(z.tuple([z.array(id).min(2).max(12), templateId, z.string().trim().min(1).max(200)])),

  /** Asks where, writes, and answers the file's path, or null if the person thought better of it. */
  "export.save": call<string | null>()(
    z.tuple([id, z.enum(exportFormats), z.enum(["summary", "transcript"]), exportOptions]),
  ),
  /** Asks for a folder and writes a file for each; null if the person thought better of it. */
  "export.saveMany": call<ExportedMany | null>()(
    z.tuple([z.array(id).min(1).max(500), z.enum(exportFormats), z.enum(["summary", "transcript"]), exportOptions]),
  ),
  /** Opens a file dialog and keeps the picture for the head of documents; answers its name, or null. */
  "export.chooseLogo": call<string | null>()(z.tuple([])),
  "export.removeLogo": call<null>()(z.tuple([])),

  /** Plain text of one heading of the latest summary, put on the clipboard. */
  "copy.heading": call<null>()(z.tuple([id, z.string().min(1).max(64)])),
  "copy.summary": call<null>()(z.tuple([id])),

  "search.find": call<readonly SearchHit[]>()(z.tuple([z.string().max(200), filter.optional()])),
  /** How loud the sound is over time, a byte for each step (electron/peaks.ts); null while that is not known. */
  "sound.peaks": call<Uint8Array | null>()(z.tuple([id])),

  /** The meeting's summary in a window of its own. */
  "windows.summary": call<null>()(z.tuple([id])),
  /** The passage is shown where the meeting is. */
  "windows.passage": call<null>()(z.tuple([id, id])),

  "jobs.cancel": call<null>()(z.tuple([id])),
  "jobs.retry": call<null>()(z.tuple([id])),
  /** Before all others that wait. */
  "jobs.putFirst": call<null>()(z.tuple([id])),
} as const;
