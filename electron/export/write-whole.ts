// Writes a document whole or not at all: what was there before stays until the new one is complete. Runs in main.
import { randomUUID } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { LyssnaError, toErrorData } from "../errors.ts";

export interface WholeFile {
  readonly path: string;
  readonly bytes: Uint8Array | string;
}

/** One file as `writeAllWhole` writes several. */
export const writeWhole = (path: string, bytes: Uint8Array | string): Promise<void> => writeAllWhole([{ path, bytes }]);

/**
 * Writes all beside their targets and syncs them; only then they take their places, and keep the rights of what they
 * replace. Throws no-room, or cannot-write with the file's name; then every target is as it was.
 */
export async function writeAllWhole(files: readonly WholeFile[]): Promise<void> {
  const partials: string[] = [];
  let writing = "";
  try {
    for (const { path, bytes } of files) {
      writing = path;
      const partial = join(dirname(path), `.${randomUUID()}.part`);
      partials.push(partial);
      await writePartial(partial, bytes, await modeOf(path));
    }
    for (const [at, { path }] of files.entries()) {
      writing = path;
      await rename(partials[at] ?? "", path);
    }
  } catch (error) {
    for (const partial of partials) await rm(partial, { force: true }).catch(() => {});
    if (toErrorData(error).code === "no-room") throw new LyssnaError("no-room", {}, { cause: error });
    throw new LyssnaError("cannot-write", { file: basename(writing) }, { cause: error });
  }
}

async function writePartial(path: string, bytes: Uint8Array | string, mode: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

const modeOf = (path: string): Promise<number> =>
  stat(path).then(
    (stats) => stats.mode & 0o777,
    () => 0o666,
  );
