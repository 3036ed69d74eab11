// Model folders on this machine: which there are, whether each is whole, and where one named by id or path lies.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, isAbsolute, join, resolve, sep } from "node:path";
import { z } from "zod";
import { LyssnaError } from "../errors.ts";
import { configFiles, voiceFile, voiceFiles, voiceParts } from "../inference/layout.ts";
import { ggufIn, isGguf } from "./gguf-file.ts";
import { isWholeOnnx } from "./onnx-whole.ts";

/** Written by an import or a download: what the folder held when it was whole. */
export const manifestFile = "lyssna-model.json";

/** Within the folder: names with single slashes between, none of them hidden, a way up, or what Windows cannot keep apart. */
export const modelPath = z
  .string()
  .max(200, { abort: true })
  .regex(/^[\p{L}\p{N}_-][\p{L}\p{N}_ .()+-]*(?:\/[\p{L}\p{N}_-][\p{L}\p{N}_ .()+-]*){0,4}$/u)
  .refine((path) => path.split("/").every((name) => !/[ .]$/u.test(name) && !deviceName.test(name)));

/** Names of devices in Windows, whatever follows the point. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

export const manifestSchema = z.object({
  lyssna: z.literal("model/1"),
  /** Also the name of its folder: a manifest from elsewhere must not name a place outside. */
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/u),
  hub: z.string().optional(),
  /** The commit that the download resolved to. */
  revision: z.string().optional(),
  files: z.array(z.object({ path: modelPath, sizeBytes: z.number().int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

export interface LocatedModel {
  readonly id: string;
  readonly dir: string;
  readonly demonstration: boolean;
}

export const demonstrationId = "demonstration";

export interface ModelPlaces {
  /** Folder with a folder per installed model. */
  readonly modelsDir: string;
  /** Folder of the demonstration model. */
  readonly demonstrationDir: string;
}

export type ModelKind = "speech" | "voices" | "language";

/** Ids of the folders under `modelsDir`, whole or not. */
export async function listInstalledModels(modelsDir: string, kind: ModelKind = "speech"): Promise<readonly string[]> {
  const entries = await readdir(modelsDir, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
  const kinds = await Promise.all(names.map((name) => kindOf(join(modelsDir, name))));
  return names.filter((_, at) => kinds[at] === kind);
}

/** What a folder is by what lies in it. */
export async function kindOf(dir: string): Promise<ModelKind> {
  if ((await ggufIn(dir)) !== null) return "language";
  const parts = await Promise.all(voiceParts.map((part) => stat(join(dir, part)).catch(() => null)));
  return parts.some((part) => part?.isDirectory() === true) ? "voices" : "speech";
}

/** The installed models that tell voices apart, those that the catalogue recommends first; null where there are none. */
export async function findVoices(modelsDir: string, recommended: readonly string[]): Promise<string | null> {
  const installed = await listInstalledModels(modelsDir, "voices");
  const id = recommended.find((one) => installed.includes(one)) ?? installed[0];
  if (id === undefined) return null;
  await checkModelFolder(join(modelsDir, id), id);
  return join(modelsDir, id);
}

/** Finds a model by id or folder. Throws model-missing, or model-damaged with the file that is wrong. */
export async function locateModel(idOrDir: string, places: ModelPlaces): Promise<LocatedModel> {
  const isPath = isAbsolute(idOrDir) || idOrDir.includes("/") || idOrDir.includes(sep) || idOrDir.startsWith(".");
  const dir = isPath
    ? resolve(idOrDir)
    : idOrDir === demonstrationId
      ? places.demonstrationDir
      : join(places.modelsDir, idOrDir);
  const id = isPath ? basename(dir) : idOrDir;
  if (!(await stat(dir).catch(() => null))?.isDirectory()) throw new LyssnaError("model-missing", { model: id });
  await checkModelFolder(dir, id);
  return { id, dir, demonstration: idOrDir === demonstrationId };
}

/** Checks that every file is there and readable as what it should be, without reading the weights. Throws model-damaged. */
export async function checkModelFolder(dir: string, id: string = basename(dir)): Promise<void> {
  const damaged = (file: string, cause?: unknown) => new LyssnaError("model-damaged", { model: id, file }, { cause });
  const kind = await kindOf(dir);
  if (kind === "language") return checkLanguageFolder(dir, damaged);
  const isVoices = kind === "voices";
  const configs = isVoices ? voiceFiles.filter((file) => file.endsWith(".json")) : configFiles;
  for (const file of configs) {
    try {
      JSON.parse(await readFile(join(dir, file), "utf8"));
    } catch (error) {
      throw damaged(file, error);
    }
  }
  if (isVoices) {
    for (const part of voiceParts)
      if (!(await isWholeOnnx(join(dir, voiceFile(part))).catch(() => false))) throw damaged(voiceFile(part));
  }
  const weights = isVoices ? [] : await readdir(join(dir, "onnx")).catch(() => []);
  for (const part of isVoices ? [] : ["encoder_model", "decoder_model_merged"]) {
    const found = weights.filter((name) => name.startsWith(part) && name.endsWith(".onnx"));
    if (found.length === 0) throw damaged(`onnx/${part}.onnx`);
    for (const name of found) {
      if (!(await isWholeOnnx(join(dir, "onnx", name)).catch(() => false))) throw damaged(`onnx/${name}`);
    }
  }
  const manifest = await readManifest(dir);
  for (const { path, sizeBytes } of manifest?.files ?? []) {
    if ((await stat(join(dir, path)).catch(() => null))?.size !== sizeBytes) throw damaged(path);
  }
}

async function checkLanguageFolder(dir: string, damaged: (file: string) => LyssnaError): Promise<void> {
  for (const name of (await readdir(dir)).filter((one) => one.endsWith(".gguf")))
    if (!(await isGguf(join(dir, name)))) throw damaged(name);
  for (const { path, sizeBytes } of (await readManifest(dir))?.files ?? [])
    if ((await stat(join(dir, path)).catch(() => null))?.size !== sizeBytes) throw damaged(path);
}

/**
 * Reads every byte and compares it with the manifest. Throws model-damaged, and model-unrecorded for a folder with which nobody
 * recorded anything.
 * @param report is told how far it has come, 0 to 1
 */
export async function verifyModel(
  dir: string,
  id: string,
  signal: AbortSignal,
  report: (fraction: number) => void = () => {},
): Promise<void> {
  await checkModelFolder(dir, id);
  const manifest = await readManifest(dir);
  if (manifest === null) throw new LyssnaError("model-unrecorded", { model: id });
  const totalBytes = manifest.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let doneBytes = 0;
  const moved = (bytes: number) => report((doneBytes += bytes) / totalBytes);
  for (const { path, sha256 } of manifest.files) {
    if ((await hashFile(join(dir, path), signal, moved)) !== sha256)
      throw new LyssnaError("model-damaged", { model: id, file: path });
  }
}

export async function readManifest(dir: string): Promise<Manifest | null> {
  const text = await readFile(join(dir, manifestFile), "utf8").catch(() => null);
  if (text === null) return null;
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new LyssnaError("model-damaged", { model: basename(dir), file: manifestFile }, { cause: error });
  }
}

/** SHA-256 of a file as lower-case hex. */
export async function hashFile(
  path: string,
  signal: AbortSignal,
  moved: (bytes: number) => void = () => {},
): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { signal, highWaterMark: 1 << 18 })) {
    hash.update(chunk as Buffer);
    moved((chunk as Buffer).length);
  }
  return hash.digest("hex");
}
