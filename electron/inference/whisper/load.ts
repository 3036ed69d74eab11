// Loads a Whisper folder through transformers.js, after looking at what is in it. Inference process. Never the network.
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { AutoProcessor, env, type Processor } from "@huggingface/transformers";
import { LyssnaError } from "../../errors.ts";
import {
  configFiles,
  type Dtype,
  graphicsDtypes,
  type Part,
  processorDtypes,
  usualBatch,
  weightsFile,
} from "../layout.ts";
import { deviceNames, type SpeechModel, type SpeechModelInfo } from "../protocol.ts";
import { fitsWeights } from "./check-tokenizer.ts";
import { createLogMel } from "./log-mel.ts";
import { openRows } from "./open-rows.ts";
import type { Rows } from "./rows.ts";
import { readTokens, type WhisperTokens } from "./tokens.ts";

env.allowRemoteModels = false;
env.allowLocalModels = true;
env.useBrowserCache = false;

export interface Whisper {
  readonly info: SpeechModelInfo;
  readonly rows: Rows;
  readonly tokens: WhisperTokens;
  readonly temperatures: readonly number[];
  /** Most tokens of text and times in a window. */
  readonly maxTokens: number;
  /** Attention heads that tell where the model looked; 0 where none are known. */
  readonly alignmentHeads: number;
  /** Text of tokens that are neither special nor timestamps, spaces kept. */
  decode(tokens: readonly number[]): string;
}

/** Temperatures of the reference's fallback (openai/whisper, transcribe.py). */
const referenceTemperatures = [0, 0.2, 0.4, 0.6, 0.8, 1];

type Configs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Throws model-missing where there is no folder, model-damaged with the name of the file that is wrong, and device-failed
 * where another device than the processor cannot run it.
 */
export async function loadWhisper(model: SpeechModel): Promise<Whisper> {
  const { dir, device = "cpu" } = model;
  const name = basename(dir);
  const damaged = (file: string, cause?: unknown) => new LyssnaError("model-damaged", { model: name, file }, { cause });
  if (!(await stat(dir).catch(() => null))?.isDirectory()) throw new LyssnaError("model-missing", { model: name });
  const configs = await readConfigs(dir, damaged);
  const failed = (cause?: unknown) =>
    device === "cpu" ? null : new LyssnaError("device-failed", { device: deviceNames[device] }, { cause });
  const dtypes = await chooseDtypes(model, (file) => failed() ?? damaged(file));
  try {
    const processor: Processor = await AutoProcessor.from_pretrained(dir, { local_files_only: true });
    const { tokenizer, feature_extractor: extractor } = processor;
    const filters = extractor?.config["mel_filters"] as number[][] | undefined;
    if (tokenizer === undefined || filters === undefined) throw damaged("preprocessor_config.json");
    const config = configs["config.json"] ?? {};
    const generation = configs["generation_config.json"] ?? {};
    const tokens = readTokens(generation);
    if (!fitsWeights(configs["tokenizer.json"] ?? {}, tokens)) throw damaged("tokenizer.json");
    const sessionOptions = {
      intraOpNumThreads: model.threads ?? 0,
      logSeverityLevel: 3 as const,
      // A plan of all memory beside what the first run took: 60 MB more for Whisper base, and no faster.
      enableMemPattern: false,
      // Threads that spin while they wait take the processor from everything else on a small laptop: a token was
      // measured to take 44 ms on a busy machine with spinning and 10 ms without, and the same on an idle one.
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    };
    // The reference stops at half the context: a window holds no more.
    const maxTokens = Math.floor(Number(config["max_target_positions"] ?? 448) / 2);
    const alignmentHeads = ((generation["alignment_heads"] ?? []) as [number, number][]).filter(
      ([layer, head]) => layer < Number(config["decoder_layers"]) && head < Number(config["decoder_attention_heads"]),
    );
    const { rows, graphs } = await openRows({
      dir,
      dtypes,
      device,
      config,
      tokens,
      maxTokens,
      sessionOptions,
      logMel: await createLogMel(filters, sessionOptions),
      alignmentHeads,
      batch: model.batch ?? usualBatch({ layers: Number(config["decoder_layers"]), width: Number(config["d_model"]) }),
      trusted: model.trusted ?? false,
    });
    return {
      info: {
        languages: [...tokens.languages.keys()],
        demonstration: config["lyssna_demonstration"] === true,
        // One more than there are rows: the next window is there when a row is free.
        windowsAtOnce: rows.capacity + 1,
        graphs,
        device,
      },
      rows,
      tokens,
      temperatures: model.temperatures ?? referenceTemperatures,
      maxTokens,
      alignmentHeads: graphs === "own" ? alignmentHeads.length : 0,
      decode: (ids) => tokenizer.decode([...ids], { skip_special_tokens: true, clean_up_tokenization_spaces: false }),
    };
  } catch (error) {
    if (error instanceof LyssnaError) throw error;
    throw failed(error) ?? damaged("onnx", error);
  }
}

async function readConfigs(dir: string, damaged: (file: string, cause?: unknown) => LyssnaError): Promise<Configs> {
  const configs: Record<string, Record<string, unknown>> = {};
  for (const file of configFiles) {
    try {
      configs[file] = JSON.parse(await readFile(join(dir, file), "utf8")) as Record<string, unknown>;
    } catch (error) {
      throw damaged(file, error);
    }
  }
  return configs;
}

/** Weights that the device computes rightly with. Throws `missing` with the file that is not there. */
async function chooseDtypes({ dir, dtype, device = "cpu" }: SpeechModel, missing: (file: string) => LyssnaError) {
  const orders = device === "cpu" ? processorDtypes : graphicsDtypes;
  const present = new Set((await readdir(join(dir, "onnx")).catch(() => [])).map((file) => `onnx/${file}`));
  const choose = (part: Part): Dtype => {
    const order = orders[part];
    const wanted = dtype !== undefined && order.includes(dtype) ? [dtype] : order;
    const found = wanted.find((one) => present.has(weightsFile(part, one)));
    if (found === undefined) throw missing(weightsFile(part, "fp32"));
    return found;
  };
  return { encoder_model: choose("encoder_model"), decoder_model_merged: choose("decoder_model_merged") };
}
