// The text that is shown while somebody speaks: provisional, replaced by the full pass. Runs anywhere.
import type { ErrorData } from "./errors.ts";

/** Times are milliseconds of the recording. Lines are in order and do not overlap. */
export interface LiveLine {
  readonly startMs: number;
  readonly endMs: number;
  /** What was said; empty for "later". */
  readonly text: string;
  /** "later": nothing was written here, for want of time; the full pass writes it. */
  readonly state: "heard" | "later";
}

/** A whole snapshot. It is kept in memory only. */
export interface LiveText {
  /** "behind": the machine does not keep up. "off": no more text comes, for the reason in `error`; the lines stay. */
  readonly state: "listening" | "behind" | "off";
  readonly lines: readonly LiveLine[];
  /** There were older lines than these. */
  readonly hasEarlier: boolean;
  /** Somebody speaks, or has spoken, and the text of it is not here yet. */
  readonly isAwaited: boolean;
  readonly error: ErrorData | null;
}
