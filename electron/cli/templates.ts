// lyssna templates list|show|check. Runs in the command line.
import { basename } from "node:path";
import { loadBuiltInTemplates, readTemplate } from "../summary/templates.ts";
import { parseCommand, usageError } from "./arguments.ts";
import { chooseTemplate } from "./choose-template.ts";
import type { Terminal } from "./terminal.ts";

export async function templates(args: readonly string[], terminal: Terminal): Promise<void> {
  const { positionals } = parseCommand(args, {});
  const [verb = "list", ...names] = positionals;
  switch (verb) {
    case "list": {
      const lines = (await loadBuiltInTemplates()).map(({ id, title }) => `${id}\t${title}\n`);
      return terminal.print(lines.join(""));
    }
    case "show": {
      const [name] = names;
      if (name === undefined) throw usageError("argument-missing");
      return terminal.print(`${JSON.stringify(await chooseTemplate(name, terminal.policy), null, 2)}\n`);
    }
    case "check": {
      if (names.length === 0) throw usageError("file-expected");
      for (const path of names) {
        await readTemplate(path);
        await terminal.print(`${basename(path)}\t${terminal.text("ok")}\n`);
      }
      return undefined;
    }
    default:
      throw usageError("unknown-command", { command: `templates ${verb}` });
  }
}
