// The template and the engine that a person named. Runs in the command line.
import { stat } from "node:fs/promises";
import type { PolicyState } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import type { Template } from "../formats.ts";
import { isAllowed, refuse } from "../policy/state.ts";
import { loadBuiltInTemplates, readTemplate } from "../summary/templates.ts";

/** A built-in template by id, or anyone's by file. Throws template-not-found, template-invalid and what reading throws. */
export async function chooseTemplate(idOrFile: string, policy: PolicyState): Promise<Template> {
  const builtIn = (await loadBuiltInTemplates()).find(({ id }) => id === idOrFile);
  if (builtIn !== undefined) {
    if (!isAllowed(policy.templates, builtIn.id)) refuse(policy);
    return builtIn;
  }
  const isFile = (await stat(idOrFile).catch(() => null)) !== null;
  if (isFile || /[\\/]|\.json$/iu.test(idOrFile)) {
    if (!policy.ownTemplates) refuse(policy);
    const own = await readTemplate(idOrFile);
    if (!isAllowed(policy.templates, own.id)) refuse(policy);
    return own;
  }
  throw new LyssnaError("template-not-found", { template: idOrFile });
}
