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

/** A part's weights, for example `onnx/encoder_model_quantized.onnx`. */
export const weightsFile = (part: "encoder_model" | "decoder_model_merged", dtype: Dtype): string =>
  `onnx/${part}${dtypeSuffixes[dtype]}.onnx`;
