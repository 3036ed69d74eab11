// Takes Whisper's weights out of the published encoder and merged decoder. Pure; throws UnknownGraph for other graphs.
import type { Tensor, Value } from "../../../onnx/graph.ts";
import type { OnnxGraph, OnnxNode } from "../../../onnx/read.ts";
import {
  int8,
  isPlainMatrix,
  readAttention,
  readFeedForward,
  readLinear,
  readNorm,
  readProduct,
  readResidual,
  split,
  withProjections,
} from "./read-layers.ts";
import { createWalk, sizeOf, UnknownGraph, type Walk } from "./walk.ts";
import {
  type Convolution,
  type DecoderWeights,
  type EncoderWeights,
  type Matrix,
  toFloat32,
  toPlain,
} from "./weights.ts";

type DecoderLayer = DecoderWeights["layers"][number];
type EncoderLayer = EncoderWeights["layers"][number];

/**
 * The merged decoder (Hugging Face Optimum's merge_decoders): an If between a branch with a cache and one without. Its
 * 8-bit weights are turned in place, in the bytes that the graph was read from.
 */
export function readDecoder(graph: OnnxGraph): DecoderWeights {
  const branches = graph.nodes.find(({ op }) => op === "If");
  const outside = createWalk([graph]);
  const branch = (name: string): OnnxGraph => {
    const found = branches?.attributes.get(name);
    if (typeof found !== "object" || !("nodes" in found)) throw new UnknownGraph("no merged decoder");
    return found;
  };
  const [cached, fresh] = [branch("then_branch"), branch("else_branch")];
  const outputOf = (of: OnnxGraph, name: string): Value => {
    // In half precision, what the branches put out is cast before it is handed on.
    const at = branches?.outputs.indexOf(outside.trunk(name)) ?? -1;
    return of.outputs[at] ?? "";
  };
  const walk = createWalk([graph, cached]);
  const freshWalk = createWalk([graph, fresh]);

  const head = readProduct(walk.trunk(outputOf(cached, "logits")), walk);
  if (head === null) throw new UnknownGraph("no output layer");
  const { input: last, ...norm } = readNorm(head.input, walk);

  const layers: DecoderLayer[] = [];
  let at = last;
  for (let above = readResidual(at, walk); above !== null; above = readResidual(at, walk)) {
    const feedForward = readFeedForward(above.block, walk);
    const cross = readAttentionAt(feedForward.input, walk);
    const self = readAttentionAt(cross.input, walk);
    const layer = /^past_key_values\.(\d+)\.encoder\.key$/u.exec(cross.keySource)?.[1];
    if (layer === undefined) throw new UnknownGraph("no cross-attention cache");
    const projected = (part: string) => readLinear(outputOf(fresh, `present.${layer}.encoder.${part}`), freshWalk);
    layers.unshift({
      self: withProjections(self, newColumns(self.keySource, walk), newColumns(self.valueSource, walk)),
      cross: withProjections(cross, projected("key"), projected("value")),
      feedForward,
    });
    at = self.input;
  }
  if (layers.length === 0) throw new UnknownGraph("no layers");
  return { ...readStart(at, walk), layers, norm, head: head.matrix };
}

function readAttentionAt(value: Value, walk: Walk) {
  const residual = readResidual(value, walk);
  const found = residual === null ? null : readAttention(residual.block, walk);
  if (residual === null || found === null) throw new UnknownGraph("no attention where one was looked for");
  return { ...found, input: residual.input };
}

/** The projection that is appended to the cache. */
function newColumns(value: Value, walk: Walk) {
  const node = walk.maker(value);
  return node?.op === "Concat" ? readLinear(node.inputs[1] ?? "", walk) : null;
}

/** Token embedding + position. */
function readStart(value: Value, walk: Walk): Pick<DecoderWeights, "embedding" | "positions"> {
  const node = walk.maker(walk.trunk(value));
  let embedding: Matrix | null = null;
  let positions: Tensor | null = null;
  for (const side of node?.op === "Add" ? node.inputs : []) {
    const taken = walk.search(side, looking, (at) => readTable(at, walk));
    if (taken !== null && walk.trunk(taken.places) === "input_ids") embedding = taken.table;
    else if (taken !== null) positions = toPlain(taken.table);
  }
  if (embedding === null || positions === null) throw new UnknownGraph("no embedding");
  return { embedding, positions };
}

