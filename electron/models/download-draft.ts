// A download on its way: a hidden folder beside the models, with the plan of what is fetched. It outlives pauses, cuts and
// restarts, and goes on from the same commit. Runs in main and the command line.
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { modelPath } from "./model-folder.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

const planSchema = z.object({
  lyssna: z.literal("download/1"),
  /** What the catalogue asked for when it was made: another catalogue makes another plan. */
  asked: z.string(),
  /** Commits, in the order of the repositories. */
  revisions: z.array(z.string().regex(/^[\w.-]{1,100}$/u)),
  files: z.array(
    z.object({
      /** Within the model's folder. */
      path: modelPath,
      hub: z.string().regex(/^[\w.-]+\/[\w.-]+$/u),
      revision: z.string().regex(/^[\w.-]{1,100}$/u),
      file: modelPath,
      sizeBytes: z.number().int().nonnegative(),
      /** What it must come to: as the hub tells, and as the catalogue does. */
      sums: z.array(sha256),
    }),
  ),
});
export type DownloadPlan = z.infer<typeof planSchema>;
export type PlannedFile = DownloadPlan["files"][number];

const planFile = "download.json";

export const draftFolder = (modelsDir: string, id: string): string => join(modelsDir, `.download-${id}`);

/** Null where there is none that can be gone on with. */
export async function readPlan(modelsDir: string, id: string): Promise<DownloadPlan | null> {
  try {
    return planSchema.parse(JSON.parse(await readFile(join(draftFolder(modelsDir, id), planFile), "utf8")));
  } catch {
    return null;
  }
}

/** Begins anew: what lay there was of another plan. */
export async function writePlan(modelsDir: string, id: string, plan: DownloadPlan): Promise<void> {
  await dropDraft(modelsDir, id);
  await mkdir(draftFolder(modelsDir, id), { recursive: true });
  await writeFile(join(draftFolder(modelsDir, id), planFile), JSON.stringify(plan));
}

/** The plan is no part of a model. */
export const withoutPlan = (modelsDir: string, id: string): Promise<void> =>
  rm(join(draftFolder(modelsDir, id), planFile), { force: true });

export const dropDraft = (modelsDir: string, id: string): Promise<void> =>
  rm(draftFolder(modelsDir, id), { recursive: true, force: true });

export interface Kept {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** How far a download had come that does not run; null where there is none. */
export async function keptOf(modelsDir: string, id: string): Promise<Kept | null> {
  const plan = await readPlan(modelsDir, id);
  if (plan === null) return null;
  return { doneBytes: await bytesHere(modelsDir, id, plan), totalBytes: totalOf(plan) };
}

export const totalOf = ({ files }: DownloadPlan): number => files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

export async function bytesHere(modelsDir: string, id: string, { files }: DownloadPlan): Promise<number> {
  const draft = draftFolder(modelsDir, id);
  const sizes = await Promise.all(
    files.map(async ({ path, sizeBytes }) =>
      Math.min(sizeBytes, (await stat(join(draft, path)).catch(() => null))?.size ?? 0),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
