// The models as the window shows them: of the catalogue, and those that lie here besides. Runs in main.
import { totalmem } from "node:os";
import { join } from "node:path";
import type { ModelInfo } from "../contract.ts";
import { type ErrorData, toErrorData } from "../errors.ts";
import type { Catalog, LanguageEntry, ModelEntry } from "../models/catalog.ts";
import {
  type Candidate,
  expectHours,
  type MachineKnowledge,
  measuredSummary,
  recommend,
} from "../models/expected-time.ts";
import { readLanguageSize } from "../models/gguf.ts";
import { ggufIn } from "../models/gguf-file.ts";
import { locateLanguage } from "../models/language-folder.ts";
import { contextLeast, languageNeed } from "../models/language-need.ts";
import { memoryNeed, mostBytes } from "../models/memory-need.ts";
import { demonstrationId, listInstalledModels, locateModel, type ModelPlaces } from "../models/model-folder.ts";
import { type ModelSize, readSize } from "../models/model-size.ts";
import { leastPlacing } from "../models/name-fitting.ts";
import type { Downloads } from "./model-downloads.ts";

export interface Shelf {
  readonly catalog: Catalog;
  readonly places: ModelPlaces;
  readonly downloads: Downloads;
  readonly knowledge: MachineKnowledge;
  /** Of new meetings: what is recommended is good at it. */
  readonly spokenLanguage: string;
}

/** Those that write down what is said, the demonstration, and those that tell voices apart. */
export async function describeHearing(shelf: Shelf): Promise<readonly ModelInfo[]> {
  const { catalog, places } = shelf;
  const candidates = catalog.speech.map((entry): Candidate => ({ ...entry, fits: fitsHere(catalogNeed(entry)) }));
  const hours = expectHours(candidates, shelf.knowledge);
  const best = recommend(candidates, hours, shelf.spokenLanguage);
  const speech = await idsOf("speech", catalog.speech, places);
  const rows = await Promise.all(
    speech.map(async ({ id, entry, isHere }) => {
      const memoryBytes = await needOf(entry, isHere ? join(places.modelsDir, id) : null);
      const problem = isHere ? await problemOf(locateModel(id, places)) : null;
      return describe(shelf, id, entry, isHere, problem, {
        kind: "speech",
        memoryBytes,
        recommended: id === best,
        hour: hours.get(id) ?? null,
      });
    }),
  );
  const voices = await idsOf("voices", catalog.voices, places);
  const voiceRows = await Promise.all(
    voices.map(async ({ id, entry, isHere }) => {
      const problem = isHere ? await problemOf(locateModel(id, places)) : null;
      return describe(shelf, id, entry, isHere, problem, { kind: "voices", memoryBytes: 0, recommended: false });
    }),
  );
  return [...rows, demonstration, ...voiceRows];
}

export async function describeLanguage(shelf: Shelf): Promise<readonly ModelInfo[]> {
  const { catalog, places, knowledge } = shelf;
  const dir = places.modelsDir;
  const best = recommendLanguage(catalog.language);
  return Promise.all(
    (await idsOf("language", catalog.language, places)).map(async ({ id, entry, isHere }) => {
      const problem = isHere ? await problemOf(locateLanguage(id, dir)) : null;
      const memoryBytes = await languageNeedOf(entry, isHere ? join(dir, id) : null);
      const ms = measuredSummary(id, knowledge);
      return describe(shelf, id, entry, isHere, problem, {
        kind: "language",
        memoryBytes,
        recommended: id === best,
        hour: ms === null ? null : { ms, from: "measured" },
      });
    }),
  );
}

/** The catalogue's own if the machine has memory for it, else the largest that fits. */
function recommendLanguage(entries: readonly LanguageEntry[]): string | null {
  const fitting = entries.filter((entry) => fitsHere(catalogLanguageNeed(entry)));
  const usual = fitting.find(({ recommended }) => recommended);
  return (usual ?? fitting.toSorted((one, other) => other.sizeBytes - one.sizeBytes)[0])?.id ?? null;
}

