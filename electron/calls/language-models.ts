// The language models as the window shows them, and how they come and go. Runs in main.
import { rm } from "node:fs/promises";
import { totalmem } from "node:os";
import { join } from "node:path";
import type { ModelInfo, PolicyState } from "../contract.ts";
import { type ErrorData, LyssnaError, toErrorData } from "../errors.ts";
import { type Catalog, type LanguageEntry, languageDownload } from "../models/catalog.ts";
import { type DownloadOptions, downloadModel } from "../models/download-model.ts";
import { readLanguageSize } from "../models/gguf.ts";
import { ggufIn } from "../models/gguf-file.ts";
import { locateLanguage } from "../models/language-folder.ts";
import { contextLeast, languageNeed } from "../models/language-need.ts";
import { mostBytes } from "../models/memory-need.ts";
import { listInstalledModels } from "../models/model-folder.ts";
import { isAllowed, refuse } from "../policy/state.ts";

export interface LanguageShelfOptions {
  readonly modelsDir: string;
  readonly catalog: Catalog;
  readonly fetch: typeof fetch;
  /** Holds the network open while a download runs. */
  readonly during?: <Result>(download: () => Promise<Result>) => Promise<Result>;
  readonly hub: string;
  readonly policy: () => PolicyState;
  readonly changed: (models: readonly ModelInfo[]) => void;
}

export interface LanguageShelf {
  /** Whether an id is a language model's: of the catalogue, or one that lies here. */
  knows(id: string): Promise<boolean>;
  download(id: string): Promise<void>;
  cancel(id: string): void;
  remove(id: string): Promise<void>;
  /** The GGUF file of an installed model. Throws model-missing, model-damaged, or what the policy refuses with. */
  fileOf(id: string): Promise<string>;
  refresh(): Promise<void>;
  close(): void;
}

const tellEveryMs = 200;

export function createLanguageShelf(options: LanguageShelfOptions): LanguageShelf {
  const { catalog } = options;
  const { modelsDir: dir } = options;
  const downloads = new Map<string, { readonly stop: AbortController; fraction: number }>();
  const errors = new Map<string, ErrorData>();
  const entryOf = (id: string): LanguageEntry | undefined => catalog.language.find((entry) => entry.id === id);

  const refresh = async () => {
    const installed = await listInstalledModels(dir, "language");
    const ids = [...new Set([...catalog.language.map(({ id }) => id), ...installed])];
    const shown = ids.filter((id) => isAllowed(options.policy().models, id));
    options.changed(await Promise.all(shown.map((id) => describe(id, installed.includes(id)))));
  };

  async function describe(id: string, isHere: boolean): Promise<ModelInfo> {
    const entry = entryOf(id);
    const running = downloads.get(id);
    const problem = isHere ? await locateLanguage(id, dir).then(() => null, toErrorData) : null;
    const memoryBytes = await needOf(entry, isHere ? join(dir, id) : null);
    return {
      id,
      kind: "language",
      title: entry?.title ?? id,
      about: entry?.about ?? { sv: "Hämtad från en mapp.", en: "Taken from a folder." },
      sizeBytes: entry?.sizeBytes ?? 0,
      memoryBytes,
      fits: memoryBytes <= mostBytes(totalmem()),
      licence: entry?.licence ?? "–",
      state: running !== undefined ? "downloading" : !isHere ? "absent" : problem === null ? "installed" : "damaged",
      fraction: running?.fraction ?? 0,
      demonstration: false,
      recommended: entry?.recommended ?? false,
      error: errors.get(id) ?? problem,
    };
  }

  async function fetchAll(entry: LanguageEntry): Promise<void> {
    const running = { stop: new AbortController(), fraction: 0 };
    downloads.set(entry.id, running);
    errors.delete(entry.id);
    await refresh();
    let toldAt = 0;
    try {
      const during = options.during ?? ((run) => run());
      const how: DownloadOptions = {
        fetch: options.fetch,
        hub: options.hub,
        hosts: catalog.hosts,
        signal: running.stop.signal,
        report: (fraction: number) => {
          running.fraction = fraction;
          if (performance.now() - toldAt < tellEveryMs) return;
          toldAt = performance.now();
          void refresh();
        },
      };
      await during(() => downloadModel(languageDownload(entry), dir, how));
    } catch (error) {
      const data = toErrorData(error);
      if (data.code !== "cancelled") errors.set(entry.id, data);
    } finally {
      downloads.delete(entry.id);
      await refresh();
    }
  }

  return {
    refresh,
    knows: async (id) => entryOf(id) !== undefined || (await listInstalledModels(dir, "language")).includes(id),
    async download(id) {
      const entry = entryOf(id);
      if (entry === undefined) throw new LyssnaError("model-missing", { model: id });
      const policy = options.policy();
      if (!policy.modelDownload || !isAllowed(policy.models, id)) refuse(policy);
      // Goes on by itself: its progress and its end are seen in the snapshots.
      if (!downloads.has(id)) void fetchAll(entry);
    },
    cancel: (id) => downloads.get(id)?.stop.abort(),
    async remove(id) {
      if (!(await listInstalledModels(dir, "language")).includes(id))
        throw new LyssnaError("model-missing", { model: id });
      await rm(join(dir, id), { recursive: true, force: true });
      await refresh();
    },
    async fileOf(id) {
      if (!isAllowed(options.policy().models, id)) refuse(options.policy());
      return locateLanguage(id, dir);
    },
    close: () => downloads.forEach(({ stop }) => stop.abort()),
  };
}

/** Bytes of memory by the file that is there, else by the catalogue; 0 where nobody knows. */
async function needOf(entry: LanguageEntry | undefined, dir: string | null): Promise<number> {
  const file = dir === null ? null : await ggufIn(dir);
  const found = file === null ? null : await readLanguageSize(file).catch(() => null);
  if (found !== null) return languageNeed(found, Math.min(contextLeast, found.contextTokens));
  if (entry === undefined) return 0;
  const { sizeBytes: fileBytes, cachedPerToken } = entry;
  return languageNeed({ fileBytes, cachedPerToken, contextTokens: contextLeast }, contextLeast);
}
