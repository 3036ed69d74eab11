// GGUF files in a folder, by name and by how they begin. Runs in main and the command line.
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

export const ggufsIn = async (dir: string): Promise<readonly string[]> =>
  (await readdir(dir).catch(() => [])).filter((name) => name.endsWith(".gguf")).toSorted();

/** Models so large that they are split ("-00001-of-00003.gguf") are loaded by their first part. */
export async function ggufIn(dir: string): Promise<string | null> {
  const [first] = await ggufsIn(dir);
  return first === undefined ? null : join(dir, first);
}

/** Whether it begins as every GGUF file does. */
export async function isGguf(path: string): Promise<boolean> {
  const file = await open(path).catch(() => null);
  if (file === null) return false;
  try {
    const head = Buffer.alloc(4);
    await file.read(head, 0, 4, 0);
    return head.toString("latin1") === "GGUF";
  } finally {
    await file.close();
  }
}