interface Listed<Entry> {
  readonly id: string;
  readonly entry: Entry | undefined;
  readonly isHere: boolean;
}

async function idsOf<Entry extends { readonly id: string }>(
  kind: ModelInfo["kind"],
  entries: readonly Entry[],
  { modelsDir }: ModelPlaces,
): Promise<readonly Listed<Entry>[]> {
  const installed = await listInstalledModels(modelsDir, kind);
  const ids = new Set([...entries.map(({ id }) => id), ...installed]);
  return [...ids].map((id) => ({ id, entry: entries.find((one) => one.id === id), isHere: installed.includes(id) }));
}

type Described = Pick<ModelInfo, "kind" | "memoryBytes" | "recommended"> & Partial<Pick<ModelInfo, "hour">>;
type AnyEntry = Pick<ModelEntry, "title" | "about" | "sizeBytes" | "licence">;

async function describe(
  { downloads }: Shelf,
  id: string,
  entry: AnyEntry | undefined,
  isHere: boolean,
  problem: ErrorData | null,
  described: Described,
): Promise<ModelInfo> {
  const download = await downloads.of(id);
  const here = problem === null ? "installed" : "damaged";
  const away = download === null ? "absent" : "paused";
  return {
    hour: null,
    ...described,
    id,
    title: entry?.title ?? id,
    about: entry?.about ?? taken,
    sizeBytes: entry?.sizeBytes ?? 0,
    fits: fitsHere(described.memoryBytes),
    licence: entry?.licence ?? "",
    state: download?.running === true ? "downloading" : isHere ? here : away,
    download,
    inCatalogue: entry !== undefined,
    demonstration: false,
    error: downloads.errorOf(id) ?? problem,
  };
}

const taken = { sv: "Hämtad från en mapp eller ett paket.", en: "Taken from a folder or a package." };

const demonstration: ModelInfo = {
  kind: "speech",
  id: demonstrationId,
  title: "Demonstration",
  about: {
    sv: "En liten modell som bara förstår sin egen konstgjorda röst. Den visar hur Lyssna fungerar och säger inget om riktiga röster.",
    en: "A small model that understands only its own synthetic voice. It shows how Lyssna works and tells nothing about real voices.",
  },
  sizeBytes: 0,
  memoryBytes: 0,
  fits: true,
  licence: "EUPL-1.2",
  state: "installed",
  download: null,
  hour: null,
  inCatalogue: false,
  demonstration: true,
  recommended: false,
  error: null,
};

const fitsHere = (memoryBytes: number): boolean => memoryBytes <= mostBytes(totalmem());

const catalogNeed = (entry: ModelEntry): number => memoryNeed({ ...entry, weightBytes: entry.sizeBytes }, leastPlacing);

/** Bytes of memory by the files that are there, else by the catalogue; 0 where nobody knows. */
async function needOf(entry: ModelEntry | undefined, dir: string | null): Promise<number> {
  const found: ModelSize | null = dir === null ? null : await readSize(dir).catch(() => null);
  if (found !== null) return memoryNeed(found, leastPlacing);
  return entry === undefined ? 0 : catalogNeed(entry);
}

function catalogLanguageNeed({ sizeBytes: fileBytes, cachedPerToken }: LanguageEntry): number {
  return languageNeed({ fileBytes, cachedPerToken, contextTokens: contextLeast }, contextLeast);
}

async function languageNeedOf(entry: LanguageEntry | undefined, dir: string | null): Promise<number> {
  const file = dir === null ? null : await ggufIn(dir);
  const found = file === null ? null : await readLanguageSize(file).catch(() => null);
  if (found !== null) return languageNeed(found, Math.min(contextLeast, found.contextTokens));
  return entry === undefined ? 0 : catalogLanguageNeed(entry);
}

const problemOf = (located: Promise<unknown>): Promise<ErrorData | null> => located.then(() => null, toErrorData);
