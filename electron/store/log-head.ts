// Where the event log ends, noted apart from the log itself, and the lines of a log that was kept here before. Runs in the
// store's worker thread.
import type { Db } from "./database.ts";
import type { LogHead } from "./event-log.ts";

export function logHeadCalls(db: Db) {
  const get = db.prepare<[], { value: string }>("SELECT value FROM notes WHERE key = 'log-head'");
  // Lines are noted side by side: the later one stands.
  const set = db.prepare<[string]>(
    `INSERT INTO notes (key, value) VALUES ('log-head', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value
     WHERE excluded.value ->> 'number' > value ->> 'number'`,
  );
  const earlier = db.prepare<[], { at: string; event: string; meeting: string }>(
    "SELECT at, event, meeting FROM log ORDER BY number",
  );
  const clear = db.prepare("DELETE FROM log");
  return {
    logHead(): LogHead | null {
      const row = get.get();
      return row === undefined ? null : (JSON.parse(row.value) as LogHead);
    },
    setLogHead(head: LogHead): void {
      set.run(JSON.stringify(head));
    },
    listEarlierLog: () => earlier.all(),
    clearEarlierLog(): void {
      clear.run();
    },
  };
}
