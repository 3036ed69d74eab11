// The files to take in from what a person chose or dropped: files as they are, folders opened. Runs in main.
import type { Dirent } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import type { FolderListing } from "../contract.ts";
import { soundEndings } from "../file-endings.ts";
import { transcriptEndings } from "./read-transcript.ts";

const wanted: ReadonlySet<string> = new Set([...soundEndings.map((ending) => `.${ending}`), ...transcriptEndings]);

/** A person's folders are a few levels deep; a whole disk that was dropped by mistake is not walked through. */
const deepest = 8;
const filesMax = 2000;

/** Never throws for a path: one that is missing is handed on, so that its own row says why. Links are not followed. */
export async function listFolders(
  paths: readonly string[],
  bounds: { readonly deepest: number; readonly filesMax: number } = { deepest, filesMax },
): Promise<FolderListing> {
  const files: string[] = [];
  let leftOut = 0;
  let closed = 0;
  let more = false;

  async function walk(folder: string, depth: number): Promise<void> {
    let entries: Dirent[];
    try {
      entries = await readdir(folder, { withFileTypes: true });
    } catch {
      closed += 1;
      return;
    }
    for (const entry of entries.toSorted((a, b) => byName.compare(a.name, b.name))) {
      const path = join(folder, entry.name);
      const hidden = entry.name.startsWith(".");
      if (entry.isDirectory() && !hidden) {
        if (depth < bounds.deepest) await walk(path, depth + 1);
        else more = true;
      } else if (hidden || !entry.isFile() || !wanted.has(extname(entry.name).toLowerCase())) {
        leftOut += 1;
      } else if (files.length < bounds.filesMax) {
        files.push(path);
      } else {
        more = true;
        return;
      }
    }
  }

  for (const path of paths) {
    const isFolder = await lstat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (isFolder) await walk(path, 1);
    else files.push(path);
  }
  return { files, leftOut, closed, more };
}

const byName = new Intl.Collator("sv", { numeric: true });
