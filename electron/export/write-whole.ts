// Writes a document whole or not at all: what was there before stays until the new one is complete. Runs in main.
import { randomUUID } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { LyssnaError, toErrorData } from "../errors.ts";

/**
 * Writes beside the target, syncs, then takes its place; the file's rights are kept when it is replaced.
 * Throws no-room, or cannot-write with the file's name; then the target is as it was.
 */
export async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  const partial = join(dirname(path), `.${randomUUID()}.part`);
  try {
    const mode = await stat(path).then(
      (stats) => stats.mode & 0o777,
      () => 0o666,
    );
    const file = await open(partial, "wx", mode);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    if (toErrorData(error).code === "no-room") throw new LyssnaError("no-room", {}, { cause: error });
    throw new LyssnaError("cannot-write", { file: basename(path) }, { cause: error });
  }
}