const looking = new Set(["Gather", "Slice"]);

/** Rows taken out of a table: by number (Gather), or the ones in a row (Slice); in 8 bits, dequantised afterwards. */
function readTable(value: Value, walk: Walk): { readonly table: Matrix; readonly places: Value } | null {
  const node = walk.maker(value);
  const scaled = node?.op === "DequantizeLinear" ? node : null;
  const taking = scaled === null ? node : walk.maker(scaled.inputs[0] ?? "");
  if (taking === undefined || !looking.has(taking.op)) return null;
  const [from, places = ""] = taking.inputs;
  if (scaled !== null) {
    const table = int8(from, scaled.inputs[1], scaled.inputs[2], false, walk);
    return table === null ? null : { table, places };
  }
  const held = walk.constant(from);
  return held === null || !isPlainMatrix(held)
    ? null
    : { table: { kind: "float", values: toFloat32(held), transposed: false }, places };
}

/** The encoder, whose 8-bit weights are turned in place too. */
export function readEncoder(graph: OnnxGraph): EncoderWeights {
  const walk = createWalk([graph]);
  const { input: last, ...norm } = readNorm("last_hidden_state", walk);
  const layers: EncoderLayer[] = [];
  let at = last;
  for (let above = readResidual(at, walk); above !== null; above = readResidual(at, walk)) {
    const feedForward = readFeedForward(above.block, walk);
    const found = readAttentionAt(feedForward.input, walk);
    const self = withProjections(found, readLinear(found.keySource, walk), readLinear(found.valueSource, walk));
    layers.unshift({ self, feedForward });
    at = found.input;
  }
  const start = walk.maker(walk.trunk(at));
  const parts = start?.op === "Add" ? split(start, walk) : null;
  if (parts === null || layers.length === 0) throw new UnknownGraph("no layers");
  const second = readConvolution(parts.other, walk);
  const first = readConvolution(second.input, walk);
  const width = second.kernel.dims[0] ?? 0;
  const positions = toFloat32(parts.held);
  return {
    convolutions: [first, second],
    positions: { ...positions, dims: [positions.data.byteLength / 4 / width, width] },
    layers,
    norm,
  };
}

const activating = new Set(["Mul", "Div", "Add", "Erf", "Gelu"]);

/** A convolution in floating point. One in 8 bits is widened: it is small, and its input should keep its precision. */
function readConvolution(value: Value, walk: Walk): Convolution & { readonly input: Value } {
  const found = walk.search(value, activating, (at) => {
    const node = walk.maker(at);
    const [kernel, bias] = [walk.constant(node?.inputs[1]), walk.constant(node?.inputs[2])];
    if (node?.op === "Add") return readWholeConvolution(node, walk);
    if (node?.op !== "Conv" || kernel === null || bias === null) return null;
    return { kernel: toFloat32(kernel), bias: toFloat32(bias), input: node.inputs[0] ?? "" };
  });
  if (found === null) throw new UnknownGraph("no convolution where one was looked for");
  return found;
}

/** ONNX Runtime's quantiser writes: cast(convolution of the quantised input) × (scale × scale of the kernel) + bias. */
function readWholeConvolution(node: OnnxNode, walk: Walk): (Convolution & { readonly input: Value }) | null {
  for (const [sum = "", added = ""] of [node.inputs, node.inputs.toReversed()]) {
    // The bias is turned to stand along the channels.
    const bias = walk.constant(walk.trunk(added));
    const [product, scales] = walk.maker(sum)?.inputs ?? [];
    const convolution = walk.maker(walk.trunk(product ?? ""));
    const scale = walk.maker(scales ?? "")?.inputs.find((input) => walk.constant(input) !== null);
    if (bias === null || convolution?.op !== "ConvInteger") continue;
    const kernel = int8(convolution.inputs[1], scale, convolution.inputs[3], false, walk);
    if (kernel === null) continue;
    const flat = toFloat32(bias);
    return {
      kernel: toPlain(kernel),
      bias: { ...flat, dims: [sizeOf(flat)] },
      input: walk.maker(convolution.inputs[0] ?? "")?.inputs[0] ?? "",
    };
  }
  return null;
}
