// Where a language model lies, by its id or by a path. Runs in main and the command line.
import { stat } from "node:fs/promises";
import { basename, isAbsolute, join, resolve } from "node:path";
import { LyssnaError } from "../errors.ts";
import { ggufIn, isGguf } from "./gguf-file.ts";
import { readManifest } from "./model-folder.ts";

/**
 * The GGUF file of a model by its id under `dir`, or by the path of a file or folder. Throws model-missing, or
 * model-damaged for one that is not GGUF or not as long as it was when it came.
 */
export async function locateLanguage(idOrPath: string, dir: string): Promise<string> {
  const isPath =
    isAbsolute(idOrPath) || /[\\/]/u.test(idOrPath) || idOrPath.startsWith(".") || idOrPath.endsWith(".gguf");
  const place = isPath ? resolve(idOrPath) : join(dir, idOrPath);
  const id = isPath ? basename(place) : idOrPath;
  const found = await stat(place).catch(() => null);
  const file = found?.isFile() === true ? place : await ggufIn(place);
  if (found === null || file === null) throw new LyssnaError("model-missing", { model: id });
  const damaged = () => new LyssnaError("model-damaged", { model: id, file: basename(file) });
  if (!(await isGguf(file))) throw damaged();
  const manifest = found.isFile() ? null : await readManifest(place);
  const listed = manifest?.files.find(({ path }) => path === basename(file));
  if (listed !== undefined && (await stat(file)).size !== listed.sizeBytes) throw damaged();
  return file;
}
