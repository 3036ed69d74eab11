// Loads a Whisper folder through transformers.js, after looking at what is in it. Inference process. Never the network.
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { AutoProcessor, env, type Processor, WhisperForConditionalGeneration } from "@huggingface/transformers";
import type { InferenceSession } from "onnxruntime-node";
import { LyssnaError } from "../../errors.ts";
import { configFiles, type Dtype, weightsFile } from "../layout.ts";
import type { SpeechModel, SpeechModelInfo } from "../protocol.ts";

env.allowRemoteModels = false;
env.allowLocalModels = true;
env.useBrowserCache = false;

/** The parts of Whisper's configuration that decoding rests on. Ids are token numbers. */
export interface WhisperTokens {
  readonly start: number;
  readonly end: number;
  readonly noTimestamps: number;
  readonly noSpeech: number;
  readonly timestampBegin: number;
  readonly languages: ReadonlyMap<string, number>;
  readonly transcribe: number | null;
  readonly suppress: readonly number[];
  readonly beginSuppress: readonly number[];
  /** Largest index that the first timestamp may have, in steps of 20 ms. */
  readonly maxInitialTimestamp: number;
}

export interface Whisper {
  readonly info: SpeechModelInfo;
  readonly encoder: InferenceSession;
  readonly decoder: InferenceSession;
  readonly tokens: WhisperTokens;
  readonly layers: number;
  readonly heads: number;
  readonly headWidth: number;
  readonly maxTokens: number;
  readonly temperatures: readonly number[];
  /** Log-mel features of at most 30 s of 16 kHz sound, [1, mels, 3000], flat. */
  features(samples: Float32Array): Promise<{ readonly data: Float32Array; readonly dims: readonly number[] }>;
  /** Text of tokens that are neither special nor timestamps. */
  decode(tokens: readonly number[]): string;
}

/** Best first on a processor. A four-bit encoder drops speech. */
const encoderDtypes = ["q8", "int8", "uint8", "fp32", "fp16"] as const satisfies readonly Dtype[];
const decoderDtypes = ["q8", "int8", "uint8", "fp32", "q4", "fp16", "q4f16"] as const satisfies readonly Dtype[];

/** Temperatures of the reference's fallback (openai/whisper, transcribe.py). */
const referenceTemperatures = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** Throws model-missing where there is no folder, model-damaged with the name of the file that is wrong. */
export async function loadWhisper(model: SpeechModel): Promise<Whisper> {
  const { dir } = model;
  const name = basename(dir);
  const damaged = (file: string, cause?: unknown) => new LyssnaError("model-damaged", { model: name, file }, { cause });
  if (!(await stat(dir).catch(() => null))?.isDirectory()) throw new LyssnaError("model-missing", { model: name });
  const configs: Record<string, Record<string, unknown>> = {};
  for (const file of configFiles) {
    try {
      configs[file] = JSON.parse(await readFile(join(dir, file), "utf8")) as Record<string, unknown>;
    } catch (error) {
      throw damaged(file, error);
    }
  }
  const present = new Set((await readdir(join(dir, "onnx")).catch(() => [])).map((file) => `onnx/${file}`));
  const choose = (part: "encoder_model" | "decoder_model_merged", order: readonly Dtype[]): Dtype => {
    const wanted = model.dtype === undefined ? order : [model.dtype];
    const found = wanted.find((dtype) => present.has(weightsFile(part, dtype)));
    if (found === undefined) throw damaged(weightsFile(part, "fp32"));
    return found;
  };
  const dtype = {
    encoder_model: choose("encoder_model", encoderDtypes),
    decoder_model_merged: choose("decoder_model_merged", decoderDtypes),
  };

  try {
    const processor: Processor = await AutoProcessor.from_pretrained(dir, { local_files_only: true });
    const session_options = {
      intraOpNumThreads: model.threads ?? 0,
      logSeverityLevel: 3 as const,
      // Threads that spin while they wait take the processor from everything else on a small laptop: a token was
      // measured to take 44 ms on a busy machine with spinning and 10 ms without, and the same on an idle one.
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    };
    const loaded = await WhisperForConditionalGeneration.from_pretrained(dir, {
      local_files_only: true,
      device: "cpu",
      dtype,
      session_options,
    });
    const { tokenizer, feature_extractor: extractor } = processor;
    if (tokenizer === undefined || extractor === null || extractor === undefined)
      throw damaged("preprocessor_config.json");
    const sessions = loaded.sessions as Record<string, InferenceSession | undefined>;
    const { model: encoder, decoder_model_merged: decoder } = sessions;
    if (encoder === undefined || decoder === undefined) throw damaged("onnx");
    const config = configs["config.json"] ?? {};
    const heads = Number(config["decoder_attention_heads"]);
    const tokens = readTokens(configs["generation_config.json"] ?? {});
    return {
      info: { languages: [...tokens.languages.keys()], demonstration: config["lyssna_demonstration"] === true },
      encoder,
      decoder,
      tokens,
      layers: Number(config["decoder_layers"]),
      heads,
      headWidth: Number(config["d_model"]) / heads,
      temperatures: model.temperatures ?? referenceTemperatures,
      maxTokens: Number(config["max_target_positions"] ?? 448),
      async features(samples) {
        const { input_features: features } = (await extractor(samples)) as {
          input_features: { data: Float32Array; dims: number[] };
        };
        return { data: features.data, dims: features.dims };
      },
      decode: (ids) => tokenizer.decode([...ids], { skip_special_tokens: true }),
    };
  } catch (error) {
    if (error instanceof LyssnaError) throw error;
    throw damaged("onnx", error);
  }
}

function readTokens(config: Readonly<Record<string, unknown>>): WhisperTokens {
  const number = (key: string) => Number(config[key]);
  const list = (key: string) => ((config[key] as number[] | null | undefined) ?? []).map(Number);
  const noTimestamps = number("no_timestamps_token_id");
  const languages = (config["lang_to_id"] ?? {}) as Record<string, number>;
  const tasks = (config["task_to_id"] ?? {}) as Record<string, number>;
  return {
    start: number("decoder_start_token_id"),
    end: Number([config["eos_token_id"]].flat()[0]),
    noTimestamps,
    // In every Whisper vocabulary the two stand side by side.
    noSpeech: noTimestamps - 1,
    timestampBegin: noTimestamps + 1,
    languages: new Map(Object.entries(languages).map(([token, id]) => [token.replace(/[<|>]/gu, ""), id])),
    transcribe: tasks["transcribe"] ?? null,
    suppress: list("suppress_tokens"),
    beginSuppress: list("begin_suppress_tokens"),
    maxInitialTimestamp: Number(config["max_initial_timestamp_index"] ?? 50),
  };
}
