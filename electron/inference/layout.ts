// What lies in a Whisper folder in transformers.js's layout. Runs anywhere.

/** Weight formats as transformers.js names them. Never a four-bit encoder (speech is dropped). */
export type Dtype = "fp32" | "fp16" | "q8" | "int8" | "uint8" | "q4" | "q4f16";

/** What stands between a part's name and `.onnx` for each format. */
export const dtypeSuffixes: Readonly<Record<Dtype, string>> = {
  fp32: "",
  fp16: "_fp16",
  q8: "_quantized",
  int8: "_int8",
  uint8: "_uint8",
  q4: "_q4",
  q4f16: "_q4f16",
};

/** Text files beside the weights. */
export const configFiles = [
  "config.json",
  "generation_config.json",
  "preprocessor_config.json",
  "tokenizer.json",
  "tokenizer_config.json",
] as const;

export type Part = "encoder_model" | "decoder_model_merged";

/** Best first on a processor. A four-bit encoder drops speech. */
export const processorDtypes: Readonly<Record<Part, readonly Dtype[]>> = {
  encoder_model: ["q8", "int8", "uint8", "fp32", "fp16"],
  decoder_model_merged: ["q8", "int8", "uint8", "fp32", "q4", "fp16", "q4f16"],
};

/** Best first on graphics. An eight-bit decoder writes gibberish there (transformers.js, issue 1317). */
export const graphicsDtypes: Readonly<Record<Part, readonly Dtype[]>> = {
  encoder_model: ["fp32", "fp16"],
  decoder_model_merged: ["fp32", "fp16"],
};

/** Numbers of a model's config.json that its size in memory hangs on. */
export interface WhisperShape {
  /** Of the decoder. */
  readonly layers: number;
  readonly width: number;
}

/** Places of the encoder's output: half of the 3000 frames of a window. */
const positions = 1500;

/** Keys and values of the cross-attention of one window, for every layer, as 32-bit numbers. */
export const rowBytes = ({ layers, width }: WhisperShape): number => 2 * layers * positions * width * 4;

/**
 * Windows decoded together where nothing was measured: in each of two processes a fourth gains less than can be
 * measured and takes 40 MB, for Whisper base; what they hear may take so many bytes at most.
 */
const mostRows = 3;
const mostRowBytes = 300e6;

export const usualBatch = (shape: WhisperShape): number =>
  Math.max(1, Math.min(mostRows, Math.floor(mostRowBytes / rowBytes(shape))));

/** A part's weights, for example `onnx/encoder_model_quantized.onnx`. */
export const weightsFile = (part: Part, dtype: Dtype): string => `onnx/${part}${dtypeSuffixes[dtype]}.onnx`;

/** The two models that tell voices apart, each in a folder of its own. */
export const voiceParts = ["segmentation", "embedding"] as const;
export type VoicePart = (typeof voiceParts)[number];

/**
 * In 32 bits: both together are 33 MB. Of the published 8-bit copies it is told that they hear voices at once where there
 * are none and blur the angles between voices.
 */
export const voiceFile = (part: VoicePart): string => `${part}/onnx/model.onnx`;

/** Everything that is read of a voice model. */
export const voiceFiles: readonly string[] = voiceParts.flatMap((part) => [
  `${part}/config.json`,
  `${part}/preprocessor_config.json`,
  voiceFile(part),
]);
