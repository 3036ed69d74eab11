// A person's own templates with their versions, and drafts of them. Runs in the store's worker thread.
import type { Template } from "../formats.ts";
import type { Db } from "./database.ts";
import type { TemplateVersion } from "./types.ts";

interface Row {
  readonly template: string;
}

const parse = ({ template }: Row): Template => JSON.parse(template) as Template;

export function templateCalls(db: Db, now: () => Date) {
  const all = db.prepare<[], Row>("SELECT template FROM templates ORDER BY id");
  const save = db.prepare<[string, string]>(
    "INSERT INTO templates (id, template) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET template = excluded.template",
  );
  const remove = db.prepare<[string]>("DELETE FROM templates WHERE id = ?");
  const keepVersion = db.prepare<[string, number, string, string]>(
    "INSERT OR REPLACE INTO template_versions (id, version, saved_at, template) VALUES (?, ?, ?, ?)",
  );
  const noteVersion = db.prepare<[string, number, string]>(
    "INSERT OR IGNORE INTO template_versions (id, version, template) VALUES (?, ?, ?)",
  );
  const versions = db.prepare<[string], TemplateVersion>(
    "SELECT version, saved_at AS savedAt FROM template_versions WHERE id = ? ORDER BY version DESC",
  );
  const version = db.prepare<[string, number], Row>(
    "SELECT template FROM template_versions WHERE id = ? AND version = ?",
  );
  const drafts = db.prepare<[], Row>("SELECT template FROM template_drafts ORDER BY id");
  const keepDraft = db.prepare<[string, string]>(
    "INSERT INTO template_drafts (id, template) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET template = excluded.template",
  );
  const dropDraft = db.prepare<[string]>("DELETE FROM template_drafts WHERE id = ?");
  return {
    listTemplates: (): readonly Template[] => all.all().map(parse),
    saveTemplate: db.transaction((template: Template): void => {
      const text = JSON.stringify(template);
      save.run(template.id, text);
      keepVersion.run(template.id, template.version, now().toISOString(), text);
      dropDraft.run(template.id);
    }),
    deleteTemplate: db.transaction((id: string): void => {
      remove.run(id);
      dropDraft.run(id);
    }),
    noteTemplateVersion: (template: Template): void => {
      noteVersion.run(template.id, template.version, JSON.stringify(template));
    },
    /** Newest first; those of a deleted template too. */
    listTemplateVersions: (id: string): readonly TemplateVersion[] => versions.all(id),
    templateVersion: (id: string, number: number): Template | null => {
      const row = version.get(id, number);
      return row === undefined ? null : parse(row);
    },
    listTemplateDrafts: (): readonly Template[] => drafts.all().map(parse),
    keepTemplateDraft: (draft: Template): void => {
      keepDraft.run(draft.id, JSON.stringify(draft));
    },
    dropTemplateDraft: (id: string): void => {
      dropDraft.run(id);
    },
  };
}
