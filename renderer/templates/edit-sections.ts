// A template's headings, added, changed, moved and taken away. Values in, values out. Runs in the window.
import type { SectionKind, Template, TemplateSection } from "../../electron/formats.ts";

/** Spelled out here: the format's own list would bring its schemas into the window. */
export const kinds = [
  "bullets",
  "paragraph",
  "quotes",
  "facts",
  "actions",
  "timeline",
  "manual",
] as const satisfies readonly SectionKind[];

/** As many as a template may have. */
export const headingsMax = 100;

/** Puts a heading without words after the one that is named, or last. */
export function addSection(template: Template, afterId: string | null): readonly [Template, string] {
  const id = freeId(template.sections);
  const at = template.sections.findIndex((section) => section.id === afterId);
  const added: TemplateSection = { id, heading: "", kind: "bullets" };
  const sections = template.sections.toSpliced(at < 0 ? template.sections.length : at + 1, 0, added);
  return [{ ...template, sections }, id];
}

/** A field that is set to undefined is taken away. */
export type SectionPatch = {
  readonly [Field in "heading" | "guidance" | "kind" | "maxItems"]?: TemplateSection[Field];
};

export function changeSection(template: Template, id: string, patch: SectionPatch): Template {
  const sections = template.sections.map((section) => {
    if (section.id !== id) return section;
    const changed: Record<string, unknown> = { ...section, ...patch };
    for (const [field, value] of Object.entries(patch)) if (value === undefined) delete changed[field];
    return changed as TemplateSection;
  });
  return { ...template, sections };
}

export const removeSection = (template: Template, id: string): Template => ({
  ...template,
  sections: template.sections.filter((section) => section.id !== id),
});

/** Moves headings together, in the order they had, to before or after another one. */
export function moveSections(
  template: Template,
  ids: ReadonlySet<string>,
  targetId: string,
  where: "before" | "after",
): Template {
  if (ids.has(targetId)) return template;
  const moved = template.sections.filter(({ id }) => ids.has(id));
  const rest = template.sections.filter(({ id }) => !ids.has(id));
  const at = rest.findIndex(({ id }) => id === targetId);
  if (at < 0) return template;
  return { ...template, sections: rest.toSpliced(where === "before" ? at : at + 1, 0, ...moved) };
}

/** One step up (-1) or down (1); at the ends it stays. */
export function stepSection(template: Template, id: string, step: -1 | 1): Template {
  const at = template.sections.findIndex((section) => section.id === id);
  const target = template.sections[at + step];
  return at < 0 || target === undefined
    ? template
    : moveSections(template, new Set([id]), target.id, step === 1 ? "after" : "before");
}

function freeId(sections: readonly TemplateSection[]): string {
  const taken = new Set(sections.map(({ id }) => id));
  let number = sections.length + 1;
  while (taken.has(`rubrik-${number}`)) number += 1;
  return `rubrik-${number}`;
}
