// Which model to take instead of one that does not fit: an installed one, else one from the catalogue. Runs in main and
// the command line.
import { join } from "node:path";
import { type ErrorDetails, LyssnaError } from "../errors.ts";
import { type Catalog, loadCatalog } from "./catalog.ts";
import { memoryNeed } from "./memory-need.ts";
import { listInstalledModels } from "./model-folder.ts";
import { type ModelSize, readSize } from "./model-size.ts";

/** The least that a model can work with. */
export const leastPlacing = { lanes: 1, batch: 1 } as const;

export interface NamedSize {
  readonly name: string;
  readonly size: ModelSize;
}

/** The largest that fits in so many bytes: the larger a model of one family, the better it hears. Null where none does. */
export function largestFitting(models: readonly NamedSize[], bytes: number): string | null {
  const needs = models.map(({ name, size }) => ({ name, need: memoryNeed(size, leastPlacing) }));
  const fitting = needs.filter(({ need }) => need <= bytes).toSorted((one, other) => other.need - one.need);
  return fitting[0]?.name ?? null;
}

/** The error for a model that does not fit in so many bytes, naming one that does. */
export async function tooLarge(model: string, size: ModelSize, bytes: number, modelsDir: string): Promise<LyssnaError> {
  const catalog = await loadCatalog();
  const fits =
    largestFitting(await installedSizes(modelsDir, catalog), bytes) ?? largestFitting(knownSizes(catalog), bytes);
  const megabytes = (value: number) => Math.ceil(value / 1e6);
  const details: ErrorDetails = {
    model: catalog.speech.find(({ id }) => id === model)?.title ?? model,
    needMb: megabytes(memoryNeed(size, leastPlacing)),
    freeMb: Math.floor(bytes / 1e6),
  };
  return fits === null
    ? new LyssnaError("no-model-fits", details)
    : new LyssnaError("model-too-large", { ...details, fits });
}

async function installedSizes(modelsDir: string, catalog: Catalog): Promise<readonly NamedSize[]> {
  const sizes: NamedSize[] = [];
  for (const id of await listInstalledModels(modelsDir)) {
    const size = await readSize(join(modelsDir, id)).catch(() => null);
    if (size === null || size.demonstration) continue;
    sizes.push({ name: catalog.speech.find((entry) => entry.id === id)?.title ?? id, size });
  }
  return sizes;
}

const knownSizes = (catalog: Catalog): readonly NamedSize[] =>
  catalog.speech.map((entry) => ({ name: entry.title, size: { ...entry, weightBytes: entry.sizeBytes } }));
