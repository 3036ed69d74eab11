// lyssna models list|install|import|verify|remove. Runs in the command line.
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type ErrorData, LyssnaError, toErrorData } from "../errors.ts";
import { downloadOf, loadCatalog } from "../models/catalog.ts";
import { type DownloadOptions, downloadModel } from "../models/download-model.ts";
import { importModel } from "../models/import-model.ts";
import { checkModelFolder, listInstalledModels, verifyModel } from "../models/model-folder.ts";
import { isAllowed, mayReach, refuse } from "../policy/state.ts";
import { parseCommand, usageError } from "./arguments.ts";
import { modelsFolder } from "./places.ts";
import { createProgressLine } from "./progress.ts";
import type { Terminal } from "./terminal.ts";

export async function models(args: readonly string[], terminal: Terminal): Promise<void> {
  const { positionals } = parseCommand(args, {});
  const [verb = "list", name] = positionals;
  const modelsDir = modelsFolder(terminal.env);
  const named = (): string => {
    if (name === undefined || name === "") throw usageError("argument-missing");
    return name;
  };
  switch (verb) {
    case "list":
      return listModels(modelsDir, terminal);
    case "install":
      return install(named(), modelsDir, terminal);
    case "import":
      return importFrom(named(), modelsDir, terminal);
    case "verify":
      return verify(name === undefined ? await allInstalled(modelsDir) : [name], modelsDir, terminal);
    case "remove":
      return remove(named(), modelsDir, terminal);
    default:
      throw usageError("unknown-command", { command: `models ${verb}` });
  }
}

async function listModels(modelsDir: string, terminal: Terminal): Promise<void> {
  const installed = await allInstalled(modelsDir);
  const { speech, voices, language } = await loadCatalog();
  const known = [...speech, ...voices, ...language];
  const own = installed.filter((id) => !known.some((entry) => entry.id === id));
  const rows: string[][] = [];
  for (const { id, title, sizeBytes, licence, recommended } of known) {
    const state = installed.includes(id) ? await stateOf(id, modelsDir, terminal) : terminal.text("absent");
    const size = `${Math.round(sizeBytes / 1_000_000)} MB`;
    rows.push([id, state, size, licence, recommended ? `${title} (${terminal.text("recommended")})` : title]);
  }
  for (const id of own) rows.push([id, await stateOf(id, modelsDir, terminal), "", "", ""]);
  await terminal.print(rows.map((row) => `${row.join("\t").trimEnd()}\n`).join(""));
}

const allInstalled = async (modelsDir: string): Promise<readonly string[]> => [
  ...(await listInstalledModels(modelsDir)),
  ...(await listInstalledModels(modelsDir, "voices")),
  ...(await listInstalledModels(modelsDir, "language")),
];

const problemOf = (id: string, modelsDir: string): Promise<ErrorData | null> =>
  checkModelFolder(join(modelsDir, id), id).then(() => null, toErrorData);

const stateOf = async (id: string, modelsDir: string, terminal: Terminal) =>
  terminal.text((await problemOf(id, modelsDir)) === null ? "installed" : "damaged");

async function install(id: string, modelsDir: string, terminal: Terminal): Promise<void> {
  const catalog = await loadCatalog();
  const { policy } = terminal;
  const isSpeech = !catalog.voices.some((entry) => entry.id === id);
  if (!policy.modelDownload || (isSpeech && !isAllowed(policy.models, id))) refuse(policy);
  const hub = terminal.env["LYSSNA_HUB"] || `https://${catalog.hosts[0] ?? ""}`;
  if (!mayReach(policy, hub)) refuse(policy);
  const progress = createProgressLine(terminal);
  try {
    const during = terminal.network?.during ?? ((run) => run());
    const how: DownloadOptions = {
      fetch: terminal.fetch,
      hub,
      hosts: catalog.hosts,
      signal: terminal.signal,
      report: (fraction) => progress.show(`${id}: ${terminal.text("download")}`, fraction),
    };
    await during(() => downloadModel(downloadOf(catalog, id), modelsDir, how));
  } finally {
    progress.end();
  }
  await terminal.print(`${join(modelsDir, id)}\n`);
}

async function importFrom(folder: string, modelsDir: string, terminal: Terminal): Promise<void> {
  if (!terminal.policy.modelImport) refuse(terminal.policy);
  const progress = createProgressLine(terminal);
  const { signal } = terminal;
  try {
    const report = (fraction: number) => progress.show(`${folder}: ${terminal.text("import")}`, fraction);
    const id = await importModel(folder, modelsDir, { signal, report });
    await terminal.print(`${join(modelsDir, id)}\n`);
  } catch (error) {
    throw signal.aborted ? new LyssnaError("cancelled") : error;
  } finally {
    progress.end();
  }
}

/** Every file against its recorded SHA-256. Throws model-missing or model-damaged. */
async function verify(ids: readonly string[], modelsDir: string, terminal: Terminal): Promise<void> {
  const installed = await allInstalled(modelsDir);
  for (const id of ids) {
    if (!installed.includes(id)) throw new LyssnaError("model-missing", { model: id });
    await verifyModel(join(modelsDir, id), id, terminal.signal);
    await terminal.print(`${id}\t${terminal.text("whole")}\n`);
  }
}

/** Renamed out of sight first: half a model is never seen. */
async function remove(id: string, modelsDir: string, terminal: Terminal): Promise<void> {
  if (!(await allInstalled(modelsDir)).includes(id)) throw new LyssnaError("model-missing", { model: id });
  const old = join(modelsDir, `.removed-${id}`);
  await rm(old, { recursive: true, force: true });
  await rename(join(modelsDir, id), old);
  await rm(old, { recursive: true, force: true });
  terminal.note("removed", { model: id });
}
