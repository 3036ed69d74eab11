// Where a package's files are read from: a folder or a zip. Nothing is unpacked but what the manifest names, as many bytes
// as it names, to places that we choose. Runs in main and the command line.
import { constants } from "node:fs";
import { lstat, open as openFile, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { LyssnaError } from "../errors.ts";
import { foldName, packageError, packageFile } from "./package-format.ts";

export interface PackageSource {
  /** For sentences: the name of the file or folder. */
  readonly name: string;
  /** Bytes of a file in the package; null where it holds no such file. Throws model-package-invalid for a link. */
  sizeOf(path: string): Promise<number | null>;
  /** The file's bytes. */
  open(path: string): Promise<AsyncIterable<Buffer>>;
  close(): void;
}

/** More entries than this are no package of models. */
const mostEntries = 5000;

/**
 * Opens the package in a folder or zip. In a folder without a manifest the one package within is meant: a USB stick is chosen
 * as a whole. Throws file-not-found, model-package-invalid, model-package-several.
 */
export async function openPackage(path: string): Promise<PackageSource> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new LyssnaError("file-not-found", { file: basename(path) });
  if (!found.isDirectory()) return openZip(path);
  if (await isPackageFolder(path)) return folderSource(path);
  const inside = await packagesIn(path);
  const [only] = inside;
  if (only === undefined) throw packageError(basename(path), "package-none");
  if (inside.length > 1) throw new LyssnaError("model-package-several", { file: basename(path) });
  return openPackage(only);
}

/** Whether a folder is a package, or holds one or several. */
export const holdsPackage = async (dir: string): Promise<boolean> =>
  (await isPackageFolder(dir)) || (await packagesIn(dir)).length > 0;

const isPackageFolder = async (dir: string): Promise<boolean> =>
  (await lstat(join(dir, packageFile)).catch(() => null))?.isFile() === true;

async function packagesIn(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(dir, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith(".") && (await isPackageFolder(path))) found.push(path);
    if (entry.isFile() && entry.name.toLowerCase().endsWith(".zip") && (await isPackageZip(path))) found.push(path);
  }
  return found;
}

async function isPackageZip(path: string): Promise<boolean> {
  try {
    (await openZip(path)).close();
    return true;
  } catch {
    return false;
  }
}

function folderSource(dir: string): PackageSource {
  const name = basename(dir);
  /** No part of the way may be a link: it may lead anywhere. */
  async function look(path: string) {
    const parts = path.split("/");
    for (let depth = 1; depth <= parts.length; depth++) {
      const found = await lstat(join(dir, ...parts.slice(0, depth))).catch(() => null);
      if (found === null) return null;
      const isRight = depth === parts.length ? found.isFile() : found.isDirectory();
      if (!isRight) throw packageError(name, found.isSymbolicLink() ? "package-link" : "package-manifest");
      if (depth === parts.length) return found;
    }
    return null;
  }
  return {
    name,
    sizeOf: async (path) => (await look(path))?.size ?? null,
    async open(path) {
      await look(path);
      // Windows has no such flag, and gives 0 for it.
      const file = await openFile(join(dir, ...path.split("/")), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
      return file.createReadStream();
    },
    close: () => {},
  };
}

async function openZip(path: string): Promise<PackageSource> {
  const name = basename(path);
  let zip: ZipFile;
  try {
    // Backslashes are read as slashes, as the tools that write them mean it; names that lead elsewhere are refused.
    zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  } catch {
    throw packageError(name, "package-unreadable");
  }
  try {
    const entries = await readEntries(zip, name);
    const entryOf = (file: string): Entry | undefined => entries.get(foldName(file));
    return {
      name,
      sizeOf: async (file) => entryOf(file)?.uncompressedSize ?? null,
      async open(file) {
        const entry = entryOf(file);
        if (entry === undefined) throw packageError(name, "package-unreadable");
        return zip.openReadStreamPromise(entry);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error instanceof LyssnaError ? error : packageError(name, "package-unreadable");
  }
}

/** The entries by name, seen from the folder that the manifest lies in. */
async function readEntries(zip: ZipFile, name: string): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > mostEntries) throw packageError(name, "package-none");
  const all = new Map<string, Entry>();
  for await (const entry of namedEntries(zip, name)) {
    if (entry.fileName.endsWith("/")) continue;
    const key = foldName(entry.fileName);
    if (all.has(key)) throw packageError(name, "package-twice");
    all.set(key, entry);
    const type = (entry.externalFileAttributes >>> 16) & 0o170000;
    if (type === 0o120000) throw packageError(name, "package-link");
    if (entry.isEncrypted()) throw packageError(name, "package-locked");
  }
  // Who packs a folder with the system's own tool gets the folder itself as the first part of every name.
  const isManifest = (key: string) => key === packageFile || key.endsWith(`/${packageFile}`);
  const manifest = [...all.keys()].find(
    (key) => isManifest(key) && key.split("/").length <= 2 && !key.startsWith("__macosx/"),
  );
  if (manifest === undefined) throw packageError(name, "package-none");
  const prefix = manifest.slice(0, -packageFile.length);
  return new Map(
    [...all].filter(([key]) => key.startsWith(prefix)).map(([key, entry]) => [key.slice(prefix.length), entry]),
  );
}

async function* namedEntries(zip: ZipFile, name: string): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch (error) {
    const { message } = error as Error;
    const leadsElsewhere = /invalid relative path|absolute path|invalid characters/u.test(message);
    throw packageError(name, leadsElsewhere ? "package-name" : "package-unreadable");
  }
}
