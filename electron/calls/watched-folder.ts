// The folder that is watched, such as a dictaphone's: chosen, remembered, looked into while the app runs. Runs in main.
import { stat } from "node:fs/promises";
import type { Handlers } from "../contract.ts";
import { listFolders } from "../import/list-folder.ts";
import { type FolderWatch, knowAll, watchFolder } from "../import/watch-folder.ts";
import { LyssnaError } from "../errors.ts";
import type { Context } from "./context.ts";

/** Name of the setting: marks of the files that are not to be taken in. */
const knownSetting = "watchedKnown";
const lookEveryMs = 5000;

/** None while it is not there: a dictaphone that is not plugged in. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? (await listFolders([folder])).files : [];
}

export interface WatchedFolder {
  readonly handlers: Pick<Handlers, "watched.choose" | "watched.stop" | "watched.takeAll">;
  stop(): void;
}

/** @param take takes files in, and passes over those that were taken in before */
export function watchedFolder(context: Context, take: (paths: readonly string[]) => Promise<unknown>): WatchedFolder {
  const { store, settings, setSettings } = context;
  let watch: { readonly folder: string; readonly by: FolderWatch } | null = null;

  async function watchOf(folder: string): Promise<FolderWatch> {
    if (watch?.folder === folder) return watch.by;
    const known = (await store.getSettings())[knownSetting];
    const by = watchFolder({
      list: () => filesIn(folder),
      known: Array.isArray(known) ? known.filter((mark) => typeof mark === "string") : [],
      async take(paths) {
        await take(paths);
      },
      keep: (marks) => store.setSetting(knownSetting, marks),
    });
    watch = { folder, by };
    return by;
  }

  async function look(): Promise<void> {
    const { watchedFolder: folder, modelId } = settings();
    // Without a model nothing can be made of it: it waits where it is.
    if (folder === "" || modelId === "") return;
    await (await watchOf(folder)).look();
  }

  async function use(folder: string, known: readonly string[]): Promise<void> {
    watch = null;
    await store.setSetting(knownSetting, known);
    await setSettings({ watchedFolder: folder });
  }

  const mayChoose = () => {
    const isFixed = Object.hasOwn(context.hub.current("fixed").values, "watchedFolder");
    if (isFixed || context.policy().hidden.includes("watchedFolder")) throw new LyssnaError("setting-fixed");
  };

  const timer = setInterval(() => void look().catch(() => {}), lookEveryMs);
  timer.unref();
  return {
    handlers: {
      async "watched.choose"() {
        mayChoose();
        const folder = await context.dialogs.chooseFolder("watched");
        if (folder === null) return null;
        const files = await filesIn(folder);
        await use(folder, await knowAll(files));
        return files.length;
      },
      async "watched.takeAll"() {
        const files = await filesIn(settings().watchedFolder);
        if (files.length > 0) await take(files);
        return null;
      },
      async "watched.stop"() {
        mayChoose();
        await use("", []);
        return null;
      },
    },
    stop: () => clearInterval(timer),
  };
}
