// Takes Silero's weights for 16 kHz out of the published file, by structure and not by name. Inference process.
import type { Tensor, Value } from "../../onnx/graph.ts";
import { type OnnxGraph, type OnnxNode, readModel } from "../../onnx/read.ts";

export interface Convolution {
  /** [out, in, taps] */
  readonly weight: Tensor;
  readonly bias: Tensor;
}

export interface SileroWeights {
  /** Cosines, then sines, under a window: [2 × frequencies, 1, samples]. */
  readonly transform: Tensor;
  readonly encoder: readonly Convolution[];
  /** The cell's weights in PyTorch's order (input, forget, cell, output): [4 × hidden, in], [4 × hidden, hidden]. */
  readonly cell: {
    readonly input: Tensor;
    readonly hidden: Tensor;
    readonly inputBias: Tensor;
    readonly hiddenBias: Tensor;
  };
  /** From the cell to one number. */
  readonly output: Convolution;
}

/** Throws a RangeError where the file is not built like Silero v5. */
export function readSileroWeights(model: Uint8Array): SileroWeights {
  // The published graph asks whether the rate is 16 kHz and holds a model for each answer.
  const graph = branch(find(readModel(model).nodes, "If"), "then_branch");
  const constants = constantsOf(graph);
  const [transform, ...rest] = graph.nodes.filter(({ op }) => op === "Conv");
  const output = rest.pop();
  if (transform === undefined || output === undefined || rest.length !== 4) throw unknown("convolutions");
  const convolution = (node: OnnxNode): Convolution => ({
    weight: constant(constants, node.inputs[1]),
    bias: constant(constants, node.inputs[2]),
  });
  return {
    transform: constant(constants, transform.inputs[1]),
    encoder: rest.map(convolution),
    cell: readCell(graph, constants),
    output: convolution(output),
  };
}

type Constants = ReadonlyMap<Value, Tensor>;

/** Whether a state is given or not, the same cell stands in two branches. */
function readCell(graph: OnnxGraph, outer: Constants): SileroWeights["cell"] {
  const holder = graph.nodes
    .filter(({ op }) => op === "If")
    .map((node) => branch(node, "then_branch"))
    .find(({ nodes }) => nodes.some(({ op }) => op === "LSTM"));
  if (holder === undefined) throw unknown("recurrent cell");
  const lstm = find(holder.nodes, "LSTM");
  // The file keeps PyTorch's order and puts the gates into ONNX's while it runs: Slice, Concat, Unsqueeze.
  const made = new Map(holder.nodes.map((node) => [node.outputs[0] ?? "", node]));
  const constants = new Map([...outer, ...constantsOf(holder)]);
  const sources = (value: Value | undefined): Tensor[] => {
    const known = constants.get(value ?? "");
    if (known !== undefined) return [known];
    const node = made.get(value ?? "");
    if (node === undefined) throw unknown("recurrent weights");
    return (node.op === "Concat" ? node.inputs : node.inputs.slice(0, 1)).flatMap(sources);
  };
  const [, input, hidden, bias] = lstm.inputs;
  const [inputWeights] = sources(input);
  const [hiddenWeights] = sources(hidden);
  const biases = [...new Set(sources(bias))];
  const [inputBias, hiddenBias] = biases;
  if (!inputWeights || !hiddenWeights || !inputBias || !hiddenBias || biases.length !== 2) throw unknown("biases");
  return { input: inputWeights, hidden: hiddenWeights, inputBias, hiddenBias };
}

function constantsOf({ nodes, constants }: OnnxGraph): Map<Value, Tensor> {
  const all = new Map(constants);
  for (const { op, outputs, attributes } of nodes) {
    const value = attributes.get("value");
    if (op === "Constant" && typeof value === "object" && "data" in value) all.set(outputs[0] ?? "", value);
  }
  return all;
}

function branch(node: OnnxNode, name: string): OnnxGraph {
  const graph = node.attributes.get(name);
  if (typeof graph !== "object" || !("nodes" in graph)) throw unknown(name);
  return graph;
}

function find(nodes: readonly OnnxNode[], op: string): OnnxNode {
  return nodes.find((node) => node.op === op) ?? throwUnknown(op);
}

function constant(constants: Constants, name: Value | undefined): Tensor {
  const tensor = constants.get(name ?? "");
  return tensor?.type === "float32" ? tensor : throwUnknown("weights");
}

const unknown = (what: string): RangeError => new RangeError(`Silero's ${what} are not where they were`);
function throwUnknown(what: string): never {
  throw unknown(what);
}
