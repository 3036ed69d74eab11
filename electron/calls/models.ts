// The models on this computer and those that can be had: how they come, are shown, checked, packed and removed. Runs in main.
import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Handlers, InstalledModels, ModelInfo, ModelTask, PolicyState, Settings } from "../contract.ts";
import { builtInEngineId } from "../engine-ids.ts";
import { LyssnaError, toErrorData } from "../errors.ts";
import { downloadOf, loadCatalog } from "../models/catalog.ts";
import { hasUpdate } from "../models/download-model.ts";
import type { MachineKnowledge } from "../models/expected-time.ts";
import { importModel, type ModelWork } from "../models/import-model.ts";
import { installPackage, type InstalledPackage, type PackageOptions } from "../models/install-package.ts";
import { locateLanguage } from "../models/language-folder.ts";
import { makePackage, packageFolder } from "../models/make-package.ts";
import {
  demonstrationId,
  findVoices,
  kindOf,
  locateModel,
  type ModelPlaces,
  verifyModel,
} from "../models/model-folder.ts";
import { holdsPackage } from "../models/package-source.ts";
import { listAllModels, removeModel } from "../models/remove-model.ts";
import { isAllowed, refuse } from "../policy/state.ts";
import type { Dialogs } from "./context.ts";
import { describeHearing, describeLanguage, type Shelf } from "./describe-models.ts";
import { createDownloads, type DownloadsOptions } from "./model-downloads.ts";
import { createModelTasks } from "./model-tasks.ts";

type ModelHandlers = Pick<Handlers, Extract<keyof Handlers, `models.${string}`>>;

export interface ModelsOptions extends Pick<DownloadsOptions, "modelsDir" | "fetch" | "during" | "wait"> {
  /** Where the demonstration model and its recording are made on first use. */
  readonly demonstrationDir: string;
  readonly policy: () => PolicyState;
  /** Where the hub answers. */
  readonly hub?: string;
  readonly dialogs: Pick<Dialogs, "chooseFolder" | "chooseOne" | "chooseSavePath">;
  readonly changed: (models: readonly ModelInfo[]) => void;
  readonly languageChanged: (models: readonly ModelInfo[]) => void;
  readonly showTask: (task: ModelTask | null) => void;
  readonly settings: () => Pick<Settings, "modelId" | "spokenLanguage" | "summaryEngine">;
  readonly setSettings: (patch: Partial<Settings>) => Promise<void>;
  /** What was measured on this machine. */
  readonly knowledge: () => Promise<MachineKnowledge>;
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
  /** Installs what the organisation's package holds and this computer lacks. Never throws. */
  installByPolicy(): Promise<void>;
  /** Stops downloads and tasks; what arrived is kept. */
  close(): void;
}

