// Reads a small file that a person chose, never more of it than is sensible. Runs anywhere under Node.
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { LyssnaError } from "./errors.ts";

/** Throws file-not-found, file-unreadable, file-empty, or `tooLarge` above the limit. */
export async function readBounded(path: string, limitBytes: number, tooLarge: LyssnaError): Promise<Buffer> {
  const file = basename(path);
  const handle = await open(path).catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code === "ENOENT" ? "file-not-found" : "file-unreadable";
    throw new LyssnaError(code, { file }, { cause: error });
  });
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new LyssnaError("file-unreadable", { file });
    if (stats.size === 0) throw new LyssnaError("file-empty", { file });
    if (stats.size > limitBytes) throw tooLarge;
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
