// Whisper's decoder in a dialect: two branches, without and with a cache, in one file. Test only.
import { createGraph, floats, type Graph, ints, type Value } from "../../electron/onnx/graph.ts";
import { attend, dimension, type Heads, splitHeads, usualHeads } from "./attend.ts";
import type { Dialect } from "./dialects.ts";
import { type Numbers, shape, type WhisperNumbers } from "./numbers.ts";
import { createWriter, type Writer } from "./writer.ts";

const headWidth = shape.width / shape.decoderHeads;
const cacheNames = Array.from({ length: shape.decoderLayers }, (_, layer) =>
  ["decoder", "encoder"].flatMap((kind) => ["key", "value"].map((part) => `${layer}.${kind}.${part}`)),
).flat();

/** @param heads how attention is scaled, where it is not as in Whisper */
export function decoderGraph(
  { decoder }: WhisperNumbers,
  dialect: Dialect,
  heads: Heads = usualHeads(shape.decoderHeads),
): Graph {
  const graph = createGraph("decoder");
  const writer = createWriter(graph, dialect);
  const isHalf = writer.computes === 10;
  graph.input("input_ids", "int64", ["batch_size", "decoder_sequence_length"]);
  graph.input("encoder_hidden_states", "float32", ["batch_size", "encoder_sequence_length", shape.width]);
  const cacheDims = (name: string) => ["batch_size", shape.decoderHeads, `${name} length`, headWidth] as const;
  for (const name of cacheNames) graph.input(`past_key_values.${name}`, "float32", cacheDims(name));
  graph.input("use_cache_branch", "bool", [1]);
  // In half precision, branches see inputs through casts, and their outputs are cast back.
  const given = new Map<string, Value>();
  for (const name of ["encoder_hidden_states", ...cacheNames.map((one) => `past_key_values.${one}`)]) {
    given.set(name, isHalf ? graph.node("Cast", [name], { to: 10 }) : name);
  }
  const own = { dims: [shape.width, shape.vocabulary], values: turn(decoder.embedding) };
  const branch = (name: "cached" | "fresh") => writeBranch(writer, name, decoder, own, given, heads);
  const outputs = ["logits", ...cacheNames.map((name) => `present.${name}`), ...attentionNames(dialect)];
  const made = graph.nodes(
    "If",
    ["use_cache_branch"],
    outputs.length,
    { then_branch: { graph: branch("cached") }, else_branch: { graph: branch("fresh") } },
    isHalf ? {} : { outputs },
  );
  for (const [at, name] of outputs.entries()) {
    if (isHalf) graph.node("Cast", [made[at] ?? ""], { to: 1 }, { outputs: [name] });
    graph.output(name, "float32", outputDims(name));
  }
  return graph;
}

const attentionNames = ({ crossAttentions }: Dialect): string[] =>
  crossAttentions ? Array.from({ length: shape.decoderLayers }, (_, layer) => `cross_attentions.${layer}`) : [];

const outputDims = (name: string) =>
  name === "logits"
    ? (["batch_size", "decoder_sequence_length", shape.vocabulary] as const)
    : name.startsWith("cross")
      ? (["batch_size", shape.decoderHeads, "decoder_sequence_length", "positions"] as const)
      : (["batch_size", shape.decoderHeads, `${name} length`, headWidth] as const);