export async function createModels(options: ModelsOptions): Promise<Models> {
  const { modelsDir, demonstrationDir, dialogs } = options;
  const catalog = await loadCatalog();
  const places: ModelPlaces = { modelsDir, demonstrationDir: join(demonstrationDir, "model") };
  const hub = options.hub ?? `https://${catalog.hosts[0] ?? ""}`;
  const tasks = createModelTasks(options.showTask);
  /** As last shown, so that a download that moves need not look at the disk. */
  let shown: { readonly hearing: readonly ModelInfo[]; readonly language: readonly ModelInfo[] } = {
    hearing: [],
    language: [],
  };
  let making: Promise<string> | null = null;
  /** Those that tell voices apart are not what a list of models is about. */
  const isVoices = (id: string) => catalog.voices.some((entry) => entry.id === id);
  const mayUse = (id: string) => isVoices(id) || isAllowed(options.policy().models, id);

  const show = (next: typeof shown) => {
    if (next.hearing !== shown.hearing) options.changed(next.hearing);
    if (next.language !== shown.language) options.languageChanged(next.language);
    shown = next;
  };
  async function refresh(): Promise<void> {
    const { spokenLanguage } = options.settings();
    const shelf: Shelf = { catalog, places, downloads, knowledge: await options.knowledge(), spokenLanguage };
    const mine = ({ id, kind }: ModelInfo) => kind === "voices" || isAllowed(options.policy().models, id);
    const [hearing, language] = await Promise.all([describeHearing(shelf), describeLanguage(shelf)]);
    show({ hearing: hearing.filter(mine), language: language.filter(mine) });
  }
  const moved = (id: string) => {
    const next = (list: readonly ModelInfo[]): readonly ModelInfo[] =>
      list.some((model) => model.id === id)
        ? list.map((model) => (model.id === id ? { ...model, download: downloads.current(id) } : model))
        : list;
    show({ hearing: next(shown.hearing), language: next(shown.language) });
  };
  const downloads = createDownloads({ ...options, catalog, hub, moved, changed: refresh });

  const demonstration = () => {
    making ??= makeDemonstration(demonstrationDir).finally(() => {
      making = null;
    });
    return making;
  };

  const mayDownload = (id: string) => {
    const policy = options.policy();
    if (!policy.modelDownload || !mayUse(id)) refuse(policy);
  };
  function start(id: string): void {
    const isSpeech = catalog.speech.some((one) => one.id === id);
    downloads.start(downloadOf(catalog, id), async () => {
      if (isSpeech && options.settings().modelId === "") await options.setSettings({ modelId: id });
    });
  }

  /** The one that came is the one that was meant to be used. */
  async function useSpeech(ids: readonly string[], only: "always" | "where-none-is"): Promise<void> {
    if (only === "where-none-is" && options.settings().modelId !== "") return;
    for (const id of ids)
      if ((await kindOf(join(modelsDir, id))) === "speech") return options.setSettings({ modelId: id });
  }

  const packageOptions = (work: ModelWork): PackageOptions => ({
    ...work,
    key: options.policy().modelPackageKey,
    isAllowed: mayUse,
  });

  /** From a folder, a package in a folder, or a packed one. */
  async function take(path: string): Promise<InstalledModels> {
    const name = basename(path);
    const isFolder = (await stat(path).catch(() => null))?.isDirectory() === true;
    const installed = await tasks.run({ what: "install", name }, async (work): Promise<InstalledPackage> => {
      if (!isFolder || (await holdsPackage(path))) return installPackage(path, modelsDir, packageOptions(work));
      // A bare folder has nobody who vouches for it.
      if (options.policy().modelPackageKey !== null)
        throw new LyssnaError("model-package-signature", { file: name, reason: "signature-missing" });
      return { ids: [await importModel(path, modelsDir, work)], signedBy: null };
    });
    installed.ids.forEach((id) => downloads.forgetError(id));
    await refresh();
    await useSpeech(installed.ids, "always");
    return installed;
  }

  const mayTake = () => {
    if (!options.policy().modelImport) refuse(options.policy());
  };

  return {
    refresh,
    demonstration,
    async languageFile(id) {
      if (!isAllowed(options.policy().models, id)) refuse(options.policy());
      return locateLanguage(id, modelsDir);
    },
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
    async installByPolicy() {
      const path = options.policy().modelPackage;
      if (path === null) return;
      await tasks.runByPolicy(basename(path), async (work) => {
        try {
          const { ids } = await installPackage(path, modelsDir, { ...packageOptions(work), onlyMissing: true });
          if (ids.length === 0) return;
          await refresh();
          await useSpeech(ids, "where-none-is");
        } catch (error) {
          // A laptop away from the office is nothing to tell anybody about.
          if (toErrorData(error).code !== "file-not-found") throw error;
        }
      });
    },
    close() {
      downloads.close();
      tasks.stop();
    },
    handlers: {
      async "models.download"(id) {
        downloadOf(catalog, id);
        mayDownload(id);
        start(id);
        return null;
      },
      async "models.pauseDownload"(id) {
        downloads.pause(id);
        return null;
      },
      async "models.cancelDownload"(id) {
        downloadOf(catalog, id);
        await downloads.drop(id);
        await refresh();
        return null;
      },
      async "models.importFolder"() {
        mayTake();
        const folder = await dialogs.chooseFolder("model");
        return folder === null ? null : take(folder);
      },
      async "models.importPackage"() {
        mayTake();
        const file = await dialogs.chooseOne("modelPackage");
        return file === null ? null : take(file);
      },
      async "models.pack"(ids) {
        const path = await dialogs.chooseSavePath(packageFolder, "zip");
        if (path === null) return null;
        const name = basename(path);
        return tasks.run({ what: "pack", name }, (work) => makePackage(ids, modelsDir, path, work));
      },
      async "models.verify"(id) {
        if (!(await listAllModels(modelsDir)).includes(id)) throw new LyssnaError("model-missing", { model: id });
        const name = [...shown.hearing, ...shown.language].find((model) => model.id === id)?.title ?? id;
        await tasks.run({ what: "verify", name }, ({ signal, report }) =>
          verifyModel(join(modelsDir, id), id, signal, report),
        );
        return null;
      },
      async "models.update"(id) {
        const download = downloadOf(catalog, id);
        mayDownload(id);
        const during = options.during ?? ((work) => work());
        const stop = new AbortController();
        const { fetch, wait } = options;
        const how = { fetch, hub, hosts: catalog.hosts, signal: stop.signal, ...(wait === undefined ? {} : { wait }) };
        if (!(await during(() => hasUpdate(download, modelsDir, how)))) return "newest";
        start(id);
        return "started";
      },
      async "models.remove"(id) {
        await removeModel(id, modelsDir);
        // Nothing may be chosen that is not there.
        const { modelId, summaryEngine } = options.settings();
        if (modelId === id) await options.setSettings({ modelId: "" });
        if (summaryEngine === id) await options.setSettings({ summaryEngine: builtInEngineId });
        await refresh();
        return null;
      },
      async "models.stopTask"() {
        tasks.stop();
        return null;
      },
    },
  };
}

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
