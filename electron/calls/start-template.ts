// The first draft of a person's own template: empty, from another template, or from an old document's headings.
// Values in, values out. Runs in main.
import { randomUUID } from "node:crypto";
import { LyssnaError } from "../errors.ts";
import type { InterfaceLanguage, Template, TemplateSection } from "../formats.ts";
import type { Outline } from "../import/find-headings.ts";
import { guessKind } from "../summary/guess-kind.ts";

/** An id that no colleague's template has: templates are shared as files. */
export const newTemplateId = (): string => `egen-${randomUUID().slice(0, 13)}`;

export const emptyTemplate = (language: InterfaceLanguage): Template => ({
  lyssna: "template/1",
  id: newTemplateId(),
  version: 1,
  title: "",
  language,
  sections: [],
});

/** Tells what it was made from; the owner is whoever makes it. */
export function copyOfTemplate(template: Template): Template {
  const { owner: _owner, ...rest } = template;
  const title = `${template.title} (${template.language === "en" ? "own" : "egen"})`.slice(0, 200);
  return {
    ...rest,
    id: newTemplateId(),
    version: 1,
    title,
    basedOn: { id: template.id, version: template.version },
  };
}

/** A template of a document's headings, each of the kind that its words ask for. Throws outline-not-found for none. */
export function templateFromOutline({ title, headings }: Outline, language: InterfaceLanguage): Template {
  if (headings.length === 0) throw new LyssnaError("outline-not-found");
  const sections: TemplateSection[] = [];
  for (const heading of headings) {
    const id = freeId(sections, heading);
    sections.push({ id, heading, kind: guessKind(heading, language) });
  }
  return { ...emptyTemplate(language), title: title ?? "", sections };
}

/** "Överenskommelser och åtgärder" → "overenskommelser-och-atgarder", numbered where it is taken. */
function freeId(taken: readonly TemplateSection[], heading: string): string {
  const plain = heading
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .slice(0, 48)
    .replace(/^-+|-+$/gu, "");
  const wanted = plain === "" ? "rubrik" : plain;
  const isTaken = (id: string) => taken.some((section) => section.id === id);
  let id = wanted;
  for (let number = 2; isTaken(id); number += 1) id = `${wanted}-${number}`;
  return id;
}
