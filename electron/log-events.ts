// What the event log can tell of: what was done, when, by whom and by which rule. Never a word that was said, a name, a title
// or a file's name: there is no field that could hold one. Runs anywhere.
import { z } from "zod";
import { type ErrorCode, errorTable } from "./errors.ts";
import { exportFormats } from "./export-formats.ts";
import { lockReasons } from "./lock-state.ts";

const nothing = [] as const;

/** Every event, with the codes that say more about it. */
export const loggedEvents = {
  recorded: nothing,
  imported: ["sound", "transcript"],
  transcribed: nothing,
  summarised: nothing,
  reviewed: nothing,
  approved: nothing,
  exported: exportFormats,
  copied: ["heading", "summary", "transcript"],
  /** "meeting": all that was left of it. */
  deleted: ["meeting", "sound", "transcript", "summary", "original"],
  "consent-withdrawn": nothing,
  "passage-struck": nothing,
  recovered: nothing,
  "original-deleted": nothing,
  /** Gallring was put off; `count` is by how many days. */
  "kept-longer": nothing,
  "kept-no-longer": nothing,
  "case-opened": nothing,
  "case-closed": nothing,
  "rules-changed": nothing,
  "policy-changed": ["none", "whole", "broken"],
  /** `count` is how many minutes the clock stands behind. */
  "clock-back": nothing,
  /** The clock is far ahead, and not believed yet; `count` is how many days. */
  "clock-ahead": nothing,
  "clock-confirmed": nothing,
  unlocked: ["keychain", "passphrase", "recovery", "organisation"],
  /** `count` is how many tries went wrong, from `from` to `to`; written when the log can be, at the next unlocking. */
  "unlock-failed": nothing,
  locked: lockReasons,
  "passphrase-changed": nothing,
  "job-failed": Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]],
  "log-exported": ["csv", "json"],
  /** Old lines went, as the policy says; `count` is how many. */
  "log-shortened": nothing,
  "annex-printed": nothing,
  /** An encrypted package was made; `count` is how many meetings it holds. */
  "package-made": ["all", "meeting"],
  /** A meeting came with a package; "deleted-before": it had been deleted here. */
  "taken-in": ["new", "deleted-before"],
} as const satisfies Record<string, readonly string[]>;

export type LoggedEvent = keyof typeof loggedEvents;
export const loggedEventNames = Object.keys(loggedEvents) as [LoggedEvent, ...LoggedEvent[]];

export const logEntrySchema = z
  .strictObject({
    /** ISO 8601. */
    at: z.iso.datetime(),
    event: z.enum(loggedEventNames),
    /** The meeting's id: a random number that tells nothing. It may be gone. */
    meeting: z
      .string()
      .regex(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/u)
      .nullable(),
    by: z.enum(["person", "rule", "app"]),
    code: z.string().nullable(),
    count: z.number().int().nonnegative().nullable(),
    /** Which rules held: the beginning of their SHA-256. */
    rules: z
      .string()
      .regex(/^[0-9a-f]{12}$/u)
      .nullable(),
    /** ISO 8601: the first and the last time of what `count` counts, where that was before the line was written. */
    from: z.iso.datetime().optional(),
    to: z.iso.datetime().optional(),
  })
  .refine(({ event, code }) => code === null || (loggedEvents[event] as readonly string[]).includes(code));
export type LogEntry = z.infer<typeof logEntrySchema>;
export type LogMore = Partial<Pick<LogEntry, "by" | "code" | "count" | "rules" | "from" | "to">>;

/** A line of the log, with its number and its link in the chain: SHA-256 over the link before it and its own words. */
export interface LogLine extends LogEntry {
  readonly number: number;
  readonly hash: string;
}

/** What a look at the whole log finds. `number` is the first line that is not as it was written. */
export type LogState =
  | { readonly state: "whole" }
  | { readonly state: "edited" | "hole" | "cut"; readonly number: number };

export interface EventLog {
  /** Newest first. */
  readonly lines: readonly LogLine[];
  readonly found: LogState;
  /** How many lines there are in all. */
  readonly count: number;
  /** The link of the last line: who has noted it can tell later whether anything before it was changed. */
  readonly head: string;
}
