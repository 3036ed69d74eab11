// What each installed model would need on this machine, and how it would run. Runs in the command line.
import { join } from "node:path";
import { usualTuning } from "../models/choose-tuning.ts";
import type { Machine } from "../models/machine.ts";
import { fitPlacing, memoryNeed, usableBytes } from "../models/memory-need.ts";
import { listInstalledModels } from "../models/model-folder.ts";
import { readSize } from "../models/model-size.ts";
import { leastPlacing } from "../models/name-fitting.ts";
import { findRecord, recordKey } from "../models/tuning-record.ts";
import type { Terminal } from "./terminal.ts";

export interface Described {
  readonly machine: Machine;
  /** What a store keeps of measurements. */
  readonly kept: unknown;
  readonly terminal: Terminal;
}

/** A line for each model that can be read; one that is damaged is another line's matter. */
export async function describeModels(modelsDir: string, described: Described): Promise<readonly string[]> {
  const { machine, kept, terminal } = described;
  const { text, language, version } = terminal;
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const lines: string[] = [];
  for (const id of await listInstalledModels(modelsDir)) {
    const size = await readSize(join(modelsDir, id)).catch(() => null);
    if (size === null) continue;
    const record = findRecord(kept, id, recordKey(size, version, machine.cores));
    const tuning = record ?? usualTuning(machine.cores, size);
    const placing = fitPlacing(size, usableBytes(machine), tuning);
    const need = `${format.format(memoryNeed(size, placing ?? leastPlacing) / 1e9)} GB`;
    const facts = text(placing === null ? "needsTooMuch" : "needs", { model: id, need });
    const { lanes, batch } = placing ?? leastPlacing;
    const numbers = { lanes: String(lanes), threads: String(tuning.threads), batch: String(batch) };
    lines.push(placing === null ? facts : `${facts}; ${text(record ? "runsMeasured" : "runsUsual", numbers)}`);
  }
  return lines;
}
