// "Skapa modellpaket": installed models become a folder or a zip, to be carried to another computer. Every byte is compared
// with what was recorded when it came. Whole or not at all. Runs in main and the command line.
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { lstat, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { LyssnaError, toErrorData } from "../errors.ts";
import { copyBytes } from "./copy-file.ts";
import type { ModelWork } from "./import-model.ts";
import { checkModelFolder, type Manifest, readManifest } from "./model-folder.ts";
import { type ModelPackage, packageFile, signatureFile, signPackage } from "./package-format.ts";

export interface MakeOptions extends ModelWork {
  /** Private key that vouches for it (PKCS #8, PEM). */
  readonly signWith?: string;
  readonly now?: () => Date;
}

/** The folder that a package becomes within one that is there already. */
export const packageFolder = "lyssna-modeller";

/**
 * Packs models to a zip where `out` ends so, otherwise to a folder: `out` itself, or `lyssna-modeller` in it where it is there.
 * Answers the path. A zip that was there is replaced; a folder is not. Throws model-missing, model-damaged, already-there,
 * cannot-write, no-room, file-too-large-here, signing-key-invalid, cancelled.
 */
export async function makePackage(
  ids: readonly string[],
  modelsDir: string,
  out: string,
  options: MakeOptions,
): Promise<string> {
  const models = await Promise.all([...new Set(ids)].map((id) => recorded(id, modelsDir)));
  const createdAt = (options.now?.() ?? new Date()).toISOString();
  const described: ModelPackage = { lyssna: "model-package/1", createdAt, models };
  const manifest = Buffer.from(`${JSON.stringify(described, null, 2)}\n`);
  const heads: Head[] = [{ name: packageFile, bytes: manifest }];
  if (options.signWith !== undefined)
    heads.push({ name: signatureFile, bytes: signPackage(manifest, options.signWith) });
  const isZip = out.toLowerCase().endsWith(".zip");
  const place = resolve(out);
  const exists = await lstat(place).catch(() => null);
  const target = !isZip && exists?.isDirectory() === true ? join(place, packageFolder) : place;
  const isInside = !relative(resolve(modelsDir), target).startsWith("..");
  const isTaken = isZip ? exists?.isDirectory() === true : (await lstat(target).catch(() => null)) !== null;
  if (isInside || isTaken) throw new LyssnaError("already-there", { file: basename(target) });
  const part = join(dirname(target), `.${basename(target)}.part`);
  const totalBytes = models.flatMap(({ files }) => files).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let doneBytes = 0;
  const moved = (bytes: number) => options.report((doneBytes += bytes) / totalBytes);
  const contents = models.flatMap(({ id, files }) =>
    files.map((file) => ({
      name: `${id}/${file.path}`,
      sizeBytes: file.sizeBytes,
      read: () => checked(id, file, modelsDir, options.signal, moved),
    })),
  );
  try {
    await rm(part, { recursive: true, force: true });
    await (isZip ? writeZip(part, heads, contents, createdAt) : writeFolder(part, heads, contents, options.signal));
    await rename(part, target);
    return target;
  } catch (error) {
    await rm(part, { recursive: true, force: true }).catch(() => {});
    throw tell(error, target, options.signal);
  }
}

interface Content {
  readonly name: string;
  readonly sizeBytes: number;
  readonly read: () => AsyncIterable<Buffer>;
}
type Head = { readonly name: string; readonly bytes: Buffer };

async function recorded(id: string, modelsDir: string): Promise<Manifest> {
  const dir = join(modelsDir, id);
  if ((await lstat(dir).catch(() => null)) === null) throw new LyssnaError("model-missing", { model: id });
  await checkModelFolder(dir, id);
  const manifest = await readManifest(dir);
  // Whoever laid the folder there by hand recorded nothing to compare with: taken in by Lyssna it is.
  if (manifest === null || manifest.id !== id) throw new LyssnaError("model-unrecorded", { model: id });
  return manifest;
}

/** A file's bytes; at its end it throws model-damaged where they are not what was recorded. */
async function* checked(
  id: string,
  { path, sizeBytes, sha256 }: Manifest["files"][number],
  modelsDir: string,
  signal: AbortSignal,
  moved: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const sum = createHash("sha256");
  let bytes = 0;
  for await (const part of createReadStream(join(modelsDir, id, path), { highWaterMark: 1 << 18, signal })) {
    const chunk = part as Buffer;
    sum.update(chunk);
    bytes += chunk.length;
    moved(chunk.length);
    yield chunk;
  }
  if (bytes !== sizeBytes || sum.digest("hex") !== sha256)
    throw new LyssnaError("model-damaged", { model: id, file: path });
}

/** Written through to the disk: a stick is pulled out as soon as it says that it is done. */
async function writeFolder(
  dir: string,
  heads: readonly Head[],
  contents: readonly Content[],
  signal: AbortSignal,
): Promise<void> {
  for (const { name, read } of contents) {
    await copyBytes(read(), join(dir, ...name.split("/")), { signal, moved: () => {} });
  }
  // Last of all: without it the folder is no package.
  for (const { name, bytes } of heads) await writeFile(join(dir, name), bytes, { flush: true });
}

/** Stored, not compressed: weights are as good as random, and a file of gigabytes is read and written once. */
async function writeZip(
  path: string,
  heads: readonly Head[],
  contents: readonly Content[],
  createdAt: string,
): Promise<void> {
  const zip = new ZipFile();
  const options = { compress: false, mtime: new Date(createdAt) };
  const output = zip.outputStream as Readable;
  zip.on("error", (error: Error) => output.destroy(error));
  for (const { name, bytes } of heads) zip.addBuffer(bytes, name, options);
  for (const { name, sizeBytes, read } of contents) {
    zip.addReadStreamLazy(name, { ...options, size: sizeBytes }, (give) => {
      const stream = Readable.from(read(), { objectMode: false });
      stream.on("error", (error) => output.destroy(error));
      give(null, stream);
    });
  }
  zip.end();
  await pipeline(output, createWriteStream(path, { flush: true, flags: "wx" }));
}

function tell(error: unknown, target: string, signal: AbortSignal): unknown {
  if (signal.aborted) return new LyssnaError("cancelled");
  if (error instanceof LyssnaError) return error;
  const file = basename(target);
  const { code } = error as NodeJS.ErrnoException;
  // FAT32, as many sticks come, holds no file of 4 GB.
  if (code === "EFBIG") return new LyssnaError("file-too-large-here", { file }, { cause: error });
  if (toErrorData(error).code === "no-room") return new LyssnaError("no-room", {}, { cause: error });
  return new LyssnaError("cannot-write", { file }, { cause: error });
}
