// From log-mel features to what every decoding step looks at: Whisper's encoder, and the keys and values that the
// decoder's cross-attention makes of it, worked out once per window. Inference process.
import { createGraph, type Graph } from "../../../onnx/graph.ts";
import { createBlocks, type Products } from "./build-layers.ts";
import type { DecoderWeights, EncoderWeights } from "./weights.ts";

/** The names of the outputs by layer: keys [1, heads, head width, positions] and values [1, heads, positions, head width]. */
export const crossKey = (layer: number): string => `cross.${layer}.key`;
export const crossValue = (layer: number): string => `cross.${layer}.value`;

/**
 * Input `features`: [1, mels, frames], two frames a position. Windows are heard one by one, so the 8-bit scale of a
 * window never depends on another.
 */
export function listenGraph(
  encoder: EncoderWeights,
  decoder: DecoderWeights,
  encoderHeads: number,
  heads: number,
  products: Products = "signed",
): Graph {
  const graph = createGraph("listen");
  const blocks = createBlocks(graph, "tensor", products);
  const { convolutions, positions } = encoder;
  const mels = convolutions[0].kernel.dims[1] ?? 0;
  const [places = 0, width = 0] = positions.dims;
  graph.input("features", "float32", [1, mels, 2 * places]);

  let state = blocks.gelu(blocks.convolve("features", convolutions[0], 1));
  state = blocks.gelu(blocks.convolve(state, convolutions[1], 2));
  state = graph.node("Transpose", [state], { perm: [0, 2, 1] });
  state = graph.node("Add", [state, blocks.hold(positions)]);
  for (const { self, feedForward } of encoder.layers) {
    const input = blocks.norm(state, self.norm);
    const parts = [self.query, self.key, self.value].map((part) => blocks.linear(input, part));
    // One operator for the whole attention, which works in tiles: the scores of 1500 × 1500 places never lie in memory.
    const mixed = graph.node("MultiHeadAttention", parts, { num_heads: encoderHeads }, { domain: "com.microsoft" });
    state = graph.node("Add", [state, blocks.linear(mixed, self.out)]);
    state = blocks.feedForward(state, feedForward);
  }
  const encoded = blocks.norm(state, encoder.norm);

  const headWidth = width / heads;
  for (const [at, { cross }] of decoder.layers.entries()) {
    const split = (part: "key" | "value") =>
      graph.node("Reshape", [blocks.linear(encoded, cross[part]), blocks.axes(1, places, heads, headWidth)]);
    graph.node("Transpose", [split("key")], { perm: [0, 2, 3, 1] }, { outputs: [crossKey(at)] });
    graph.node("Transpose", [split("value")], { perm: [0, 2, 1, 3] }, { outputs: [crossValue(at)] });
    graph.output(crossKey(at), "float32", [1, heads, headWidth, places]);
    graph.output(crossValue(at), "float32", [1, heads, places, headWidth]);
  }
  return graph;
}
