// The prompts, which are files: prompts/<language>/<name>.md, with {{places}} to fill. Runs under Node.
import { readFileSync } from "node:fs";

export const promptNames = [
  "system",
  "piece",
  "section",
  "merge",
  "again",
  "rewrite",
  "render-system",
  "render",
  "question",
] as const;
export type PromptName = (typeof promptNames)[number];

const read = new Map<string, string>();

/** The language's own prompts, or the English ones. */
function promptText(name: PromptName, language: string): string {
  const folder = /^sv\b/iu.test(language) ? "sv" : "en";
  const key = `${folder}/${name}.md`;
  const known = read.get(key);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`./prompts/${key}`, import.meta.url), "utf8").trim();
  read.set(key, text);
  return text;
}

/** Fills the places in one pass: what a value holds is never looked into. A line whose only place is empty goes. */
export function prompt(name: PromptName, language: string, values: Readonly<Record<string, string>> = {}): string {
  return promptText(name, language)
    .split("\n")
    .flatMap((line) => {
      const only = /^\{\{(\w+)\}\}$/u.exec(line)?.[1];
      if (only !== undefined && (values[only] ?? "") === "") return [];
      return [line.replaceAll(/\{\{(\w+)\}\}/gu, (_, place: string) => values[place] ?? "")];
    })
    .join("\n");
}
