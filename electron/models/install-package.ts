// Installs the models of a package: everything is copied beside, counted and summed, and only then put in place. What is
// wrong with any of it stops all of it. Runs in main and the command line.
import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { LyssnaError, toErrorData } from "../errors.ts";
import { copyBytes } from "./copy-file.ts";
import { checkRoom, finishModel, type ModelWork } from "./import-model.ts";
import { checkModelFolder, type Manifest, readManifest } from "./model-folder.ts";
import {
  checkSignature,
  mostManifestBytes,
  mostSignatureBytes,
  packageError,
  packageFile,
  type PackedModel,
  parsePackage,
  signatureFile,
} from "./package-format.ts";
import { openPackage, type PackageSource } from "./package-source.ts";

export interface PackageOptions extends ModelWork {
  /** Public key that must vouch for it (SPKI, PEM); null takes any, and none. */
  readonly key: string | null;
  /** Which of its models may be taken. */
  readonly isAllowed: (id: string) => boolean;
  /** Leaves out what is installed and whole, file for file: for an install that nobody asked for just now. */
  readonly onlyMissing?: boolean;
}

export interface InstalledPackage {
  /** Of the models that were installed. */
  readonly ids: readonly string[];
  /** Fingerprint of the key that vouches for it; null for nobody. */
  readonly signedBy: string | null;
}

/**
 * Throws file-not-found, model-package-invalid, -damaged, -signature, -several, model-damaged, model-no-room, no-room,
 * cancelled; package-forbidden where no model of it may be taken.
 */
export async function installPackage(
  path: string,
  modelsDir: string,
  options: PackageOptions,
): Promise<InstalledPackage> {
  const source = await openPackage(path);
  const draft = join(modelsDir, `.incoming-${randomUUID()}`);
  try {
    const { models, signedBy } = await readPackage(source, options.key);
    const allowed = models.filter(({ id }) => options.isAllowed(id));
    if (allowed.length === 0) throw new LyssnaError("package-forbidden", { file: source.name });
    const wanted: PackedModel[] = [];
    for (const model of allowed)
      if (options.onlyMissing !== true || !(await isInstalled(model, modelsDir))) wanted.push(model);
    if (wanted.length === 0) return { ids: [], signedBy };
    await checkSizes(wanted, source);
    const totalBytes = wanted.flatMap(({ files }) => files).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    await mkdir(modelsDir, { recursive: true });
    await checkRoom(modelsDir, totalBytes, wanted.map(({ id }) => id).join(", "));
    let doneBytes = 0;
    const moved = (bytes: number) => options.report(totalBytes === 0 ? 1 : (doneBytes += bytes) / totalBytes);
    for (const model of wanted) await unpack(model, source, join(draft, model.id), options.signal, moved);
    // Only whole packages are put in place: from here nothing is left to go wrong but the disk.
    for (const model of wanted) await finishModel(join(draft, model.id), modelsDir, model);
    return { ids: wanted.map(({ id }) => id), signedBy };
  } catch (error) {
    if (options.signal.aborted) throw new LyssnaError("cancelled");
    throw toErrorData(error).code === "no-room" ? new LyssnaError("no-room", {}, { cause: error }) : error;
  } finally {
    source.close();
    await rm(draft, { recursive: true, force: true });
  }
}

async function readPackage(source: PackageSource, key: string | null) {
  const manifest = await readSmall(source, packageFile, mostManifestBytes);
  if (manifest === null) throw packageError(source.name, "package-none");
  const signature = await readSmall(source, signatureFile, mostSignatureBytes);
  // Before anything in it is believed.
  const signedBy = checkSignature(manifest, signature, key, source.name);
  return { ...parsePackage(manifest, source.name), signedBy };
}

/** Null where there is no such file. What is longer than it says, or than it may be, is refused. */
async function readSmall(source: PackageSource, path: string, mostBytes: number): Promise<Buffer | null> {
  const sizeBytes = await source.sizeOf(path);
  if (sizeBytes === null) return null;
  if (sizeBytes > mostBytes) throw packageError(source.name, "package-manifest");
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of reading(source, path)) {
    if ((bytes += part.length) > sizeBytes) throw packageError(source.name, "package-unreadable");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** What the package claims to hold must be what lies there, before the first byte is copied. */
async function checkSizes(models: readonly PackedModel[], source: PackageSource): Promise<void> {
  for (const { id, files } of models) {
    for (const { path, sizeBytes } of files) {
      if ((await source.sizeOf(`${id}/${path}`)) !== sizeBytes) throw damaged(source, `${id}/${path}`);
    }
  }
}

const damaged = ({ name }: PackageSource, part: string, cause?: unknown): LyssnaError =>
  new LyssnaError("model-package-damaged", { file: name, part }, { cause });

async function isInstalled({ id, files }: PackedModel, modelsDir: string): Promise<boolean> {
  try {
    const dir = join(modelsDir, id);
    await checkModelFolder(dir, id);
    const here = new Map((await readManifest(dir))?.files.map((file) => [file.path, file.sha256]));
    return here.size === files.length && files.every(({ path, sha256 }) => here.get(path) === sha256);
  } catch {
    return false;
  }
}

async function unpack(
  { id, files }: Manifest,
  source: PackageSource,
  dir: string,
  signal: AbortSignal,
  moved: (bytes: number) => void,
): Promise<void> {
  for (const { path, sizeBytes, sha256 } of files) {
    const copied = await copyBytes(reading(source, `${id}/${path}`), join(dir, ...path.split("/")), {
      signal,
      moved,
      mostBytes: sizeBytes,
      tooLong: () => damaged(source, `${id}/${path}`),
    });
    if (copied.sizeBytes !== sizeBytes || copied.sha256 !== sha256) throw damaged(source, `${id}/${path}`);
  }
  try {
    await checkModelFolder(dir, id);
  } catch (error) {
    throw damaged(source, String(toErrorData(error).details["file"] ?? id), error);
  }
}

/** The bytes of a file in the package. A stick that was pulled out, or a share that went, is a package that is not whole. */
async function* reading(source: PackageSource, path: string): AsyncGenerator<Buffer> {
  try {
    yield* await source.open(path);
  } catch (error) {
    throw error instanceof LyssnaError ? error : damaged(source, path, error);
  }
}
