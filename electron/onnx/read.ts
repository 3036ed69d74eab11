// Reads an ONNX model file into plain data: nodes, constants, inputs and outputs, with subgraphs. Runs under Node.
// Weights are views into the file's bytes and never copied. Field numbers are those of onnx.proto.
import { addInts, type Budget, decodeMessage, type Field, readText, spend, wholeBudget } from "./decode.ts";
import { type ElementType, elementTypes, type Tensor, type Value } from "./graph.ts";

export interface OnnxNode {
  readonly op: string;
  /** Empty for ONNX's own operators. */
  readonly domain: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** The kinds of attribute that Whisper's and Silero's graphs use; others are left out. */
export type OnnxAttribute = number | string | readonly number[] | Tensor | OnnxGraph;

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  /** Initializers by name. */
  readonly constants: ReadonlyMap<Value, Tensor>;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

/**
 * Throws a RangeError for bytes that are no ONNX model, or whose weights lie in another file; TooMuchToRead, within a
 * second, for more fields, numbers or levels than any model has.
 */
export function readModel(bytes: Uint8Array): OnnxGraph {
  // A Buffer's slices share its memory where those of a plain array are copies: nobody below has to know which it is.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const budget = wholeBudget();
  const graph = decodeMessage(plain, budget).find(({ number }) => number === 7);
  if (graph === undefined) throw new RangeError("an ONNX file without a graph");
  return readGraph(graph.bytes, budget);
}

function readGraph(bytes: Uint8Array, budget: Budget): OnnxGraph {
  spend(budget, "levels");
  const nodes: OnnxNode[] = [];
  const constants = new Map<Value, Tensor>();
  const inputs: Value[] = [];
  const outputs: Value[] = [];
  for (const field of decodeMessage(bytes, budget)) {
    if (field.number === 1) nodes.push(readNode(field.bytes, budget));
    else if (field.number === 5) {
      const { name, tensor } = readTensor(field.bytes, budget);
      constants.set(name, tensor);
    } else if (field.number === 11) inputs.push(nameOf(field.bytes, budget));
    else if (field.number === 12) outputs.push(nameOf(field.bytes, budget));
  }
  budget.levels += 1;
  return { nodes, constants, inputs: inputs.filter((name) => !constants.has(name)), outputs };
}

const nameOf = (bytes: Uint8Array, budget: Budget): Value =>
  readText(decodeMessage(bytes, budget).find(({ number }) => number === 1));

function readNode(bytes: Uint8Array, budget: Budget): OnnxNode {
  const inputs: Value[] = [];
  const outputs: Value[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  let op = "";
  let domain = "";
  for (const field of decodeMessage(bytes, budget)) {
    if (field.number === 1) inputs.push(readText(field));
    else if (field.number === 2) outputs.push(readText(field));
    else if (field.number === 4) op = readText(field);
    else if (field.number === 7) domain = readText(field);
    else if (field.number === 5) {
      const { name, value } = readAttribute(field.bytes, budget);
      if (value !== null) attributes.set(name, value);
    }
  }
  return { op, domain: domain === "ai.onnx" ? "" : domain, inputs, outputs, attributes };
}

function readAttribute(
  bytes: Uint8Array,
  budget: Budget,
): { readonly name: string; readonly value: OnnxAttribute | null } {
  let name = "";
  let value: OnnxAttribute | null = null;
  const ints: number[] = [];
  for (const field of decodeMessage(bytes, budget)) {
    if (field.number === 1) name = readText(field);
    else if (field.number === 2) value = floatOf(field);
    else if (field.number === 3) value = field.value;
    else if (field.number === 4) value = readText(field);
    else if (field.number === 5) value = readTensor(field.bytes, budget).tensor;
    else if (field.number === 6) value = readGraph(field.bytes, budget);
    else if (field.number === 8) addInts(ints, field, budget);
  }
  return { name, value: ints.length > 0 ? ints : value };
}

const floatOf = ({ bytes }: Field): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getFloat32(0, true);

const typeNames: ReadonlyMap<number, ElementType> = new Map(
  Object.entries(elementTypes).map(([name, number]) => [number, name as ElementType]),
);

function readTensor(bytes: Uint8Array, budget: Budget): { readonly name: Value; readonly tensor: Tensor } {
  const dims: number[] = [];
  const loose: Uint8Array[] = [];
  const ints: number[] = [];
  let name = "";
  let type: ElementType | undefined;
  let data: Uint8Array | null = null;
  for (const field of decodeMessage(bytes, budget)) {
    if (field.number === 1) addInts(dims, field, budget);
    else if (field.number === 2) type = typeNames.get(field.value);
    else if (field.number === 4) loose.push(field.bytes);
    else if (field.number === 5 || field.number === 7) addInts(ints, field, budget);
    else if (field.number === 8) name = readText(field);
    else if (field.number === 9) data = field.bytes;
    else if (field.number === 13) throw new RangeError("weights in another file");
  }
  if (type === undefined) throw new RangeError("an element type that no Whisper file uses");
  return { name, tensor: { type, dims, data: data ?? gather(type, loose, ints) } };
}

/** Small constants may stand as repeated numbers instead of raw bytes. */
function gather(type: ElementType, loose: readonly Uint8Array[], ints: readonly number[]): Uint8Array {
  if (type === "float32") return new Uint8Array(Buffer.concat(loose));
  const array =
    type === "int64"
      ? BigInt64Array.from(ints, BigInt)
      : type === "int32"
        ? Int32Array.from(ints)
        : type === "float16"
          ? Uint16Array.from(ints)
          : Uint8Array.from(ints);
  return new Uint8Array(array.buffer);
}
