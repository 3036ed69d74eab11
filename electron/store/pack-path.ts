// Where the rows of a package lie while they are on their way, encrypted under a key of their own. Runs anywhere under Node.
import { rmSync } from "node:fs";
import { join } from "node:path";

const folderOf = (dir: string): string => join(dir, "moving");

/** One package at a time: the data folder's lock holds for it too. */
export const packPath = (dir: string): string => join(folderOf(dir), "store.db");

/** Takes it away, also what a crash left. */
export const dropPack = (dir: string): void => rmSync(folderOf(dir), { recursive: true, force: true });
