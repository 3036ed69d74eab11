// The text files of the demonstration model: configurations and tokenizer in the layout of Whisper on the hub.
// Runs anywhere. All ids come from tokens.ts.
import { positions, width } from "./measures.ts";
import { controlTokens, ids, maxTokens, textTokens, tokenCount } from "./tokens.ts";

const shared = {
  bos_token_id: ids.endOfText,
  eos_token_id: ids.endOfText,
  pad_token_id: ids.endOfText,
  decoder_start_token_id: ids.startOfTranscript,
};

const config = {
  architectures: ["WhisperForConditionalGeneration"],
  model_type: "whisper",
  /** What the app reads to call the model by its name. */
  lyssna_demonstration: true,
  ...shared,
  d_model: width,
  encoder_layers: 1,
  encoder_attention_heads: 1,
  encoder_ffn_dim: width,
  decoder_layers: 1,
  decoder_attention_heads: 1,
  decoder_ffn_dim: width,
  num_hidden_layers: 1,
  num_mel_bins: 80,
  max_source_positions: positions,
  max_target_positions: maxTokens,
  vocab_size: tokenCount,
  is_encoder_decoder: true,
  use_cache: true,
  median_filter_width: 7,
  torch_dtype: "float32",
};

const generationConfig = {
  _from_model_config: false,
  ...shared,
  is_multilingual: true,
  lang_to_id: { "<|en|>": ids.english, "<|sv|>": ids.swedish },
  task_to_id: { transcribe: ids.transcribe, translate: ids.translate },
  no_timestamps_token_id: ids.noTimestamps,
  prev_sot_token_id: ids.startOfPrevious,
  max_initial_timestamp_index: positions,
  max_length: maxTokens,
  return_timestamps: false,
  // End of text stays allowed at the start: silence has no text.
  begin_suppress_tokens: [],
  suppress_tokens: [
    ids.startOfTranscript,
    ids.translate,
    ids.transcribe,
    ids.startOfLanguageModel,
    ids.startOfPrevious,
  ],
};

const preprocessorConfig = {
  feature_extractor_type: "WhisperFeatureExtractor",
  processor_class: "WhisperProcessor",
  chunk_length: 30,
  feature_size: 80,
  hop_length: 160,
  n_fft: 400,
  n_samples: 480_000,
  nb_max_frames: 3000,
  padding_side: "right",
  padding_value: 0,
  return_attention_mask: false,
  sampling_rate: 16_000,
};

const addedTokens = controlTokens.map((content, at) => ({
  id: textTokens.length + at,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: textTokens.length + at < ids.firstTimestamp,
}));

const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true };
const endOfText = "<|endoftext|>";

const tokenizer = {
  version: "1.0",
  truncation: null,
  padding: null,
  added_tokens: addedTokens,
  normalizer: null,
  pre_tokenizer: byteLevel,
  post_processor: byteLevel,
  decoder: byteLevel,
  model: {
    type: "BPE",
    dropout: null,
    unk_token: endOfText,
    continuing_subword_prefix: "",
    end_of_word_suffix: "",
    fuse_unk: false,
    byte_fallback: false,
    ignore_merges: true,
    vocab: Object.fromEntries([...textTokens, ...controlTokens].map((token, id) => [token, id])),
    merges: [],
  },
};

const specialTokens = { bos_token: endOfText, eos_token: endOfText, pad_token: endOfText, unk_token: endOfText };

const tokenizerConfig = {
  tokenizer_class: "WhisperTokenizer",
  processor_class: "WhisperProcessor",
  ...specialTokens,
  add_prefix_space: false,
  clean_up_tokenization_spaces: false,
  model_max_length: maxTokens,
  added_tokens_decoder: Object.fromEntries(addedTokens.map(({ id, ...token }) => [String(id), token])),
};

/** File name → content. */
export const modelFiles: Readonly<Record<string, unknown>> = {
  "config.json": config,
  "generation_config.json": generationConfig,
  "preprocessor_config.json": preprocessorConfig,
  "tokenizer.json": tokenizer,
  "tokenizer_config.json": tokenizerConfig,
  "special_tokens_map.json": specialTokens,
};
