// lyssna models list|install|import|pack|verify|update|remove. Runs in the command line.
import { readFile, stat } from "node:fs/promises";
import { totalmem } from "node:os";
import { basename, join } from "node:path";
import { type ErrorData, LyssnaError, toErrorData } from "../errors.ts";
import { downloadOf, loadCatalog } from "../models/catalog.ts";
import { type DownloadOptions, downloadModel, hasUpdate } from "../models/download-model.ts";
import { recommend } from "../models/expected-time.ts";
import { importModel, type ModelWork } from "../models/import-model.ts";
import { type InstalledPackage, installPackage } from "../models/install-package.ts";
import { makePackage } from "../models/make-package.ts";
import { memoryNeed, mostBytes } from "../models/memory-need.ts";
import { checkModelFolder, verifyModel } from "../models/model-folder.ts";
import { leastPlacing } from "../models/name-fitting.ts";
import { holdsPackage } from "../models/package-source.ts";
import { listAllModels, removeModel } from "../models/remove-model.ts";
import { createPaceMeter } from "../models/transfer-pace.ts";
import { isAllowed, mayReach, refuse } from "../policy/state.ts";
import { parseCommand, required, usageError } from "./arguments.ts";
import { modelsFolder } from "./places.ts";
import { createProgressLine } from "./progress.ts";
import type { Terminal } from "./terminal.ts";
import type { CliText } from "./texts.ts";

const options = { out: { type: "string" }, sign: { type: "string" } } as const;

export async function models(args: readonly string[], terminal: Terminal): Promise<void> {
  const { positionals, values } = parseCommand(args, options);
  const [verb = "list", ...names] = positionals;
  const modelsDir = modelsFolder(terminal.env);
  const named = (): string => {
    const [name] = names;
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
    case "pack":
      return pack(named() === "" ? [] : names, required("--out", values.out), values.sign, modelsDir, terminal);
    case "verify":
      return verify(names.length === 0 ? await listAllModels(modelsDir) : names, modelsDir, terminal);
    case "update":
      return update(named(), modelsDir, terminal);
    case "remove":
      await removeModel(named(), modelsDir);
      return terminal.note("removed", { model: named() });
    default:
      throw usageError("unknown-command", { command: `models ${verb}` });
  }
}

async function listModels(modelsDir: string, terminal: Terminal): Promise<void> {
  const installed = await listAllModels(modelsDir);
  const { speech, voices, language } = await loadCatalog();
  const known = [...speech, ...voices, ...language];
  const own = installed.filter((id) => !known.some((entry) => entry.id === id));
  // Here nothing is kept of how fast this machine is: by its memory alone.
  const most = mostBytes(totalmem());
  const candidates = speech.map((entry) => {
    const fits = memoryNeed({ ...entry, weightBytes: entry.sizeBytes }, leastPlacing) <= most;
    return { ...entry, fits };
  });
  const best = recommend(candidates, new Map(), "sv");
  const isSpeech = (id: string) => speech.some((entry) => entry.id === id);
  const rows: string[][] = [];
  for (const { id, title, sizeBytes, licence, recommended } of known) {
    const state = installed.includes(id) ? await stateOf(id, modelsDir, terminal) : terminal.text("absent");
    const size = `${Math.round(sizeBytes / 1_000_000)} MB`;
    const isBest = isSpeech(id) ? id === best : recommended;
    rows.push([id, state, size, licence, isBest ? `${title} (${terminal.text("recommended")})` : title]);
  }
  for (const id of own) rows.push([id, await stateOf(id, modelsDir, terminal), "", "", ""]);
  await terminal.print(rows.map((row) => `${row.join("\t").trimEnd()}\n`).join(""));
}

const problemOf = (id: string, modelsDir: string): Promise<ErrorData | null> =>
  checkModelFolder(join(modelsDir, id), id).then(() => null, toErrorData);

const stateOf = async (id: string, modelsDir: string, terminal: Terminal) =>
  terminal.text((await problemOf(id, modelsDir)) === null ? "installed" : "damaged");

const isUsable = ({ policy }: Terminal, isVoices: boolean, id: string): boolean =>
  isVoices || isAllowed(policy.models, id);

/** What a download needs. Throws what the policy refuses with. */
async function downloading(id: string, terminal: Terminal) {
  const catalog = await loadCatalog();
  const { policy } = terminal;
  const isVoices = catalog.voices.some((entry) => entry.id === id);
  if (!policy.modelDownload || !isUsable(terminal, isVoices, id)) refuse(policy);
  const hub = terminal.env["LYSSNA_HUB"] || `https://${catalog.hosts[0] ?? ""}`;
  if (!mayReach(policy, hub)) refuse(policy);
  const during = terminal.network?.during ?? (<Result>(work: () => Promise<Result>) => work());
  const { fetch, signal, wait } = terminal;
  const how = { fetch, hub, hosts: catalog.hosts, signal, ...(wait === undefined ? {} : { wait }) };
  return { entry: downloadOf(catalog, id), how, during };
}

