// Keeps in the store what was measured of each model on this machine. Runs in main.
import type { SuitedOptions } from "../models/suited-inference.ts";
import type { Store } from "../store/types.ts";

/** Name of the setting: records of models/tuning-record.ts by model. */
export const tuningSetting = "speechTuning";

export function keepTuning(store: Pick<Store, "getSettings" | "setSetting">): NonNullable<SuitedOptions["kept"]> {
  const read = async () => (await store.getSettings())[tuningSetting];
  return {
    read,
    async write(model, record) {
      const all = await read();
      await store.setSetting(tuningSetting, { ...(typeof all === "object" ? all : null), [model]: record });
    },
  };
}
