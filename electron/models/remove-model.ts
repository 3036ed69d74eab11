// Removes a model, out of sight first: half a model is never seen. Runs in main and the command line.
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { LyssnaError } from "../errors.ts";
import { listInstalledModels, type ModelKind } from "./model-folder.ts";

const kinds = ["speech", "voices", "language"] as const satisfies readonly ModelKind[];

/** Ids of everything that is installed, whole or not. */
export async function listAllModels(modelsDir: string): Promise<readonly string[]> {
  return (await Promise.all(kinds.map((kind) => listInstalledModels(modelsDir, kind)))).flat();
}

/** The id names a folder directly under `modelsDir`, nothing else. Throws model-missing. */
export async function removeModel(id: string, modelsDir: string): Promise<void> {
  if (!(await listAllModels(modelsDir)).includes(id)) throw new LyssnaError("model-missing", { model: id });
  const old = join(modelsDir, `.removed-${id}`);
  await rm(old, { recursive: true, force: true });
  await rename(join(modelsDir, id), old);
  await rm(old, { recursive: true, force: true });
}
