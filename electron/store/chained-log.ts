// The event log as the rest of the app sees it: lines in one database, where it ends in another. Runs in main.
import { LyssnaError } from "../errors.ts";
import { type EventLog, type LogEntry, logEntrySchema, type LogMore, type LoggedEvent } from "../log-events.ts";
import type { SoundCalls } from "./sound-calls.ts";
import type { StoreRole } from "./store-worker.ts";
import type { MeetingId } from "./types.ts";
import type { Caller } from "../thread-calls.ts";

interface LogParts {
  readonly call: Caller<StoreRole>["call"];
  readonly soundCall: Caller<SoundCalls>["call"];
  readonly clock: () => number;
}

export function chainedLog({ call, soundCall, clock }: LogParts) {
  async function append(entry: LogEntry): Promise<void> {
    if (!logEntrySchema.safeParse(entry).success) throw new LyssnaError("bad-call", { what: "noteEvent" });
    await call("setLogHead", await soundCall("appendLog", entry));
  }
  return {
    /** Lines that an earlier Lyssna kept in the meeting database. */
    async takeOver(): Promise<void> {
      const earlier = await call("listEarlierLog");
      if (earlier.length === 0) return;
      for (const line of earlier) {
        const entry = { ...line, by: "person", code: null, count: null, rules: null };
        const { success, data } = logEntrySchema.safeParse(entry);
        if (success) await append(data);
      }
      await call("clearEarlierLog");
    },
    note: (event: LoggedEvent, meeting: MeetingId | null, more: LogMore = {}): Promise<void> =>
      append({
        at: new Date(clock()).toISOString(),
        event,
        meeting,
        by: more.by ?? "person",
        code: more.code ?? null,
        count: more.count ?? null,
        rules: more.rules ?? null,
        ...(more.from === undefined ? {} : { from: more.from }),
        ...(more.to === undefined ? {} : { to: more.to }),
      }),
    async read(limit: number): Promise<EventLog> {
      const known = await call("logHead");
      const { lines, found, head } = await soundCall("readLog", known);
      return { lines: lines.slice(-limit).toReversed(), found, count: lines.length, head: head.hash };
    },
    shorten: (before: string): Promise<number> => soundCall("shortenLog", before),
  };
}
