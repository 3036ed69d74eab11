// Sums of files whose sum nobody publishes: recorded when they first came, and held to from then on, also after the model was
// removed. Runs in main and the command line.
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const schema = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/u));
export type KnownSums = z.infer<typeof schema>;

const place = (modelsDir: string): string => join(modelsDir, ".sums.json");

/** One commit's file: another commit may be another file. */
export const sumKey = ({ hub, revision, file }: { hub: string; revision: string; file: string }): string =>
  `${hub}@${revision}/${file}`;

export async function readSums(modelsDir: string): Promise<KnownSums> {
  try {
    return schema.parse(JSON.parse(await readFile(place(modelsDir), "utf8")));
  } catch {
    return {};
  }
}

export async function keepSums(modelsDir: string, sums: KnownSums): Promise<void> {
  const next = `${place(modelsDir)}.new`;
  await writeFile(next, JSON.stringify({ ...(await readSums(modelsDir)), ...sums }, null, 1));
  await rename(next, place(modelsDir));
}
