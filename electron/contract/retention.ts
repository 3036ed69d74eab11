// Gallring: putting it off, open cases, the clock; the event log; what is printed for the organisation.
import { z } from "zod";
import type { EventLog } from "../log-events.ts";
import type { MeetingRetention, Retention } from "../retention-rules.ts";
import { call, id } from "./call.ts";

/** How the rules run on this computer. */
export interface RetentionState {
  /** "back": the computer's clock was set back. "ahead": it shows a time so far ahead that it is not believed yet. */
  readonly clock: "right" | "back" | "ahead";
  /** The service that copies the data folder elsewhere ("OneDrive"), or null. */
  readonly synchronisedBy: string | null;
  /** How many meetings have lost something by rule since the app was started. */
  readonly taken: number;
}

export const retentionCalls = {
  /** What the rules come to for a meeting. */
  "retention.get": call<MeetingRetention>()(z.tuple([id])),
  /** Puts off what goes until a day (ISO 8601), for a reason. Throws keep-refused where that is too long. */
  "retention.keep": call<MeetingRetention>()(
    z.tuple([id, z.object({ until: z.iso.datetime(), reason: z.string().trim().min(1).max(300) })]),
  ),
  "retention.release": call<MeetingRetention>()(z.tuple([id])),
  "retention.setCase": call<MeetingRetention>()(z.tuple([id, z.boolean()])),
  /** The computer's clock is right, far ahead as it is. */
  "retention.believeClock": call<null>()(z.tuple([])),

  /** The newest lines, the whole log verified, and the rules that its lines name. */
  "log.read": call<EventLog & { readonly rules: Readonly<Record<string, Retention>> }>()(
    z.tuple([z.number().int().min(1).max(10_000)]),
  ),
  /** Asks where, writes all of it, and answers the file's path, or null. */
  "log.export": call<string | null>()(z.tuple([z.enum(["csv", "json"])])),

  /** Asks where, and writes what the organisation needs for its impact assessment as a PDF. */
  "annex.save": call<string | null>()(z.tuple([])),
} as const;
