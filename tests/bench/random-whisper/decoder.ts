// Whisper's merged decoder (with and without cache, chosen by an If) with random weights that force the answer of each
// position, in the inputs and outputs of the published ONNX files. Bench only.
import { createGraph, floats, type Graph, ints, type Value } from "../../../electron/onnx/graph.ts";
import {
  apply,
  attend,
  type Attention,
  attention,
  axes,
  type Builder,
  feed,
  type FeedForward,
  feedForward,
  multiply,
  type Norm,
  norm,
  normalise,
  scalar,
  splitHeads,
  type Weight,
  weight,
  type WeightFormat,
} from "./layers.ts";
import { forceAnswer } from "./force-answer.ts";
import { forcedTokens, headWidth, maxTokens, vocabularySize, type WhisperShape } from "./shape.ts";
import { createRandomSource } from "./weights.ts";

interface DecoderLayer {
  readonly self: Attention;
  readonly cross: Attention;
  readonly feedForward: FeedForward;
}

interface Weights {
  readonly embedding: Weight;
  readonly places: Value;
  readonly layers: readonly DecoderLayer[];
  readonly last: Norm;
}

const kinds = ["decoder", "encoder"] as const;
const parts = ["key", "value"] as const;

export interface DecoderOptions {
  readonly shape: WhisperShape;
  readonly format: WeightFormat;
  /** Also puts out the cross-attentions, as published models for word times do. */
  readonly crossAttentions: boolean;
}

const attentionName = (layer: number): Value => `cross_attentions.${layer}`;

export function decoderGraph({ shape, format, crossAttentions }: DecoderOptions): Graph {
  const graph = createGraph("decoder");
  const builder: Builder = { graph, outer: graph, random: createRandomSource(2), format, shape };
  graph.input("input_ids", "int64", ["batch_size", "decoder_sequence_length"]);
  graph.input("encoder_hidden_states", "float32", ["batch_size", "encoder_sequence_length", shape.width]);
  const cacheDims = (kind: string) => ["batch_size", shape.heads, `past_${kind}_sequence_length`, headWidth] as const;
  const names = Array.from({ length: shape.layers }, (_, at) =>
    kinds.flatMap((kind) => parts.map((part) => ({ kind, name: `${at}.${kind}.${part}` }))),
  ).flat();
  for (const { kind, name } of names) graph.input(`past_key_values.${name}`, "float32", cacheDims(kind));
  graph.input("use_cache_branch", "bool", [1]);

  const weights = makeWeights(builder);
  const attentions = crossAttentions ? Array.from({ length: shape.layers }, (_, at) => attentionName(at)) : [];
  const outputs = ["logits", ...names.map(({ name }) => `present.${name}`), ...attentions];
  const thenBranch = branch(builder, weights, "cached", crossAttentions);
  const elseBranch = branch(builder, weights, "fresh", crossAttentions);
  graph.nodes(
    "If",
    ["use_cache_branch"],
    outputs.length,
    { then_branch: { graph: thenBranch }, else_branch: { graph: elseBranch } },
    { outputs },
  );
  graph.output("logits", "float32", ["batch_size", "decoder_sequence_length", vocabularySize]);
  for (const { kind, name } of names) {
    graph.output(`present.${name}`, "float32", ["batch_size", shape.heads, `${kind}_sequence_length`, headWidth]);
  }
  for (const name of attentions) {
    const dims = ["batch_size", shape.heads, "decoder_sequence_length", "encoder_sequence_length"];
    graph.output(name, "float32", dims);
  }
  return graph;
}

function makeWeights(builder: Builder): Weights {
  const { outer, random, shape } = builder;
  const { embedding, places } = forceAnswer(random, shape.width, forcedTokens);
  return {
    embedding: weight(builder, [vocabularySize, shape.width], embedding),
    places: outer.constant(floats([maxTokens, shape.width], places)),
    layers: Array.from({ length: shape.layers }, () => ({
      self: attention(builder),
      cross: attention(builder),
      feedForward: feedForward(builder),
    })),
    last: norm(builder),
  };
}

