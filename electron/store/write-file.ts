// Writes a small file whole or not at all. Runs anywhere under Node.
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Makes names in a folder durable. Windows cannot open a folder; there the file system journals names itself. */
export function syncFolder(dir: string): void {
  if (process.platform === "win32") return;
  const folder = openSync(dir, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/**
 * Writes, syncs and then puts the file in place, readable only by its owner.
 * @param options.overwrite when false, a file that is already there is kept and the call throws EEXIST
 */
export function writeWhole(path: string, bytes: Uint8Array, options: { readonly overwrite: boolean }): void {
  const partial = `${path}.${process.pid}.part`;
  rmSync(partial, { force: true });
  try {
    const file = openSync(partial, "wx", 0o600);
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (options.overwrite) renameSync(partial, path);
    else linkNew(partial, path);
    syncFolder(dirname(path));
  } finally {
    rmSync(partial, { force: true });
  }
}

/** A link refuses a name that is taken; file systems without links (memory sticks) get a check and a rename. */
function linkNew(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST" || existsSync(to)) throw error;
    renameSync(from, to);
  }
}
