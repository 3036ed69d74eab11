// What the organisation's policy has decided, as the window shows it. Values.
import type { ErrorData } from "../errors.ts";
import type { ExportFormat, Settings } from "./settings.ts";

/** Pages of the settings that an organisation may leave out. */
export const hideablePages = ["models", "glossary", "retention", "log", "move"] as const;
export type HideablePage = (typeof hideablePages)[number];

export interface PolicyState {
  /** The file that it stands in; null where there is none and everything is the person's to choose. */
  readonly file: string | null;
  /** "Exempelkommunen"; "" where the file does not say. */
  readonly organisation: string;
  /** The organisation's own sentence about why, shown beside what is fixed; "" where it gives none. */
  readonly reason: string;
  /** Settings that are not even shown. */
  readonly hidden: readonly (keyof Settings)[];
  /** Pages of the settings that are not even shown. */
  readonly hiddenPages: readonly HideablePage[];
  /** Templates that may be used; null allows all. */
  readonly templates: readonly string[] | null;
  /** Whether a person may make, change and import templates. */
  readonly ownTemplates: boolean;
  /** Speech models that may be used; null allows all. */
  readonly models: readonly string[] | null;
  /** Whether models may be downloaded, and taken from a folder. */
  readonly modelDownload: boolean;
  readonly modelImport: boolean;
  /** A model package that is installed by itself; null for none. */
  readonly modelPackage: string | null;
  /** The public key that every model package must be signed with (SPKI, PEM); null demands none. */
  readonly modelPackageKey: string | null;
  readonly exportFormats: readonly ExportFormat[];
  /** Whether text may be put on the clipboard. */
  readonly copy: boolean;
  /** Whether meetings may be put into an encrypted package, and taken out of one. */
  readonly makePackage: boolean;
  readonly takeInPackage: boolean;
  /** A recording does not begin before somebody has said who was told and what they answered. */
  readonly consentRequired: boolean;
  /** Hosts that a model may be downloaded from, of those that the app knows; null allows them all. */
  readonly networkHosts: readonly string[] | null;
  readonly updates: "off" | "on";
  readonly log: {
    /** Lines older than this go from the log; null keeps them. */
    readonly keepDays: number | null;
  };
  readonly lock: {
    /** Locks after so many minutes without a key or a click; null leaves it to the person. */
    readonly idleMinutes: number | null;
    readonly passphraseRequired: boolean;
    /** Whether a keychain may be used that keeps the key as good as open (Linux without a keyring). */
    readonly plainKeychainAllowed: boolean;
    /** The window is kept out of screenshots and shared screens; null leaves it to the person. */
    readonly hideFromCapture: boolean | null;
    /** The organisation's public key for recovery (SPKI, PEM); null where it has none. */
    readonly recoveryKey: string | null;
  };
  /** Set where the file cannot be used: then the strictest of everything holds. */
  readonly broken: ErrorData | null;
}
