// What a model is asked to write under one heading. Runs under Node.
import type { Summary, TemplateSection } from "../../formats.ts";
import { quoted } from "./lines.ts";
import { prompt } from "./prompts.ts";
import wordings from "./wording.json" with { type: "json" };

type Kind = keyof typeof wordings.sv.forms;

export const wordingOf = (language: string) => (/^sv\b/iu.test(language) ? wordings.sv : wordings.en);

/** Items of a heading where its template does not say, and how many of one piece are asked for at most. */
const [usualMost, mostOfPiece] = [8, 12];

export const mostOf = ({ maxItems }: TemplateSection): number => Math.min(maxItems ?? usualMost, mostOfPiece);

/** What the built-in engine found under a heading, by the places that are in scope. */
export function foundUnder(
  builtIn: Summary,
  sectionId: string,
  markOf: ReadonlyMap<string, string>,
): readonly string[] {
  const items = builtIn.sections.find(({ id }) => id === sectionId)?.items ?? [];
  return items.flatMap(({ text, segments }) => {
    const marks = segments.flatMap((segment) => markOf.get(segment) ?? []);
    return marks.length === 0 ? [] : [`- ${marks.join(", ")}: ${quoted(text)}`];
  });
}

export function sectionTask(
  section: TemplateSection,
  found: readonly string[],
  most: number,
  language: string,
): string {
  const words = wordingOf(language);
  const kind: Kind = section.kind === "manual" ? "bullets" : section.kind;
  const guidance = section.guidance?.trim() ?? "";
  if (section["question"] === true)
    return prompt("question", language, {
      heading: quoted(section.heading),
      form: words.forms[kind],
      most: String(most),
    });
  return prompt("section", language, {
    heading: quoted(section.heading),
    guidance: guidance === "" ? "" : words.guidance.replace("{text}", () => quoted(guidance)),
    form: words.forms[kind],
    found: found.length === 0 ? "" : [words.found, ...found].join("\n"),
    most: String(most),
    fields: kind === "actions" ? words.fields : "",
  });
}