/** One branch of the If. "cached" reads the cross-attention's keys and values from the cache, "fresh" makes them. */
function branch(outer: Builder, weights: Weights, name: "cached" | "fresh", crossAttentions: boolean): Graph {
  const graph = createGraph(name);
  const builder: Builder = { ...outer, graph };
  const { shape } = builder;
  const present: { readonly name: string; readonly value: Value }[] = [];
  const shares: { readonly name: string; readonly value: Value }[] = [];

  const pastLength = lengthOf(graph, "past_key_values.0.decoder.key", 2);
  const newLength = lengthOf(graph, "input_ids", 1);
  const endLength = graph.node("Add", [pastLength, newLength]);
  const mask = causalMask(graph, pastLength, endLength);
  const here = graph.node("Slice", [weights.places, pastLength, endLength, axes(graph, 0)]);
  let state = graph.node("Add", [embed(builder, weights.embedding), here]);

  for (const [at, layer] of weights.layers.entries()) {
    const normalised = normalise(builder, state, layer.self.norm);
    const self = Object.fromEntries(
      parts.map((part) => {
        const fresh = splitHeads(builder, apply(builder, normalised, layer.self[part]));
        return [part, graph.node("Concat", [`past_key_values.${at}.decoder.${part}`, fresh], { axis: 2 })];
      }),
    ) as { key: Value; value: Value };
    state = graph.node("Add", [state, attend(builder, normalised, self, layer.self, mask).output]);

    const cross = Object.fromEntries(
      parts.map((part) => [
        part,
        name === "cached"
          ? `past_key_values.${at}.encoder.${part}`
          : splitHeads(builder, apply(builder, "encoder_hidden_states", layer.cross[part])),
      ]),
    ) as { key: Value; value: Value };
    const attended = attend(builder, normalise(builder, state, layer.cross.norm), cross, layer.cross);
    state = graph.node("Add", [state, attended.output]);
    shares.push({ name: attentionName(at), value: attended.shares });
    state = feed(builder, state, layer.feedForward);
    // As in the published files, the cached branch hands back empty keys and values for the encoder.
    const empty = () => graph.constant(floats([0, shape.heads, 1, headWidth], []));
    for (const part of parts) present.push({ name: `${at}.decoder.${part}`, value: self[part] });
    for (const part of parts) {
      present.push({ name: `${at}.encoder.${part}`, value: name === "cached" ? empty() : cross[part] });
    }
  }

  const normalised = normalise(builder, state, weights.last);
  const logits = multiply(builder, normalised, { ...weights.embedding, name: transposed(builder, weights.embedding) });
  for (const { name: output, value } of [
    { name: "logits", value: logits },
    ...present.map((one) => ({ ...one, name: `present.${one.name}` })),
    ...(crossAttentions ? shares : []),
  ]) {
    graph.node("Identity", [value], {}, { outputs: [`${name}/${output}`] });
    const last = output === "logits" ? vocabularySize : output.startsWith("present.") ? headWidth : "positions";
    graph.output(
      `${name}/${output}`,
      "float32",
      output === "logits" ? ["b", "s", last] : ["b", shape.heads, "t", last],
    );
  }
  return graph;
}

const lengthOf = (graph: Graph, value: Value, axis: number): Value =>
  graph.node("Gather", [graph.node("Shape", [value]), axes(graph, axis)]);

/** [new tokens, all tokens]: 0 where a token may look, a large negative number where it may not. */
function causalMask(graph: Graph, past: Value, end: Value): Value {
  const clock = graph.constant(
    ints(
      [maxTokens],
      Float64Array.from({ length: maxTokens }, (_, at) => at),
    ),
  );
  const rows = graph.node("Unsqueeze", [graph.node("Slice", [clock, past, end, axes(graph, 0)]), axes(graph, 1)]);
  const columns = graph.node("Slice", [clock, axes(graph, 0), end, axes(graph, 0)]);
  const isLater = graph.node("Less", [rows, columns]);
  return graph.node("Where", [isLater, scalar(graph, -1e9), scalar(graph, 0)]);
}

function embed({ graph }: Builder, embedding: Weight): Value {
  const rows = graph.node("Gather", [embedding.name, "input_ids"], { axis: 0 });
  if (embedding.kind === "fp32") return rows;
  return graph.node("DequantizeLinear", [rows, embedding.scale, embedding.zeroPoint]);
}

/** The output layer is the embedding turned over. It is folded into a constant when the model is loaded. */
const transposed = ({ graph }: Builder, embedding: Weight): Value =>
  graph.node("Transpose", [embedding.name], { perm: [1, 0] });
