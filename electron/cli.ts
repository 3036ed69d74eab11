// The same app without a window: a table of contents of its commands. Runs under plain Node, or in the installed app
// started with --cli. Result on stdout, the rest on stderr, exit codes as in errors.ts.
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { oneOf, usageError } from "./cli/arguments.ts";
import { type CliHost, createTerminal, type Terminal } from "./cli/terminal.ts";
import { helpText, interfaceLanguage } from "./cli/texts.ts";
import { loadPolicy, policyPath } from "./policy/read-policy.ts";
import { errorSentence, exitCodeOf, exitCodes, LyssnaError, toErrorData } from "./errors.ts";

/** A command answers its exit code, or nothing for 0. */
type Command = (args: readonly string[], terminal: Terminal) => Promise<number | void>;

/** Loaded when asked for: `--help` and `templates list` need neither Word nor the store. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  process: async () => (await import("./cli/process.ts")).processFiles,
  transcribe: async () => (await import("./cli/transcribe.ts")).transcribe,
  summarise: async () => (await import("./cli/summarise.ts")).summarise,
  mask: async () => (await import("./cli/mask.ts")).mask,
  templates: async () => (await import("./cli/templates.ts")).templates,
  recover: async () => (await import("./cli/recover.ts")).recover,
  backup: async () => (await import("./cli/backup.ts")).backup,
  models: async () => (await import("./cli/models.ts")).models,
  policy: async () => (await import("./cli/policy.ts")).policy,
  doctor: async () => (await import("./cli/doctor.ts")).doctor,
};

/** Runs one command line, without the program's name, and answers its exit code. Never throws. */
export async function runCli(args: readonly string[], host: CliHost): Promise<number> {
  let language = interfaceLanguage(host.env);
  try {
    const { lang, help, version, rest } = takeGlobals(args);
    if (lang !== undefined) language = oneOf("--lang", lang, ["sv", "en"]);
    const inForce = await (host.policy ?? (() => loadPolicy(policyPath(process.platform, host.env))))();
    const terminal = createTerminal(host, inForce, language);
    if (help) await terminal.print(await helpText(language));
    else if (version) await terminal.print(`${host.version}\n`);
    else return await runCommand(rest, terminal);
    return exitCodes.done;
  } catch (error) {
    // The reader of our output has gone (lyssna … | head): it has what it wanted.
    if ((error as NodeJS.ErrnoException).code === "EPIPE") return exitCodes.done;
    const data = toErrorData(host.signal.aborted ? new LyssnaError("cancelled") : error);
    host.stderr.write(`${errorSentence(data, language)}\n`);
    return exitCodeOf(data.code);
  }
}

async function runCommand([name, ...args]: readonly string[], terminal: Terminal): Promise<number> {
  if (name === undefined) throw usageError("no-command");
  if (name.startsWith("-")) throw usageError("unknown-option", { option: name });
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) throw usageError("unknown-command", { command: name });
  const command = await load();
  return (await command(args, terminal)) ?? exitCodes.done;
}

/** --lang, --help and --version count wherever they stand before "--". */
function takeGlobals(args: readonly string[]) {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const rest: string[] = [];
  let lang: string | undefined;
  let help = false;
  let version = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (at >= end) rest.push(arg);
    else if (arg === "--help" || arg === "-h") help = true;
    else if (arg === "--version") version = true;
    else if (arg.startsWith("--lang=")) lang = arg.slice("--lang=".length);
    else if (arg === "--lang") lang = args[(at += 1)] ?? "";
    else rest.push(arg);
  }
  return { lang, help, version, rest };
}

/** Ctrl-C asks the command to stop; a second one ends the process at once. */
function stopOnSignals(): AbortSignal {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(exitCodes.cancelled);
      stop.abort();
    });
  }
  return stop.signal;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  // Without a listener a closed pipe would end the process with a stack; the write itself tells us.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  const { startNodeInference } = await import("./inference/node-port.ts");
  process.exitCode = await runCli(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: process.env,
    startInference: startNodeInference(),
    fetch: globalThis.fetch,
    fetchHere: globalThis.fetch,
    signal: stopOnSignals(),
    version,
  });
}
