// Templates: the shelf, the editor, files.
import { z } from "zod";
import { sectionKinds, type Summary, type Template } from "../formats.ts";
import type { TemplateVersion } from "../store/types.ts";
import { call, id, templateId } from "./call.ts";

const document = z.string().max(2_000_000);
/** A template as it is written on: bounded like one, but a title or a heading may still be missing. */
const templateDraftSchema = z.looseObject({
  lyssna: z.literal("template/1"),
  id: templateId,
  version: z.number().int().min(1),
  title: z.string().max(200),
  description: z.string().max(2000).optional(),
  for: z.array(z.string().max(60)).max(20).optional(),
  language: z.string().min(2).max(35),
  owner: z.string().max(200).optional(),
  notFor: z.array(z.string().max(300)).max(20).optional(),
  refusesContent: z.boolean().optional(),
  sections: z
    .array(
      z.looseObject({
        id: templateId,
        heading: z.string().max(200),
        guidance: z.string().max(2000).optional(),
        kind: z.enum(sectionKinds),
        maxItems: z.number().int().min(1).max(200).optional(),
      }),
    )
    .max(100),
});

/** A template on the shelf: built in, or the person's own. */
export interface ShelfTemplate {
  /** As it was last saved; the draft where it never was. */
  readonly template: Template;
  readonly own: boolean;
  readonly state: "saved" | "changed" | "never-saved";
}

export interface TemplateDetails {
  /** The version that was asked for, or the latest; the draft where none was ever saved. */
  readonly template: Template;
  readonly own: boolean;
  /** The number of the version that is used now; null where the template was deleted or never saved. */
  readonly latest: number | null;
  /** What is written on it and not saved. */
  readonly draft: Template | null;
  /** Saved versions, newest first; empty for one that is built in. */
  readonly versions: readonly TemplateVersion[];
}

/** "older": the person has a later version already. "copy": the same version says something else, so both are kept. */
export type TemplateImport = {
  readonly template: Template;
  readonly outcome: "new" | "updated" | "same" | "older" | "copy";
};

export const templateCalls = {
  "templates.list": call<readonly Template[]>()(z.tuple([])),
  /** The same with drafts, and with whose they are. */
  "templates.shelf": call<readonly ShelfTemplate[]>()(z.tuple([])),
  /** A template, also one that was deleted, in a version that was saved; the latest where none is named. */
  "templates.get": call<TemplateDetails>()(z.tuple([templateId, z.number().int().min(1).nullable()])),
  /** Begins an own template: from a version of another one (null: the latest), or empty. Answers the draft. */
  "templates.start": call<Template>()(z.tuple([templateId.nullable(), z.number().int().min(1).nullable()])),
  /** The same from the headings of an old document that was pasted: its words, and its HTML where there is any. */
  "templates.fromText": call<Template>()(z.tuple([z.object({ text: document, html: document })])),
  /** The same from a Word, HTML or text file; null if the person thought better of it. */
  "templates.fromFile": call<Template | null>()(z.tuple([])),
  "templates.keepDraft": call<null>()(z.tuple([templateDraftSchema])),
  "templates.dropDraft": call<null>()(z.tuple([templateId])),
  /** A new version where it says something else than the last one. Answers it as it was saved. */
  "templates.save": call<Template>()(z.tuple([templateDraftSchema])),
  /** Its versions stay, for the summaries that were made with them. */
  "templates.remove": call<null>()(z.tuple([templateId])),
  /** Opens a file dialog; null if the person thought better of it. */
  "templates.import": call<TemplateImport | null>()(z.tuple([])),
  /** Asks where, writes the template as a file, and answers its path, or null. */
  "templates.export": call<string | null>()(z.tuple([templateId])),
  /** The summary of a meeting, or of the bundled example, by a template that need not be saved. Stores nothing. */
  "templates.tryOut": call<Summary>()(z.tuple([id.nullable(), templateDraftSchema])),
} as const;
