// Templates: the built-in files beside this module, and the parsing of anyone's. Runs in main and the command line.
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { LyssnaError } from "../errors.ts";
import { fieldName } from "../field-name.ts";
import { type Template, templateSchema } from "../formats.ts";
import { readBounded } from "../read-bounded.ts";
import type { Reason } from "../reasons.ts";

/** The folder of the built-in templates, one JSON file each, named by its id. */
export const templatesDir = join(import.meta.dirname, "templates");

/** No honest template comes near; a hostile one is not read whole. */
const templateMaxBytes = 256 * 1024;

/** The built-in templates, Swedish first, by title. */
export async function loadBuiltInTemplates(dir: string = templatesDir): Promise<readonly Template[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith(".json"));
  const templates = await Promise.all(names.map((name) => readTemplate(join(dir, name))));
  const rank = ({ language }: Template) => (language === "sv" ? 0 : 1);
  return templates.toSorted((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title, "sv"));
}

/** Reads one template file. Throws file-not-found, file-unreadable, file-empty or template-invalid. */
export async function readTemplate(path: string): Promise<Template> {
  const file = basename(path);
  const text = (await readBounded(path, templateMaxBytes, invalid(file, "too-large"))).toString("utf8");
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/u, ""));
  } catch {
    throw invalid(file, "not-json");
  }
  return parseTemplate(json, file);
}

/** Checks a parsed template. `fileName` only names it in the error. Throws template-invalid with the reason. */
export function parseTemplate(json: unknown, fileName: string): Template {
  const parsed = templateSchema.safeParse(json);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path ?? [];
    if (path.length === 0 || path[0] === "lyssna") throw invalid(fileName, "not-a-template");
    throw invalid(fileName, "field-wrong", { field: fieldName(path) });
  }
  const seen = new Set<string>();
  for (const { id } of parsed.data.sections) {
    if (seen.has(id)) throw invalid(fileName, "duplicate-section", { section: id });
    seen.add(id);
  }
  return parsed.data;
}

const invalid = (file: string, reason: Reason, details: Readonly<Record<string, string>> = {}) =>
  new LyssnaError("template-invalid", { file, reason, ...details });
