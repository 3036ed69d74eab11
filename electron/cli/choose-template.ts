// The template and the engine that a person named. Runs in the command line.
import { stat } from "node:fs/promises";
import { LyssnaError } from "../errors.ts";
import type { Template } from "../formats.ts";
import { loadBuiltInTemplates, readTemplate } from "../summary/templates.ts";

/** A built-in template by id, or anyone's by file. Throws template-not-found, template-invalid and what reading throws. */
export async function chooseTemplate(idOrFile: string): Promise<Template> {
  const builtIn = (await loadBuiltInTemplates()).find(({ id }) => id === idOrFile);
  if (builtIn !== undefined) return builtIn;
  const isFile = (await stat(idOrFile).catch(() => null)) !== null;
  if (isFile || /[\\/]|\.json$/iu.test(idOrFile)) return readTemplate(idOrFile);
  throw new LyssnaError("template-not-found", { template: idOrFile });
}
