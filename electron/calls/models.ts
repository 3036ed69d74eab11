// The speech models as the window shows them, and the calls that install and remove them. Runs in main.
import { rm, stat } from "node:fs/promises";
import { totalmem } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Handlers, ModelInfo, PolicyState } from "../contract.ts";
import { type ErrorData, LyssnaError, toErrorData } from "../errors.ts";
import { type Catalog, downloadOf, loadCatalog, type ModelEntry } from "../models/catalog.ts";
import { type DownloadOptions, downloadModel } from "../models/download-model.ts";
import { importModel } from "../models/import-model.ts";
import { memoryNeed, mostBytes } from "../models/memory-need.ts";
import {
  demonstrationId,
  findVoices,
  kindOf,
  listInstalledModels,
  locateModel,
  type ModelPlaces,
} from "../models/model-folder.ts";
import { type ModelSize, readSize } from "../models/model-size.ts";
import { leastPlacing } from "../models/name-fitting.ts";

import { createLanguageShelf } from "./language-models.ts";
import { isAllowed, refuse } from "../policy/state.ts";

type ModelHandlers = Pick<
  Handlers,
  "models.download" | "models.cancelDownload" | "models.importFolder" | "models.remove"
>;

export interface ModelsOptions {
  readonly modelsDir: string;
  /** Where the demonstration model and its recording are made on first use. */
  readonly demonstrationDir: string;
  readonly fetch: typeof fetch;
  readonly policy: () => PolicyState;
  /** Holds the network open while a download runs. */
  readonly during?: <Result>(download: () => Promise<Result>) => Promise<Result>;
  /** Where the hub answers. */
  readonly hub?: string;
  readonly chooseFolder: () => Promise<string | null>;
  readonly changed: (models: readonly ModelInfo[]) => void;
  readonly languageChanged: (models: readonly ModelInfo[]) => void;
  readonly chosen: () => string;
  readonly choose: (modelId: string) => Promise<void>;
}

export interface Models {
  readonly handlers: ModelHandlers;
  /** The folder of an installed model. Throws model-missing or model-damaged. */
  dirOf(modelId: string): Promise<string>;
  /** The folder of the installed models that tell voices apart; null where there are none. Throws model-damaged. */
  voicesDir(): Promise<string | null>;
  /** Makes the demonstration model and recording where they are not there yet; answers their folder. */
  demonstration(): Promise<string>;
  /** The GGUF file of an installed language model. Throws model-missing or model-damaged. */
  languageFile(modelId: string): Promise<string>;
  refresh(): Promise<void>;
  /** Stops downloads; what arrived is kept. */
  close(): void;
}

interface Download {
  readonly stop: AbortController;
  fraction: number;
}

/** Snapshots of a download's progress are sent at most this often. */
const tellEveryMs = 200;

export async function createModels(options: ModelsOptions): Promise<Models> {
  const { modelsDir, demonstrationDir } = options;
  const catalog = await loadCatalog();
  const places: ModelPlaces = { modelsDir, demonstrationDir: join(demonstrationDir, "model") };
  const downloads = new Map<string, Download>();
  const errors = new Map<string, ErrorData>();
  /** Those that tell voices apart are not what a list of speech models is about. */
  const isHearing = (id: string) => !catalog.voices.some((entry) => entry.id === id);
  let making: Promise<string> | null = null;

  const hub = options.hub ?? `https://${catalog.hosts[0] ?? ""}`;
  const language = createLanguageShelf({ ...options, catalog, hub, changed: options.languageChanged });

  const refreshSpeech = async () =>
    options.changed(
      (await describeModels(catalog, places, downloads, errors)).filter(
        ({ id, kind }) => kind !== "speech" || isAllowed(options.policy().models, id),
      ),
    );

  const refresh = async () => {
    await refreshSpeech();
    await language.refresh();
  };

  const demonstration = () => {
    making ??= makeDemonstration(demonstrationDir).finally(() => {
      making = null;
    });
    return making;
  };

  async function download(id: string): Promise<void> {
    const entry = downloadOf(catalog, id);
    if (downloads.has(id)) return;
    const running: Download = { stop: new AbortController(), fraction: 0 };
    downloads.set(id, running);
    errors.delete(id);
    await refresh();
    let toldAt = 0;
    try {
      const during = options.during ?? ((run) => run());
      const { signal } = running.stop;
      const how: DownloadOptions = {
        fetch: options.fetch,
        hub,
        hosts: catalog.hosts,
        signal,
        report: (fraction: number) => {
          running.fraction = fraction;
          if (performance.now() - toldAt < tellEveryMs) return;
          toldAt = performance.now();
          void refreshSpeech();
        },
      };
      await during(() => downloadModel(entry, modelsDir, how));
      const isSpeech = catalog.speech.some((one) => one.id === id);
      if (isSpeech && options.chosen() === "") await options.choose(id);
    } catch (error) {
      const data = toErrorData(error);
      if (data.code !== "cancelled") errors.set(id, data);
    } finally {
      downloads.delete(id);
      await refresh();
    }
  }

  return {
    refresh,
    demonstration,
    languageFile: (id) => language.fileOf(id),
    async dirOf(modelId) {
      if (!isAllowed(options.policy().models, modelId)) refuse(options.policy());
      if (modelId === demonstrationId) await demonstration();
      return (await locateModel(modelId, places)).dir;
    },
    voicesDir: () =>
      findVoices(
        modelsDir,
        catalog.voices.map(({ id }) => id),
      ),
    close() {
      downloads.forEach(({ stop }) => stop.abort());
      language.close();
    },
    handlers: {
      async "models.download"(id) {
        if (await language.knows(id)) {
          await language.download(id);
          return null;
        }
        downloadOf(catalog, id);
        const policy = options.policy();
        if (!policy.modelDownload || (isHearing(id) && !isAllowed(policy.models, id))) refuse(policy);
        // Goes on by itself: its progress and its end are seen in the snapshots.
        void download(id);
        return null;
      },
      async "models.cancelDownload"(id) {
        downloads.get(id)?.stop.abort();
        language.cancel(id);
        return null;
      },
      async "models.importFolder"() {
        if (!options.policy().modelImport) refuse(options.policy());
        const folder = await options.chooseFolder();
        if (folder === null) return null;
        const id = await importModel(folder, modelsDir, { signal: new AbortController().signal, report: () => {} });
        await refresh();
        if ((await kindOf(join(modelsDir, id))) === "speech") await options.choose(id);
        return id;
      },
      async "models.remove"(id) {
        if (await language.knows(id)) {
          await language.remove(id);
          return null;
        }
        // The id names a folder directly under modelsDir, nothing else.
        const installed = [
          ...(await listInstalledModels(modelsDir)),
          ...(await listInstalledModels(modelsDir, "voices")),
        ];
        if (!installed.includes(id)) throw new LyssnaError("model-missing", { model: id });
        await rm(join(modelsDir, id), { recursive: true, force: true });
        if (options.chosen() === id) await options.choose("");
        await refresh();
        return null;
      },
    },
  };
}

