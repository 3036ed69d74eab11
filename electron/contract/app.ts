// The app itself: what it runs on, its speech models, what the person has chosen.
import { z } from "zod";
import type { ErrorData } from "../errors.ts";
import type { Finding } from "../findings.ts";
import type { InterfaceLanguage } from "../formats.ts";
import type { NetworkStatus } from "../network-status.ts";
import { call } from "./call.ts";
import { settingsSchema } from "./settings.ts";

/** A download that runs, or stands still where it was paused or cut off. */
export interface ModelDownload {
  readonly running: boolean;
  readonly doneBytes: number;
  /** 0 before it is known. */
  readonly totalBytes: number;
  /** Null while it is not known. */
  readonly bytesPerSecond: number | null;
  readonly leftMs: number | null;
  /** The server is given time before the next try. */
  readonly waiting: boolean;
}

/** A model as the window shows it. */
export interface ModelInfo {
  /** What writes down what is said, what tells voices apart, or what writes summaries. */
  readonly kind: "speech" | "voices" | "language";
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
  /** "damaged" names a model whose files are incomplete; "paused" one that is not here yet and of which a part is. */
  readonly state: "absent" | "downloading" | "paused" | "installed" | "damaged";
  /** Also of an installed model, of which a newer version is on its way. */
  readonly download: ModelDownload | null;
  /** What it takes for an hour's meeting on this machine: measured with it, or reckoned from another. Null: unknown. */
  readonly hour: { readonly ms: number; readonly from: "measured" | "reckoned" } | null;
  /** Whether it can be downloaded by name. */
  readonly inCatalogue: boolean;
  readonly demonstration: boolean;
  /** The one of its kind for this machine, by what is known of it. */
  readonly recommended: boolean;
  readonly error: ErrorData | null;
}

/** Installing, packing or checking models; one at a time. */
export interface ModelTask {
  readonly what: "install" | "pack" | "verify";
  /** Models or the package, as people call them. */
  readonly name: string;
  /** 0 to 1. */
  readonly fraction: number;
  /** Nobody asked for it here: the organisation did. */
  readonly byPolicy: boolean;
  /** Of one that the organisation asked for and that failed; otherwise whoever asked is told. */
  readonly error: ErrorData | null;
}

export interface InstalledModels {
  readonly ids: readonly string[];
  /** Fingerprint of the key that vouches for the package they came in; null for nobody. */
  readonly signedBy: string | null;
}

/** A summary while a language model writes it. Nothing in it has been checked. */
export interface SummaryDraft {
  readonly meetingId: string;
  readonly sections: readonly { readonly heading: string; readonly texts: readonly string[] }[];
  /** The person waits for it and can stop it by "language.stop"; a job is stopped among the jobs. */
  readonly asked: boolean;
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

const modelId = z.string().min(1).max(200);

export const appCalls = {
  "app.info": call<AppInfo>()(z.tuple([])),
  /** How often Lyssna has asked for anything outside this computer. */
  "app.network": call<NetworkStatus>()(z.tuple([])),
  /** Restores the latest backup after the person asked for it. The damaged file is kept beside it. */
  /** Tries what the main job needs, on this machine; takes seconds. */
  "app.examine": call<readonly Finding[]>()(z.tuple([])),
  /** What was found last, as text for whoever looks after the machine: no name, no meeting, no folder. */
  "app.copyFindings": call<null>()(z.tuple([])),
  "app.restoreBackup": call<null>()(z.tuple([])),

  /** Begins a download, or goes on with one that was paused or cut off. */
  "models.download": call<null>()(z.tuple([modelId])),
  /** What arrived is kept, also over a restart. */
  "models.pauseDownload": call<null>()(z.tuple([modelId])),
  /** What arrived is deleted. */
  "models.cancelDownload": call<null>()(z.tuple([modelId])),
  /** Opens a folder dialog and takes a model or a package from there; null where the person thought better of it. */
  "models.importFolder": call<InstalledModels | null>()(z.tuple([])),
  /** Opens a file dialog and takes the models of a packed package. */
  "models.importPackage": call<InstalledModels | null>()(z.tuple([])),
  /** Opens a save dialog and packs installed models; answers where they went, or null. */
  "models.pack": call<string | null>()(z.tuple([z.array(modelId).min(1).max(100)])),
  /** Compares every byte with what was recorded. */
  "models.verify": call<null>()(z.tuple([modelId])),
  /** Asks the hub for a newer version and downloads it where there is one. */
  "models.update": call<"newest" | "started">()(z.tuple([modelId])),
  "models.remove": call<null>()(z.tuple([modelId])),
  /** Stops what is being installed, packed or checked; nothing is changed by it. */
  "models.stopTask": call<null>()(z.tuple([])),

  /** Asks a server on this machine which models it has; the address has to be on this machine. */
  "server.models": call<readonly string[]>()(z.tuple([z.string().max(200)])),
  /** Stops what a person asked a language model for, at once; what was there before stays. */
  "language.stop": call<null>()(z.tuple([])),

  "settings.set": call<null>()(z.tuple([settingsSchema.partial()])),
} as const;
