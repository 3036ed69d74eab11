// The ways in which published Whisper files are built, each from the tools that write it. Test only. What is told here
// was seen in files that those very tools made of random weights: modeling_whisper.py of transformers 4.28 to 5.0,
// PyTorch's TorchScript exporter 1.13 and 2.13, merge_decoders of optimum-onnx, the scripts of transformers.js
// (quantize.py, float16.py), ONNX Runtime's quantisers 1.18, and onnxslim.

export interface Dialect {
  readonly name: string;
  /**
   * Heads and rows together in three dimensions (transformers to 4.42); apart in four (from 4.43); or, written out of
   * scaled_dot_product_attention, queries and keys each multiplied with the root of the scale (optimum-onnx of 2025).
   */
  readonly attention: "together" | "apart" | "rooted";
  /** Opset 17 has one operator for layer normalisation. */
  readonly norm: "whole" | "spelled out";
  /** Rows of the position table: a slice (transformers to 4.42), or by number. */
  readonly positions: "slice" | "gather";
  /** Whether the branch with a cache adds a mask, as from transformers 4.43. */
  readonly mask: boolean;
  /** Caches joined with an empty one first (transformers from 4.56): a Concat of one. */
  readonly emptyCache: boolean;
  readonly weights:
    | "fp32"
    | "fp16"
    /** quantize_dynamic: per tensor, and per column. */
    | "u8"
    | "s8"
    | "s8 by column"
    /** MatMulNBits around the middle, and with zero points. */
    | "q4"
    | "q4 with zero points"
    | "q4f16";
  /** The output layer: the embedding turned over, or a weight of its own (optimum to 1.12). */
  readonly head: "turned" | "own";
  /** Cross-attentions among the outputs, as in "_timestamped" models. */
  readonly crossAttentions: boolean;
}

const early = {
  attention: "together",
  norm: "spelled out",
  positions: "slice",
  mask: false,
  emptyCache: false,
  head: "own",
  crossAttentions: false,
} as const;
const timestamped = { ...early, norm: "whole", head: "turned", crossAttentions: true } as const;
const turbo = { ...early, attention: "apart", positions: "gather", mask: true, head: "turned" } as const;
const recent = { ...turbo, attention: "rooted", norm: "whole", emptyCache: true } as const;

export const dialects: readonly Dialect[] = [
  ...(["fp32", "u8", "s8 by column"] as const).map((weights) => named("of 2023", early, weights)),
  ...(["fp32", "u8", "s8", "fp16", "q4f16"] as const).map((weights) => named("timestamped", timestamped, weights)),
  ...(["fp32", "u8", "s8", "fp16", "q4", "q4 with zero points"] as const).map((weights) =>
    named("of 2024", turbo, weights),
  ),
  ...(["fp32", "s8", "fp16", "q4", "q4f16"] as const).map((weights) => named("of 2025", recent, weights)),
];

function named(name: string, rest: Omit<Dialect, "name" | "weights">, weights: Dialect["weights"]): Dialect {
  return { name: `${name}, ${weights}`, ...rest, weights };
}
