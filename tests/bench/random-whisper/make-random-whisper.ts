// Makes a Whisper model of a true shape with random weights, in the layout that transformers.js loads. Bench only.
// It hears nothing: whatever the sound, every window answers the same tokens (see shape.ts). Only speed can be measured.
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { type Graph, writeModel } from "../../../electron/onnx/graph.ts";
import { decoderGraph } from "./decoder.ts";
import { encoderGraph } from "./encoder.ts";
import type { WeightFormat } from "./layers.ts";
import { ids, languages, maxTokens, melBins, positions, type ShapeName, shapes, vocabularySize } from "./shape.ts";
import { tokenizerFile } from "./tokenizer.ts";

/** File name endings of transformers.js. */
const suffixes: Readonly<Record<WeightFormat, string>> = { fp32: "", q8: "_quantized" };

export interface RandomWhisper {
  readonly name: ShapeName;
  readonly format: WeightFormat;
  /** With cross-attentions among the decoder's outputs, for times of words. */
  readonly crossAttentions?: boolean;
}

/** Answers the model's folder under `cacheDir`; makes it the first time and when its sources have changed. */
export async function makeRandomWhisper(cacheDir: string, model: RandomWhisper): Promise<string> {
  const { name, format, crossAttentions = false } = model;
  const kind = `${name}-${format}${crossAttentions ? "-words" : ""}`;
  const dir = join(cacheDir, `whisper-${kind}-${await sourceStamp()}`);
  if (existsSync(dir)) return dir;
  const draft = join(cacheDir, `.draft-${randomUUID()}`);
  try {
    await mkdir(join(draft, "onnx"), { recursive: true });
    for (const [file, content] of Object.entries(textFiles(name, crossAttentions))) {
      await writeFile(join(draft, file), JSON.stringify(content));
    }
    const write = (part: string, graph: Graph) =>
      writeModel(join(draft, "onnx", `${part}${suffixes[format]}.onnx`), graph);
    write("encoder_model", encoderGraph(shapes[name], format));
    write("decoder_model_merged", decoderGraph({ shape: shapes[name], format, crossAttentions }));
    await rename(draft, dir);
    await forgetOlder(cacheDir, dir);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return dir;
}

/** Removes what earlier sources made in the same place: names that differ in their stamp only. */
export async function forgetOlder(cacheDir: string, path: string): Promise<void> {
  const withoutStamp = (name: string) => name.replace(/[0-9a-f]{12}(?=\.|$)/u, "");
  const { base } = parse(path);
  for (const name of await readdir(cacheDir)) {
    if (name === base || withoutStamp(name) !== withoutStamp(base)) continue;
    await rm(join(cacheDir, name), { recursive: true, force: true });
  }
}

/** Changes with every change of what the weights are made by. */
export async function sourceStamp(): Promise<string> {
  const here = fileURLToPath(new URL(".", import.meta.url));
  const hash = createHash("sha256");
  for (const file of (await readdir(here)).toSorted()) hash.update(await readFile(join(here, file)));
  return hash.digest("hex").slice(0, 12);
}

function textFiles(name: ShapeName, crossAttentions: boolean): Readonly<Record<string, unknown>> {
  const { width, layers, heads, alignmentHeads } = shapes[name];
  const shared = {
    bos_token_id: ids.endOfText,
    eos_token_id: ids.endOfText,
    pad_token_id: ids.endOfText,
    decoder_start_token_id: ids.startOfTranscript,
  };
  const special = {
    bos_token: "<|endoftext|>",
    eos_token: "<|endoftext|>",
    pad_token: "<|endoftext|>",
    unk_token: "<|endoftext|>",
  };
  return {
    "config.json": {
      architectures: ["WhisperForConditionalGeneration"],
      model_type: "whisper",
      ...shared,
      d_model: width,
      encoder_layers: layers,
      encoder_attention_heads: heads,
      encoder_ffn_dim: 4 * width,
      decoder_layers: layers,
      decoder_attention_heads: heads,
      decoder_ffn_dim: 4 * width,
      num_hidden_layers: layers,
      num_mel_bins: melBins,
      max_source_positions: positions,
      max_target_positions: maxTokens,
      vocab_size: vocabularySize,
      is_encoder_decoder: true,
      use_cache: true,
      median_filter_width: 7,
      torch_dtype: "float32",
    },
    "generation_config.json": {
      ...shared,
      is_multilingual: true,
      lang_to_id: Object.fromEntries(languages.map((language, at) => [`<|${language}|>`, ids.firstLanguage + at])),
      task_to_id: { transcribe: ids.transcribe, translate: ids.translate },
      no_timestamps_token_id: ids.noTimestamps,
      prev_sot_token_id: ids.startOfPrevious,
      ...(crossAttentions ? { alignment_heads: alignmentHeads } : {}),
      max_initial_timestamp_index: 50,
      max_length: maxTokens,
      return_timestamps: false,
      begin_suppress_tokens: [ids.space, ids.endOfText],
      suppress_tokens: [],
    },
    "preprocessor_config.json": {
      feature_extractor_type: "WhisperFeatureExtractor",
      processor_class: "WhisperProcessor",
      chunk_length: 30,
      feature_size: melBins,
      hop_length: 160,
      n_fft: 400,
      n_samples: 480_000,
      nb_max_frames: 3000,
      padding_side: "right",
      padding_value: 0,
      return_attention_mask: false,
      sampling_rate: 16_000,
    },
    "tokenizer.json": tokenizerFile(),
    "tokenizer_config.json": {
      tokenizer_class: "WhisperTokenizer",
      processor_class: "WhisperProcessor",
      ...special,
      add_prefix_space: false,
      clean_up_tokenization_spaces: false,
      model_max_length: maxTokens,
    },
    "special_tokens_map.json": special,
  };
}