const fromFolder = { sv: "Hämtad från en mapp.", en: "Taken from a folder." };

async function describeModels(
  catalog: Catalog,
  places: ModelPlaces,
  downloads: ReadonlyMap<string, Download>,
  errors: ReadonlyMap<string, ErrorData>,
): Promise<readonly ModelInfo[]> {
  const installed = await listInstalledModels(places.modelsDir);
  const known = catalog.speech.map((entry) => entry.id);
  const own = installed.filter((id) => !known.includes(id));
  const models: ModelInfo[] = [];
  for (const id of [...known, ...own]) {
    const entry = catalog.speech.find((candidate) => candidate.id === id);
    const problem = installed.includes(id) ? await problemOf(id, places) : null;
    const running = downloads.get(id);
    const memoryBytes = await needOf(entry, installed.includes(id) ? join(places.modelsDir, id) : null);
    models.push({
      kind: "speech",
      id,
      title: entry?.title ?? id,
      about: entry?.about ?? fromFolder,
      sizeBytes: entry?.sizeBytes ?? 0,
      memoryBytes,
      fits: memoryBytes <= mostBytes(totalmem()),
      licence: entry?.licence ?? "",
      state: running ? "downloading" : !installed.includes(id) ? "absent" : problem === null ? "installed" : "damaged",
      fraction: running?.fraction ?? 0,
      demonstration: false,
      recommended: entry?.recommended ?? false,
      error: errors.get(id) ?? problem,
    });
  }
  models.push({
    kind: "speech",
    id: demonstrationId,
    title: "Demonstration",
    about: {
      sv: "En liten modell som bara förstår sin egen konstgjorda röst. Den visar hur Lyssna fungerar och säger inget om riktiga röster.",
      en: "A small model that understands only its own synthetic voice. It shows how Lyssna works and tells nothing about real voices.",
    },
    sizeBytes: 0,
    memoryBytes: 0,
    fits: true,
    licence: "EUPL-1.2",
    state: "installed",
    fraction: 0,
    demonstration: true,
    recommended: false,
    error: null,
  });
  const voices = await listInstalledModels(places.modelsDir, "voices");
  const knownVoices = catalog.voices.map(({ id }) => id);
  for (const id of [...knownVoices, ...voices.filter((one) => !knownVoices.includes(one))]) {
    const entry = catalog.voices.find((candidate) => candidate.id === id);
    const problem = voices.includes(id) ? await problemOf(id, places) : null;
    const running = downloads.get(id);
    models.push({
      kind: "voices",
      id,
      title: entry?.title ?? id,
      about: entry?.about ?? fromFolder,
      sizeBytes: entry?.sizeBytes ?? 0,
      memoryBytes: 0,
      fits: true,
      licence: entry?.licence ?? "",
      state: running ? "downloading" : !voices.includes(id) ? "absent" : problem === null ? "installed" : "damaged",
      fraction: running?.fraction ?? 0,
      demonstration: false,
      recommended: false,
      error: errors.get(id) ?? problem,
    });
  }
  return models;
}

/** Bytes of memory by the files that are there, else by the catalogue; 0 where nobody knows. */
async function needOf(entry: ModelEntry | undefined, dir: string | null): Promise<number> {
  const known: ModelSize | null = entry === undefined ? null : { ...entry, weightBytes: entry.sizeBytes };
  const size = (dir === null ? null : await readSize(dir).catch(() => null)) ?? known;
  return size === null ? 0 : memoryNeed(size, leastPlacing);
}

const problemOf = (id: string, places: ModelPlaces): Promise<ErrorData | null> =>
  locateModel(id, places).then(() => null, toErrorData);

/** In a worker thread: it takes seconds. */
async function makeDemonstration(dir: string): Promise<string> {
  const whole = await Promise.all([stat(join(dir, "model", "made-from.txt")), stat(join(dir, "recording.wav"))]).catch(
    () => null,
  );
  if (whole !== null) return dir;
  const worker = new Worker(new URL("../../models/demonstration/make-worker.ts", import.meta.url), { workerData: dir });
  await new Promise<void>((done, failed) => {
    worker.on("error", failed);
    worker.on("exit", (code) => (code === 0 ? done() : failed(new LyssnaError("worker-ended"))));
  });
  return dir;
}
