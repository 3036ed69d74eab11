// Takes a model from a folder (a USB stick, a share): copied beside, checked, then put in its place. Whole or not at all.
import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, mkdir, readdir, rename, rm, stat, statfs, writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { LyssnaError, toErrorData } from "../errors.ts";
import { configFiles, voiceFiles } from "../inference/layout.ts";
import { copyBytes } from "./copy-file.ts";
import { ggufsIn } from "./gguf-file.ts";
import { checkModelFolder, kindOf, type Manifest, manifestFile, readManifest } from "./model-folder.ts";

export interface ModelWork {
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly report: (fraction: number) => void;
}

/** Copies the model in `source` to `modelsDir` and answers its id. Nothing is changed if it is not whole or does not fit. */
export async function importModel(source: string, modelsDir: string, { signal, report }: ModelWork): Promise<string> {
  const known = await readManifest(source);
  const id = known?.id ?? idFromName(basename(source));
  if (!(await stat(source).catch(() => null))?.isDirectory()) throw new LyssnaError("model-missing", { model: id });
  await checkModelFolder(source, id);
  const files = await modelFiles(source);
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  await mkdir(modelsDir, { recursive: true });
  await checkRoom(modelsDir, totalBytes, id);

  const draft = join(modelsDir, `.incoming-${randomUUID()}`);
  try {
    const listed: Manifest["files"] = [];
    let doneBytes = 0;
    const moved = (bytes: number) => report((doneBytes += bytes) / totalBytes);
    for (const { path, sizeBytes } of files) {
      const copied = await copyBytes(
        createReadStream(join(source, path), { highWaterMark: 1 << 18 }),
        join(draft, path),
        {
          signal,
          moved,
        },
      );
      const expected = known?.files.find((file) => file.path === path)?.sha256;
      if (copied.sizeBytes !== sizeBytes || (expected !== undefined && expected !== copied.sha256))
        throw new LyssnaError("model-damaged", { model: id, file: path });
      listed.push({ path, ...copied });
    }
    await finishModel(draft, modelsDir, { ...known, lyssna: "model/1", id, files: listed });
    return id;
  } catch (error) {
    throw toErrorData(error).code === "no-room" ? new LyssnaError("no-room", {}, { cause: error }) : error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Writes the manifest and moves a whole draft to its place; what stood there before goes only then. */
export async function finishModel(draft: string, modelsDir: string, manifest: Manifest): Promise<void> {
  await writeFile(join(draft, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`);
  const place = join(modelsDir, manifest.id);
  const old = join(modelsDir, `.old-${randomUUID()}`);
  await rename(place, old).catch(() => {});
  await rename(draft, place);
  await rm(old, { recursive: true, force: true });
}

/** What a disk keeps free: a full one stops more than this. */
const spareBytes = 100e6;

/** Throws model-no-room when the folder's disk has not room for so many bytes more. */
export async function checkRoom(dir: string, neededBytes: number, model: string): Promise<void> {
  const { bavail, bsize } = await statfs(dir);
  const freeBytes = bavail * bsize;
  if (freeBytes - spareBytes >= neededBytes) return;
  const megabytes = (bytes: number) => Math.ceil(bytes / 1e6);
  throw new LyssnaError("model-no-room", {
    model,
    needMb: megabytes(neededBytes + spareBytes),
    freeMb: Math.floor(freeBytes / 1e6),
  });
}

/** Only what a model is made of: nothing else that lies in the folder comes along. */
async function modelFiles(dir: string): Promise<readonly { readonly path: string; readonly sizeBytes: number }[]> {
  const weights = await readdir(join(dir, "onnx"), { withFileTypes: true }).catch(() => []);
  const kind = await kindOf(dir);
  if (kind === "language")
    return sizesOf(
      dir,
      (await ggufsIn(dir)).map((name) => join(dir, name)),
    );
  const isVoices = kind === "voices";
  const paths = isVoices
    ? voiceFiles.map((file) => join(dir, file))
    : [
        ...configFiles.map((file) => join(dir, file)),
        ...weights
          .filter((entry) => entry.isFile() && /\.onnx(_data.*)?$/u.test(entry.name))
          .map(({ name }) => join(dir, "onnx", name)),
      ];
  return sizesOf(dir, paths);
}

/** A link is no file of the model's: it may lead anywhere. */
const sizesOf = (dir: string, paths: readonly string[]) =>
  Promise.all(
    paths.map(async (path) => {
      const found = await lstat(path);
      const inside = relative(dir, path).replaceAll("\\", "/");
      if (!found.isFile()) throw new LyssnaError("model-damaged", { model: basename(dir), file: inside });
      return { path: inside, sizeBytes: found.size };
    }),
  );

const idFromName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/gu, "-")
    .replace(/^[.-]+|[.-]+$/gu, "")
    .slice(0, 64) || "model";