/** Goes on where an earlier one was cut off; Ctrl-C keeps what arrived. */
async function install(id: string, modelsDir: string, terminal: Terminal): Promise<void> {
  const { entry, how, during } = await downloading(id, terminal);
  const progress = createProgressLine(terminal);
  const pace = createPaceMeter();
  const report: DownloadOptions["report"] = ({ doneBytes, totalBytes, waiting }) => {
    const { bytesPerSecond, leftMs } = pace.measure(doneBytes, totalBytes, performance.now());
    const label = `${id}: ${terminal.text(waiting ? "waitsForServer" : "download")}`;
    const speed = bytesPerSecond === null || waiting ? "" : ` ${(bytesPerSecond / 1e6).toFixed(1)} MB/s`;
    const left = leftMs === null || waiting ? "" : ` ${terminal.text("minutesLeft", { minutes: minutes(leftMs) })}`;
    // Speed and time change with every look: where each look is a line, only the tenths are told.
    const facts = terminal.stderr.isTTY === true ? `${speed}${left}` : "";
    progress.show(`${label}${facts}`, totalBytes === 0 ? 0 : doneBytes / totalBytes);
  };
  try {
    await during(() => downloadModel(entry, modelsDir, { ...how, report }));
  } finally {
    progress.end();
  }
  await terminal.print(`${join(modelsDir, id)}\n`);
}

const minutes = (ms: number): string => String(Math.max(1, Math.ceil(ms / 60_000)));

async function update(id: string, modelsDir: string, terminal: Terminal): Promise<void> {
  const { entry, how, during } = await downloading(id, terminal);
  if (!(await listAllModels(modelsDir)).includes(id)) throw new LyssnaError("model-missing", { model: id });
  if (!(await during(() => hasUpdate(entry, modelsDir, how)))) return terminal.note("newest", { model: id });
  await install(id, modelsDir, terminal);
}

/** A model's folder, or a package: a folder, a zip, or a folder that one of them lies in. */
async function importFrom(path: string, modelsDir: string, terminal: Terminal): Promise<void> {
  const { policy } = terminal;
  if (!policy.modelImport) refuse(policy);
  const { voices } = await loadCatalog();
  const installed = await working(terminal, path, "import", async (work): Promise<InstalledPackage> => {
    const found = await stat(path).catch(() => null);
    if (found?.isFile() === true || (await holdsPackage(path))) {
      const isOurs = (id: string) =>
        isUsable(
          terminal,
          voices.some((entry) => entry.id === id),
          id,
        );
      return installPackage(path, modelsDir, { ...work, key: policy.modelPackageKey, isAllowed: isOurs });
    }
    if (policy.modelPackageKey !== null)
      throw new LyssnaError("model-package-signature", { file: basename(path), reason: "signature-missing" });
    return { ids: [await importModel(path, modelsDir, work)], signedBy: null };
  });
  if (installed.signedBy !== null) terminal.note("signedBy", { key: installed.signedBy });
  await terminal.print(installed.ids.map((id) => `${join(modelsDir, id)}\n`).join(""));
}

async function pack(
  ids: readonly string[],
  out: string,
  keyFile: string | undefined,
  modelsDir: string,
  terminal: Terminal,
): Promise<void> {
  const signWith = keyFile === undefined ? undefined : await readKey(keyFile);
  const path = await working(terminal, out, "packModels", (work) =>
    makePackage(ids, modelsDir, out, { ...work, ...(signWith === undefined ? {} : { signWith }) }),
  );
  await terminal.print(`${path}\n`);
}

const readKey = (file: string): Promise<string> =>
  readFile(file, "utf8").catch((error: unknown) => {
    throw new LyssnaError("file-unreadable", { file: basename(file) }, { cause: error });
  });

/** Every file against its recorded SHA-256. Throws model-missing, model-damaged or model-unrecorded. */
async function verify(ids: readonly string[], modelsDir: string, terminal: Terminal): Promise<void> {
  const installed = await listAllModels(modelsDir);
  for (const id of ids) {
    if (!installed.includes(id)) throw new LyssnaError("model-missing", { model: id });
    await working(terminal, id, "verifying", ({ signal, report }) =>
      verifyModel(join(modelsDir, id), id, signal, report),
    );
    await terminal.print(`${id}\t${terminal.text("whole")}\n`);
  }
}

async function working<Result>(
  terminal: Terminal,
  name: string,
  label: CliText,
  work: (tools: ModelWork) => Promise<Result>,
): Promise<Result> {
  const progress = createProgressLine(terminal);
  const { signal } = terminal;
  try {
    return await work({ signal, report: (fraction) => progress.show(`${name}: ${terminal.text(label)}`, fraction) });
  } catch (error) {
    throw signal.aborted ? new LyssnaError("cancelled") : error;
  } finally {
    progress.end();
  }
}
