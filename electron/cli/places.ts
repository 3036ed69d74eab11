// Where models lie when there is no window: the same folders as the app's. Runs in the command line.
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeDemonstrationModel } from "../../models/demonstration/make-model.ts";
import type { PolicyState } from "../contract.ts";
import { LyssnaError } from "../errors.ts";
import { loadCatalog } from "../models/catalog.ts";
import {
  demonstrationId,
  findVoices,
  listInstalledModels,
  type LocatedModel,
  locateModel,
} from "../models/model-folder.ts";
import { isAllowed, refuse } from "../policy/state.ts";
import type { Terminal } from "./terminal.ts";

type Env = Terminal["env"];

/** LYSSNA_MODELS, or the installed app's own folder. */
export function modelsFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  const named = env["LYSSNA_MODELS"];
  return named === undefined || named === "" ? join(profileFolder(env, platform), "Lyssna", "data", "models") : named;
}

function profileFolder(env: Env, platform: NodeJS.Platform): string {
  if (platform === "win32") return env["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support");
  return env["XDG_CONFIG_HOME"] || join(homedir(), ".config");
}

/** The demonstration model in LYSSNA_CACHE or the app's own cache folder; made on first use, in about two seconds. */
async function demonstrationFolder(env: Env): Promise<string> {
  const cache = env["LYSSNA_CACHE"] || fileURLToPath(new URL("../../.cache", import.meta.url));
  const dir = join(cache, "demonstration", "model");
  try {
    await makeDemonstrationModel(dir);
  } catch (error) {
    throw new LyssnaError("cannot-write", { file: dir }, { cause: error });
  }
  return dir;
}

/**
 * The named model, or without a name the installed one that the catalogue recommends, or else any installed one, or else
 * the demonstration model. Throws model-missing or model-damaged.
 */
export async function chooseModel(named: string | undefined, { env, policy }: Terminal): Promise<LocatedModel> {
  const modelsDir = modelsFolder(env);
  const id = named ?? (await bestInstalled(modelsDir, policy)) ?? demonstrationId;
  if (!isAllowed(policy.models, id)) refuse(policy);
  const demonstrationDir = id === demonstrationId ? await demonstrationFolder(env) : "";
  return locateModel(id, { modelsDir, demonstrationDir });
}

/** The folder of the installed models that tell voices apart; null where there are none. Throws model-damaged. */
export async function chooseVoices(env: Env): Promise<string | null> {
  const { voices } = await loadCatalog();
  const ids = voices.toSorted((a, b) => Number(b.recommended) - Number(a.recommended)).map(({ id }) => id);
  return findVoices(modelsFolder(env), ids);
}

async function bestInstalled(modelsDir: string, policy: PolicyState): Promise<string | null> {
  const installed = (await listInstalledModels(modelsDir)).filter((id) => isAllowed(policy.models, id));
  const { speech } = await loadCatalog();
  const known = speech.filter(({ id }) => installed.includes(id));
  return (known.find(({ recommended }) => recommended) ?? known.at(-1))?.id ?? installed[0] ?? null;
}
