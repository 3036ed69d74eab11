// What was measured of models on this machine: by their jobs, and by the short measurement at load. Runs in main.
import type { MachineKnowledge } from "../models/expected-time.ts";
import { tuningRecordSchema } from "../models/tuning-record.ts";
import type { Store } from "../store/types.ts";
import { tuningSetting } from "./keep-tuning.ts";
import { ratesSetting } from "./run-job.ts";

export async function readKnowledge(store: Pick<Store, "getSettings">): Promise<MachineKnowledge> {
  const settings = await store.getSettings();
  const tuning = Object.entries(asObject(settings[tuningSetting])).flatMap(([id, value]) => {
    const record = tuningRecordSchema.safeParse(value);
    if (!record.success) return [];
    const { windowMs, graphics } = record.data;
    return [[id, Math.min(windowMs, graphics?.windowMs ?? windowMs)] as const];
  });
  return {
    rates: asObject(settings[ratesSetting]) as MachineKnowledge["rates"],
    windowMs: Object.fromEntries(tuning),
  };
}

const asObject = (value: unknown): object => (typeof value === "object" && value !== null ? value : {});
