// The app itself: what it runs on, its speech models, what the person has chosen.
import { z } from "zod";
import type { ErrorData } from "../errors.ts";
import type { Finding } from "../findings.ts";
import type { InterfaceLanguage } from "../formats.ts";
import type { NetworkStatus } from "../network-status.ts";
import { call } from "./call.ts";
import { settingsSchema } from "./settings.ts";

/** A model as the window shows it. */
export interface ModelInfo {
  /** What writes down what is said, or what tells voices apart. */
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
  /** "damaged" names a model whose files are incomplete. */
  readonly state: "absent" | "downloading" | "installed" | "damaged";
  /** 0 to 1 while downloading. */
  readonly fraction: number;
  readonly demonstration: boolean;
  readonly recommended: boolean;
  readonly error: ErrorData | null;
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

  "models.download": call<null>()(z.tuple([z.string().max(200)])),
  "models.cancelDownload": call<null>()(z.tuple([z.string().max(200)])),
  /** Opens a folder dialog and takes a model from there; answers its id, or null. */
  "models.importFolder": call<string | null>()(z.tuple([])),
  /** Asks a server on this machine which models it has; the address has to be on this machine. */
  "server.models": call<readonly string[]>()(z.tuple([z.string().max(200)])),
  /** Stops what a person asked a language model for, at once; what was there before stays. */
  "language.stop": call<null>()(z.tuple([])),
  "models.remove": call<null>()(z.tuple([z.string().max(200)])),

  "settings.set": call<null>()(z.tuple([settingsSchema.partial()])),
} as const;
