// What a person has chosen, and how it is before anybody has. Values.
import { z } from "zod";
import { exportFormats } from "../export-formats.ts";
import { loopbackServer } from "../loopback.ts";
import { noRetention, retentionSchema } from "../retention-rules.ts";

export { exportFormats, type ExportFormat } from "../export-formats.ts";

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
  /** What of a meeting is shown beside each other, and the transcript's part of the width. */
  meetingPanes: z.enum(["both", "transcript", "summary"]),
  transcriptShare: z.number().min(0.1).max(0.9),
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
  /** What goes when, by rule. */
  retention: retentionSchema,
  /** New meetings begin with their people's identity protected. */
  protectNew: z.boolean(),
  /** The system tells, without a name or a word, when a meeting is ready while one looks at something else. */
  notifyWhenReady: z.boolean(),
  /** What writes summaries: "builtin", or the id of a language model. */
  summaryEngine: z.string().min(1).max(200),
  /** What becomes of a language model's sentence that the talk does not support. */
  whenUnsupported: z.enum(["mark", "built-in"]),
  /** A language model waits while the computer runs on its battery. */
  waitOnBattery: z.boolean(),
  /** Graphics failed with a language model, and are not tried again. */
  languageGraphicsFailed: z.boolean(),
  /** A server on this machine that summarises too. No other address is even kept. */
  languageServer: z.object({
    on: z.boolean(),
    address: z
      .string()
      .max(200)
      .refine((text) => text === "" || loopbackServer(text) !== null),
    /** As the server calls it; "" for the first that it has. */
    model: z.string().max(200),
  }),
  /** Minutes without a touch after which Lyssna locks, where there is a passphrase; 0 for never. */
  lockAfterMinutes: z.number().int().min(0).max(240),
  /** Whether it locks with the computer, where there is a passphrase. */
  lockWithSystem: z.boolean(),
  /** Whether the window is left out of screenshots and shared screens. */
  hideFromCapture: z.boolean(),
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

/** What the organisation has decided for everybody: those settings are shown and cannot be changed here. */
export interface FixedSettings {
  readonly values: Partial<Settings>;
  /** Who decided, and why in its own words; "" where that is not said. */
  readonly organisation: string;
  readonly reason: string;
}
export const nothingFixed: FixedSettings = { values: {}, organisation: "", reason: "" };

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
  meetingPanes: "both",
  transcriptShare: 0.53,
  afterRecording: "now",
  liveText: false,
  consentText: "",
  watchedFolder: "",
  offerOriginals: true,
  retention: noRetention,
  protectNew: false,
  notifyWhenReady: true,
  summaryEngine: "builtin",
  whenUnsupported: "mark",
  waitOnBattery: false,
  languageGraphicsFailed: false,
  languageServer: { on: false, address: "", model: "" },
  lockAfterMinutes: 10,
  lockWithSystem: true,
  hideFromCapture: false,
  exportChoice: { what: "summary", format: "docx", citations: true, names: true, client: false },
};
