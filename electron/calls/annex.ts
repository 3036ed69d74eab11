// The annex to an impact assessment, made of the configuration as it is now. Runs in main.
import { join } from "node:path";
import type { Handlers, RetentionState } from "../contract.ts";
import type { AnnexFacts, AnnexModel } from "../export/annex/facts.ts";
import { exportInWorker } from "../export/run-export.ts";
import { writeWhole } from "../export/write-whole.ts";
import { loadCatalog } from "../models/catalog.ts";
import { listInstalledModels, readManifest } from "../models/model-folder.ts";
import { builtInEngine } from "../summary/summarise.ts";
import type { Context } from "./context.ts";
import { localTime } from "./imports.ts";

export interface AnnexPlaces {
  readonly dataDir: string;
  readonly modelsDir: string;
  readonly version: string;
}

export function annexHandlers(context: Context, places: AnnexPlaces): Pick<Handlers, "annex.save"> {
  return {
    async "annex.save"() {
      const { interfaceLanguage: language } = context.settings();
      const name = language === "sv" ? "Lyssna underlag konsekvensbedömning" : "Lyssna impact assessment annex";
      const path = await context.dialogs.chooseSavePath(name, "pdf");
      if (path === null) return null;
      await writeWhole(path, await exportInWorker({ annex: await annexFacts(context, places), language }));
      await context.store.noteEvent("annex-printed", null);
      return path;
    },
  };
}

/** The configuration of this computer, now. */
export async function annexFacts(context: Context, { dataDir, modelsDir, version }: AnnexPlaces): Promise<AnnexFacts> {
  const { store, hub } = context;
  const settings = context.settings();
  const log = await store.readLog(1);
  const { synchronisedBy }: RetentionState = hub.current("retention");
  const titles = (await context.templates()).map(({ id, title }) => [id, title] as const);
  const { node, electron, chrome, openssl } = process.versions as Readonly<Record<string, string | undefined>>;
  const parts = [
    ["Lyssna", version],
    ["Lyssna, builtin", builtInEngine.version],
    ["Electron", electron],
    ["Chromium", chrome],
    ["Node.js", node],
    ["OpenSSL", openssl],
  ] as const;
  return {
    printedAt: localTime(new Date()),
    version,
    platform: process.platform,
    dataDir,
    parts: parts.flatMap(([name, found]) => (found === undefined ? [] : [[name, found] as const])),
    policy: context.policy(),
    settings,
    retention: settings.retention,
    templates: Object.fromEntries(titles),
    models: await installedModels(modelsDir),
    hosts: (await loadCatalog()).hosts,
    synchronisedBy,
    log: { count: log.count, head: log.head, whole: log.found.state === "whole" },
  };
}

/** Every model that lies on this computer, of whatever kind, as its manifest has it. */
export async function installedModels(modelsDir: string): Promise<readonly AnnexModel[]> {
  const catalog = await loadCatalog();
  const models: AnnexModel[] = [];
  for (const kind of ["speech", "voices", "language"] as const) {
    for (const id of await listInstalledModels(modelsDir, kind)) {
      const entry = catalog[kind].find((candidate) => candidate.id === id);
      const manifest = await readManifest(join(modelsDir, id)).catch(() => null);
      models.push({
        kind,
        id,
        title: entry?.title ?? id,
        licence: entry?.licence ?? "",
        revision: manifest?.revision ?? "",
        files: (manifest?.files ?? []).map(({ path, sha256 }) => ({ path, sha256 })),
      });
    }
  }
  return models;
}