/** "cached" takes the cross-attention's keys and values from the cache and hands back empty ones, "fresh" makes them. */
function writeBranch(
  outer: Writer,
  name: "cached" | "fresh",
  { embedding, positions, layers, norm }: WhisperNumbers["decoder"],
  ownHead: Numbers,
  given: ReadonlyMap<string, Value>,
  heads: Heads,
): Graph {
  const graph = createGraph(name);
  const writer = outer.inside(graph);
  const { dialect } = writer;
  const type = writer.computes === 10 ? "float16" : "float32";
  const outputs = new Map<string, Value>();
  const input = (of: string): Value => {
    const value = given.get(of) ?? of;
    return dialect.emptyCache ? graph.node("Concat", [value], { axis: -2 }) : value;
  };

  const ids = graph.node("Reshape", ["input_ids", writer.list(0, -1)]);
  const past = dimension(writer, given.get("past_key_values.0.decoder.key") ?? "", 2);
  const from = name === "cached" ? past : writer.list(0);
  const until = graph.node("Add", [from, dimension(writer, ids, 1)]);
  let state = graph.node("Add", [writer.gather(embedding, ids), places(writer, positions, from, until)]);
  const isMasked = dialect.mask || name === "fresh";
  const mask = isMasked ? causalMask(writer, from, until) : null;

  for (const [at, layer] of layers.entries()) {
    const looking = writer.norm(state, layer.self.norm);
    const self = (part: "key" | "value"): Value => {
      const fresh = splitHeads(writer, writer.linear(looking, layer.self[part]), heads.heads);
      const all =
        name === "cached"
          ? graph.node("Concat", [input(`past_key_values.${at}.decoder.${part}`), fresh], { axis: 2 })
          : fresh;
      outputs.set(`present.${at}.decoder.${part}`, all);
      return all;
    };
    const back = attend(writer, looking, self("key"), self("value"), layer.self, heads, mask);
    state = graph.node("Add", [state, back.output]);

    const cross = (part: "key" | "value"): Value => {
      const output = `present.${at}.encoder.${part}`;
      if (name === "cached") {
        const tensor = { type, dims: [0, heads.heads, 1, headWidth], data: new Uint8Array(0) } as const;
        outputs.set(output, graph.node("Constant", [], { value: { tensor } }));
        return input(`past_key_values.${at}.encoder.${part}`);
      }
      const sound = given.get("encoder_hidden_states") ?? "";
      const made = splitHeads(writer, writer.linear(sound, layer.cross[part]), heads.heads);
      outputs.set(output, made);
      return made;
    };
    const listening = writer.norm(state, layer.cross.norm);
    const heard = attend(writer, listening, cross("key"), cross("value"), layer.cross, heads, null);
    outputs.set(`cross_attentions.${at}`, heard.shares);
    state = writer.feedForward(graph.node("Add", [state, heard.output]), layer.feedForward);
  }

  const last = writer.norm(state, norm);
  const head =
    dialect.head === "turned" ? graph.node("MatMul", [last, writer.turned(embedding)]) : writer.multiply(last, ownHead);
  outputs.set("logits", head);
  for (const output of ["logits", ...cacheNames.map((one) => `present.${one}`), ...attentionNames(dialect)]) {
    graph.node("Identity", [outputs.get(output) ?? ""], {}, { outputs: [`${name}/${output}`] });
    graph.output(`${name}/${output}`, type, outputDims(output));
  }
  return graph;
}

function places(writer: Writer, positions: Numbers, from: Value, until: Value): Value {
  const { graph, list } = writer;
  if (writer.dialect.positions === "slice") {
    return graph.node("Slice", [writer.hold(positions), from, until, list(0), list(1)]);
  }
  const rows = writer.gather(positions, graph.node("Unsqueeze", [count(writer, from, until), list(0)]));
  return graph.node("Cast", [rows], { to: writer.computes });
}

/** from, from + 1, … until − 1. */
function count({ graph, list }: Writer, from: Value, until: Value): Value {
  const [start, end] = [from, until].map((one) => graph.node("Squeeze", [one, list(0)]));
  const step = graph.node("Constant", [], { value: { tensor: ints([], [1]) } });
  return graph.node("Range", [start ?? "", end ?? "", step]);
}

/** [new tokens, all tokens]: 0 where a token may look, the least number there is where it may not. */
function causalMask(writer: Writer, from: Value, until: Value): Value {
  const { graph, list } = writer;
  const rows = graph.node("Unsqueeze", [count(writer, from, until), list(1)]);
  const isLater = graph.node("Less", [rows, count(writer, list(0), until)]);
  const numbers = [-3.4028234663852886e38, 0].map((value) =>
    graph.node("Constant", [], {
      value: { tensor: floats([], [writer.computes === 10 ? Math.max(value, -65_504) : value]) },
    }),
  );
  const mask = graph.node("Where", [isLater, ...numbers]);
  return writer.computes === 10 ? graph.node("Cast", [mask], { to: 10 }) : mask;
}

/** [rows, columns] → the numbers of [columns, rows]. */
function turn({ dims, values }: Numbers): Float32Array {
  const [rows = 0, columns = 0] = dims;
  return Float32Array.from(
    { length: values.length },
    (_, at) => values[(at % rows) * columns + Math.floor(at / rows)] ?? 0,
  );
}
