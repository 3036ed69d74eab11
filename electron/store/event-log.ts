// The event log as a chain: each line carries SHA-256 over the link before it and its own words, so that a line that was
// changed, left out or cut off shows. It lies beside the sound's keys, which no backup copies and none puts back; where it ends
// is noted in the meeting database too. Runs in the sound's worker thread.
import { createHash } from "node:crypto";
import { type LogEntry, logEntrySchema, type LogLine, type LogState } from "../log-events.ts";
import type { Db } from "./database.ts";

export interface LogHead {
  readonly number: number;
  /** Hexadecimal. */
  readonly hash: string;
}

/** Before the first line. */
export const firstHead: LogHead = { number: 0, hash: "0".repeat(64) };

interface Row {
  readonly number: number;
  readonly line: string;
  readonly hash: string;
}

const linkOf = (before: string, number: number, line: string): string =>
  createHash("sha256")
    .update(`${before}\n${String(number)}\n${line}`)
    .digest("hex");

export function eventLog(db: Db) {
  const last = db.prepare<[], LogHead>("SELECT number, hash FROM log ORDER BY number DESC LIMIT 1");
  const add = db.prepare<[number, string, string]>("INSERT INTO log (number, line, hash) VALUES (?, ?, ?)");
  const all = db.prepare<[], Row>("SELECT number, line, hash FROM log ORDER BY number");
  const old = db.prepare<[string], Row>(
    "SELECT number, line, hash FROM log WHERE line ->> 'at' < ? ORDER BY number DESC LIMIT 1",
  );
  const drop = db.prepare<[number]>("DELETE FROM log WHERE number <= ?");
  const getMark = db.prepare<[string], { value: string }>("SELECT value FROM marks WHERE key = ?");
  const setMark = db.prepare<[string, string]>(
    "INSERT INTO marks (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  const markOf = (key: string): unknown => {
    const row = getMark.get(key);
    return row === undefined ? null : (JSON.parse(row.value) as unknown);
  };
  /** What the first line that is still there hangs on. */
  const anchor = (): LogHead => (markOf("log-anchor") as LogHead | null) ?? firstHead;

  return {
    getMark: markOf,
    setMark(key: string, value: unknown): void {
      setMark.run(key, JSON.stringify(value));
    },
    /** Answers where the log ends now. */
    appendLog: db.transaction((entry: LogEntry): LogHead => {
      // What does not fit the schema is never written: here is the last place where it could be.
      const line = JSON.stringify(logEntrySchema.parse(entry));
      const before = last.get() ?? anchor();
      const number = before.number + 1;
      const hash = linkOf(before.hash, number, line);
      add.run(number, line, hash);
      return { number, hash };
    }),
    /** Every line, oldest first, and whether they are as they were written. @param known where the meeting database says that it ends */
    readLog(known: LogHead | null): {
      readonly lines: readonly LogLine[];
      readonly found: LogState;
      readonly head: LogHead;
    } {
      const rows = all.all();
      const lines = rows.map(({ number, line, hash }) => ({ ...(JSON.parse(line) as LogEntry), number, hash }));
      return { lines, found: verifyLog(rows, anchor(), known), head: rows.at(-1) ?? anchor() };
    },
    /** Lines from before a time go, oldest first; what is left still hangs together. Answers how many went. */
    shortenLog: db.transaction((before: string): number => {
      const newest = old.get(before);
      if (newest === undefined) return 0;
      setMark.run("log-anchor", JSON.stringify({ number: newest.number, hash: newest.hash } satisfies LogHead));
      return drop.run(newest.number).changes;
    }),
  };
}

/** Goes through the chain from its beginning. */
export function verifyLog(rows: readonly Row[], anchor: LogHead, known: LogHead | null): LogState {
  let before = anchor;
  for (const { number, line, hash } of rows) {
    if (number !== before.number + 1) return { state: "hole", number: before.number + 1 };
    if (hash !== linkOf(before.hash, number, line)) return { state: "edited", number };
    before = { number, hash };
  }
  if (known === null) return { state: "whole" };
  if (known.number > before.number) return { state: "cut", number: before.number + 1 };
  const there = known.number === anchor.number ? anchor : rows.find(({ number }) => number === known.number);
  // One that was written anew from some line on, with links that fit one another.
  if (there !== undefined && there.hash !== known.hash) return { state: "edited", number: known.number };
  return { state: "whole" };
}
