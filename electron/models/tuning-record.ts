// What was found out about a model on this machine, as it is kept. Pure.
import { z } from "zod";
import { devices } from "../inference/protocol.ts";
import type { FolderSize } from "./model-size.ts";

const count = z.number().int().positive();

export const tuningRecordSchema = z.object({
  /** What it was found for: see `recordKey`. */
  key: z.string(),
  lanes: count,
  threads: count,
  batch: count,
  /** Our own graphs were found to answer as the published ones do. */
  trusted: z.boolean(),
  windowMs: z.number().nonnegative(),
  /** What the processor answered to the made sound. */
  tokens: z.array(z.number().int()),
  /** A graphics device that says what the processor says. Left out where none was tried, or one that failed. */
  graphics: z.object({ device: z.enum(devices), windowMs: z.number().nonnegative() }).optional(),
});
export type TuningRecord = z.infer<typeof tuningRecordSchema>;

/** Other files, another version of the app or another number of cores: it is measured anew. */
export const recordKey = ({ fileBytes }: FolderSize, version: string, cores: number): string =>
  [version, cores, ...fileBytes].join(" ");

/** The record for a model among all that are kept; null where there is none that still holds. */
export function findRecord(kept: unknown, model: string, key: string): TuningRecord | null {
  const records = z.record(z.string(), z.unknown()).safeParse(kept);
  const record = tuningRecordSchema.safeParse(records.data?.[model]);
  return record.success && record.data.key === key ? record.data : null;
}
