// Settings and a person's own templates: small rows by name. Runs in the store's worker thread.
import type { Template } from "../formats.ts";
import type { Db } from "./database.ts";

export function settingCalls(db: Db) {
  const all = db.prepare<[], { key: string; value: string }>("SELECT key, value FROM settings");
  const set = db.prepare<[string, string]>(
    "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  const templates = db.prepare<[], { template: string }>("SELECT template FROM templates ORDER BY id");
  const save = db.prepare<[string, string]>(
    "INSERT INTO templates (id, template) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET template = excluded.template",
  );
  const remove = db.prepare<[string]>("DELETE FROM templates WHERE id = ?");
  return {
    getSettings: (): Readonly<Record<string, unknown>> =>
      Object.fromEntries(all.all().map(({ key, value }) => [key, JSON.parse(value) as unknown])),
    setSetting: (key: string, value: unknown): void => {
      set.run(key, JSON.stringify(value ?? null));
    },
    listTemplates: (): readonly Template[] => templates.all().map(({ template }) => JSON.parse(template) as Template),
    saveTemplate: (template: Template): void => {
      save.run(template.id, JSON.stringify(template));
    },
    deleteTemplate: (id: string): void => {
      remove.run(id);
    },
  };
}
