// Whisper's encoder in a dialect. Test only.
import { createGraph, type Graph, type Value } from "../../electron/onnx/graph.ts";
import { attend, usualHeads, splitHeads } from "./attend.ts";
import type { Dialect } from "./dialects.ts";
import { shape, type WhisperNumbers } from "./numbers.ts";
import { createWriter } from "./writer.ts";

export function encoderGraph({ encoder }: WhisperNumbers, dialect: Dialect): Graph {
  const graph = createGraph("encoder");
  const writer = createWriter(graph, dialect);
  const isHalf = writer.computes === 10;
  const heads = shape.encoderHeads;
  graph.input("input_features", "float32", ["batch_size", shape.mels, 2 * shape.positions]);
  let state: Value = isHalf ? graph.node("Cast", ["input_features"], { to: 10 }) : "input_features";
  for (const [at, { kernel, bias }] of encoder.convolutions.entries()) {
    state = writer.gelu(writer.convolve(state, kernel, bias, at + 1));
  }
  state = graph.node("Transpose", [state], { perm: [0, 2, 1] });
  state = graph.node("Add", [state, writer.hold(encoder.positions)]);
  for (const { self, feedForward } of encoder.layers) {
    const input = writer.norm(state, self.norm);
    const key = splitHeads(writer, writer.linear(input, self.key), heads);
    const value = splitHeads(writer, writer.linear(input, self.value), heads);
    const { output } = attend(writer, input, key, value, self, usualHeads(heads), null);
    state = writer.feedForward(graph.node("Add", [state, output]), feedForward);
  }
  const last = writer.norm(state, encoder.norm);
  graph.node(isHalf ? "Cast" : "Identity", [last], isHalf ? { to: 1 } : {}, { outputs: ["last_hidden_state"] });
  graph.output("last_hidden_state", "float32", ["batch_size", shape.positions, shape.width]);
  return graph;
}
