// Settings: small rows by name. Runs in the store's worker thread.
import type { Db } from "./database.ts";

export function settingCalls(db: Db) {
  const all = db.prepare<[], { key: string; value: string }>("SELECT key, value FROM settings");
  const set = db.prepare<[string, string]>(
    "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  return {
    getSettings: (): Readonly<Record<string, unknown>> =>
      Object.fromEntries(all.all().map(({ key, value }) => [key, JSON.parse(value) as unknown])),
    setSetting: (key: string, value: unknown): void => {
      set.run(key, JSON.stringify(value ?? null));
    },
  };
}
