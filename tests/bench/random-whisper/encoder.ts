// Whisper's encoder with random weights, in the inputs and outputs of the published ONNX files. Bench only.
import { createGraph, floats, type Graph, type Value } from "../../../electron/onnx/graph.ts";
import {
  apply,
  attend,
  attention,
  type Builder,
  feed,
  feedForward,
  gelu,
  norm,
  normalise,
  splitHeads,
  type WeightFormat,
} from "./layers.ts";
import { melBins, melFrames, positions, type WhisperShape } from "./shape.ts";
import { createRandomSource } from "./weights.ts";

export function encoderGraph(shape: WhisperShape, format: WeightFormat): Graph {
  const graph = createGraph("encoder");
  const builder: Builder = { graph, outer: graph, random: createRandomSource(1), format, shape };
  const { width } = shape;
  graph.input("input_features", "float32", ["batch_size", melBins, melFrames]);

  let state = gelu(builder, convolve(builder, "input_features", melBins, 1));
  state = gelu(builder, convolve(builder, state, width, 2));
  state = graph.node("Transpose", [state], { perm: [0, 2, 1] });
  const places = graph.constant(floats([positions, width], builder.random.take(positions * width, 0.02)));
  state = graph.node("Add", [state, places]);
  for (let layer = 0; layer < shape.layers; layer++) state = encoderLayer(builder, state);

  const last = norm(builder);
  const normalised = normalise(builder, state, last);
  graph.node("Identity", [normalised], {}, { outputs: ["last_hidden_state"] });
  graph.output("last_hidden_state", "float32", ["batch_size", positions, width]);
  return graph;
}

/** Convolutions stay in 32 bits in published q8 files that were made for speed: see SPEED. */
function convolve({ graph, random, shape: { width } }: Builder, input: Value, channels: number, stride: number): Value {
  const kernel = graph.constant(floats([width, channels, 3], random.take(width * channels * 3, 0.02)));
  const bias = graph.constant(floats([width], new Float32Array(width)));
  return graph.node("Conv", [input, kernel, bias], { kernel_shape: [3], pads: [1, 1], strides: [stride] });
}

function encoderLayer(builder: Builder, state: Value): Value {
  const layer = attention(builder);
  const normalised = normalise(builder, state, layer.norm);
  const key = splitHeads(builder, apply(builder, normalised, layer.key));
  const value = splitHeads(builder, apply(builder, normalised, layer.value));
  const { output } = attend(builder, normalised, { key, value }, layer);
  const attended = builder.graph.node("Add", [state, output]);
  return feed(builder, attended, feedForward(builder));
}
