// lyssna policy check|show|schema: for whoever writes the organisation's policy file. Runs in the command line.
import { basename } from "node:path";
import { fromErrorData, LyssnaError } from "../errors.ts";
import { loadBuiltInTemplates } from "../summary/templates.ts";
import { loadCatalog } from "../models/catalog.ts";
import { readPolicyFile } from "../policy/read-policy.ts";
import { policyJsonSchema, type Policy } from "../policy/schema.ts";
import { oneFile, parseCommand, usageError } from "./arguments.ts";
import type { Terminal } from "./terminal.ts";

export async function policy(args: readonly string[], terminal: Terminal): Promise<void> {
  const { positionals } = parseCommand(args, {});
  const [verb = "show", ...files] = positionals;
  switch (verb) {
    case "check": {
      const path = oneFile(files);
      const { policy: read } = await readPolicyFile(path);
      await noteUnknown(read, terminal);
      return terminal.print(`${basename(path)}\t${terminal.text("ok")}\n`);
    }
    case "show": {
      if (terminal.policy.broken !== null) throw fromErrorData(terminal.policy.broken);
      return terminal.print(`${JSON.stringify(terminal.policy, null, 2)}\n`);
    }
    case "schema":
      return terminal.print(`${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
    default:
      throw usageError("unknown-command", { command: `policy ${verb}` });
  }
}

/** A name that nobody knows is no fault: the organisation may have templates and models of its own. It is told. */
async function noteUnknown({ templates, models }: Policy, terminal: Terminal): Promise<void> {
  const knownTemplates = new Set((await loadBuiltInTemplates()).map(({ id }) => id));
  const knownModels = new Set((await loadCatalog()).speech.map(({ id }) => id));
  for (const id of templates?.allowed ?? []) if (!knownTemplates.has(id)) terminal.note("policyTemplate", { id });
  for (const id of models?.allowed ?? [])
    if (!knownModels.has(id) && id !== "demonstration") terminal.note("policyModel", { id });
}

/** Throws policy-broken or policy-forbids unless the policy lets these formats out. */
export function allowFormats(
  { policy: { exportFormats, broken, organisation } }: Terminal,
  formats: readonly string[],
): void {
  if (formats.every((format) => (exportFormats as readonly string[]).includes(format))) return;
  if (broken !== null) throw fromErrorData(broken);
  throw new LyssnaError("policy-forbids", { organisation });
}
