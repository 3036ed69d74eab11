// The models that Lyssna knows by name: models/catalog.json, checked by schema. Runs in main and the command line.
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { LyssnaError } from "../errors.ts";
import { configFiles, type Part, processorDtypes, voiceParts, weightsFile } from "../inference/layout.ts";

const dtypeSchema = z.enum(["fp32", "fp16", "q8", "int8", "uint8", "q4", "q4f16"]);

export const modelEntrySchema = z.object({
  /** Also the name of its folder. */
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/u),
  title: z.string().min(1),
  /** Owner and name on the hub. */
  hub: z.string().regex(/^[\w.-]+\/[\w.-]+$/u),
  /** Branch or commit; what it stood for at download is written into the model's own manifest. */
  revision: z.string().min(1),
  /** Languages it was trained for; "multi" for Whisper's own ninety-nine. */
  languages: z.array(z.string()).min(1),
  /** Size of the download as published, bytes. */
  sizeBytes: z.number().int().positive(),
  /** Layers of the decoder and width of the model (Radford et al. 2022, table 1): what memory hangs on. */
  layers: z.number().int().positive(),
  width: z.number().int().positive(),
  licence: z.string().min(1),
  recommended: z.boolean(),
  about: z.object({ sv: z.string().min(1), en: z.string().min(1) }),
  /** Never a four-bit encoder: it drops speech. */
  dtype: z.object({ encoder: dtypeSchema.exclude(["q4", "q4f16"]), decoder: dtypeSchema }),
});

const repository = z.object({
  /** Owner and name on the hub. */
  hub: z.string().regex(/^[\w.-]+\/[\w.-]+$/u),
  revision: z.string().min(1),
  /** Of `onnx/model.onnx`, where it is publicly known: a download must come to this. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/u)
    .optional(),
});

/** Two models that tell voices apart together: one hears when how many speak, one what a voice is like. */
export const voiceEntrySchema = modelEntrySchema
  .pick({ id: true, title: true, sizeBytes: true, licence: true, recommended: true, about: true })
  .extend({ parts: z.object({ segmentation: repository, embedding: repository }) });
export type VoiceEntry = z.infer<typeof voiceEntrySchema>;

/** An optional model that writes summaries: one GGUF file. */
export const languageEntrySchema = modelEntrySchema
  .pick({
    id: true,
    title: true,
    hub: true,
    revision: true,
    sizeBytes: true,
    licence: true,
    recommended: true,
    about: true,
  })
  .extend({
    /** The one file of the repository that is fetched. */
    file: z.string().regex(/^[\w.-]+\.gguf$/u),
    /** Numbers that a token leaves in the cache of keys and values: 2 × layers × heads of keys × their width. */
    cachedPerToken: z.number().int().positive(),
    /** Why this one, and where that is said. */
    why: z.string().min(1),
    source: z.url(),
  });

export const catalogSchema = z.object({
  lyssna: z.literal("models/1"),
  /** The only hosts a download may reach, with their subdomains. */
  hosts: z.array(z.string().regex(/^[a-z0-9.-]+$/u)).min(1),
  speech: z.array(modelEntrySchema),
  voices: z.array(voiceEntrySchema),
  language: z.array(languageEntrySchema),
});

export type ModelEntry = z.infer<typeof modelEntrySchema>;
export type LanguageEntry = z.infer<typeof languageEntrySchema>;
export type Catalog = z.infer<typeof catalogSchema>;

export async function loadCatalog(): Promise<Catalog> {
  const path = new URL("../../models/catalog.json", import.meta.url);
  return catalogSchema.parse(JSON.parse(await readFile(path, "utf8")));
}

/** Throws model-missing for an id that is not in the catalogue. */
export function entryOf(catalog: Catalog, id: string): ModelEntry {
  const entry = catalog.speech.find((candidate) => candidate.id === id);
  if (entry === undefined) throw new LyssnaError("model-missing", { model: id });
  return entry;
}

/** What to fetch for a model, from one repository or from two. */
export interface Download {
  readonly id: string;
  readonly from: readonly {
    readonly hub: string;
    readonly revision: string;
    /** Where its files go within the model's folder; empty for the folder itself. */
    readonly folder: string;
    /** For each file its names, the one that is wanted first: a repository may lack it. */
    readonly files: readonly (readonly string[])[];
    /** Sums that are known beforehand, by file. */
    readonly sums: Readonly<Record<string, string>>;
  }[];
}

const voiceRepositoryFiles = [["config.json"], ["preprocessor_config.json"], ["onnx/model.onnx"]];

/** What to fetch for a speech model or a voice model by its id. Throws model-missing for an id not in the catalogue. */
export function downloadOf(catalog: Catalog, id: string): Download {
  const language = catalog.language.find((candidate) => candidate.id === id);
  if (language !== undefined) return languageDownload(language);
  const voices = catalog.voices.find((candidate) => candidate.id === id);
  if (voices === undefined) return speechDownload(entryOf(catalog, id));
  return {
    id,
    from: voiceParts.map((folder) => {
      const { hub, revision, sha256 } = voices.parts[folder];
      const sums = sha256 === undefined ? {} : { "onnx/model.onnx": sha256 };
      return { hub, revision, folder, files: voiceRepositoryFiles, sums };
    }),
  };
}

export const speechDownload = (entry: ModelEntry): Download => ({
  id: entry.id,
  from: [
    {
      hub: entry.hub,
      revision: entry.revision,
      folder: "",
      files: [
        ...configFiles.map((file) => [file]),
        weightsOf("encoder_model", entry.dtype.encoder),
        weightsOf("decoder_model_merged", entry.dtype.decoder),
      ],
      sums: {},
    },
  ],
});

/** What the catalogue names, else what a processor computes best with. */
const weightsOf = (part: Part, dtype: ModelEntry["dtype"]["decoder"]): readonly string[] =>
  [dtype, ...processorDtypes[part].filter((other) => other !== dtype)].map((one) => weightsFile(part, one));

/** The files to fetch for an entry, in transformers.js's names. */
export const filesOf = ({ dtype }: Pick<ModelEntry, "dtype">): readonly string[] => [
  ...configFiles,
  weightsFile("encoder_model", dtype.encoder),
  weightsFile("decoder_model_merged", dtype.decoder),
];

export const languageDownload = ({ id, hub, revision, file }: LanguageEntry): Download => ({
  id,
  from: [{ hub, revision, folder: "", files: [[file]], sums: {} }],
});
