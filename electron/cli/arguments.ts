// Arguments by node:util's parseArgs, with its complaints as our own. Runs in the command line.
import { parseArgs, type ParseArgsConfig } from "node:util";
import { LyssnaError } from "../errors.ts";
import type { Reason } from "../reasons.ts";

export const usageError = (reason: Reason, details: Readonly<Record<string, string>> = {}) =>
  new LyssnaError("usage", { reason, ...details });

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Positionals and options of one command. Throws usage with the reason. */
export function parseCommand<const Known extends Options>(args: readonly string[], options: Known) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const option = /'(?:-\w, )?(--?[^\s'=<]+)/u.exec(message)?.[1] ?? "–";
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") throw usageError("unknown-option", { option });
    if (code !== "ERR_PARSE_ARGS_INVALID_OPTION_VALUE") throw error;
    throw usageError(message.includes("does not take") ? "option-takes-no-value" : "option-needs-value", { option });
  }
}

/** An option whose value is one of a list. */
export function oneOf<const Value extends string>(option: string, value: string, allowed: readonly Value[]): Value {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw usageError("option-value", { option, value });
  return found;
}

export function required(option: string, value: string | undefined): string {
  if (value === undefined || value === "") throw usageError("option-missing", { option });
  return value;
}

export function oneFile(files: readonly string[]): string {
  const [file] = files;
  if (file === undefined || file === "") throw usageError("file-expected");
  if (files.length > 1) throw usageError("one-file");
  return file;
}
