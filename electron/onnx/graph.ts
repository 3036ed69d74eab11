// Builds ONNX graphs and writes them as model files. Runs under Node; used for the demonstration model,
// for models of a given shape with random weights, and for small signal-processing graphs.
// Field numbers are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
import { closeSync, openSync, writeSync } from "node:fs";
import { bytesField, floatField, intField, lengthOf, messageField, stringField, type Pieces } from "./encode.ts";

export const elementTypes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
} as const;
export type ElementType = keyof typeof elementTypes;

/** A constant. `data` is little-endian and exactly as long as `dims` and `type` say; float16 is raw bits. */
export interface Tensor {
  readonly type: ElementType;
  readonly dims: readonly number[];
  readonly data: Uint8Array;
}

const bytesOf = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

export const floats = (dims: readonly number[], values: ArrayLike<number>): Tensor => ({
  type: "float32",
  dims,
  data: bytesOf(values instanceof Float32Array ? values : Float32Array.from(values)),
});

export const ints = (dims: readonly number[], values: ArrayLike<number>): Tensor => ({
  type: "int64",
  dims,
  data: bytesOf(BigInt64Array.from(values as ArrayLike<number> & Iterable<number>, BigInt)),
});

/** The name under which a value is known within its graph. */
export type Value = string;

/** Marks a number as a float attribute, also when it happens to be whole. */
export const asFloat = (float: number): { readonly float: number } => ({ float });

/** A whole number is an int attribute; floats are marked with asFloat or given as a Float32Array. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | Float32Array
  | { readonly float: number }
  | { readonly tensor: Tensor }
  | { readonly graph: Graph };

export interface NodeOptions {
  /** Empty for ONNX's own operators; "com.microsoft" for ONNX Runtime's. */
  readonly domain?: string;
  /** Names of the outputs where they matter (graph outputs); otherwise they are numbered. */
  readonly outputs?: readonly Value[];
}

/** A number is a fixed size, a string a named free one. */
export type Dimension = number | string;

/** A graph under construction. Nodes must be added in an order in which their inputs are already there. */
export interface Graph {
  input(name: Value, type: ElementType, dims: readonly Dimension[]): Value;
  output(name: Value, type: ElementType, dims: readonly Dimension[]): Value;
  /** Adds a constant (an initializer) under a name of its own. */
  constant(tensor: Tensor, name?: Value): Value;
  /** Adds a node with one output and answers that output. */
  node(
    op: string,
    inputs: readonly Value[],
    attributes?: Readonly<Record<string, Attribute>>,
    options?: NodeOptions,
  ): Value;
  /** Adds a node with several outputs. */
  nodes(
    op: string,
    inputs: readonly Value[],
    count: number,
    attributes?: Readonly<Record<string, Attribute>>,
    options?: NodeOptions,
  ): readonly Value[];
  /** The GraphProto message. */
  encode(): Pieces;
}

function attributeMessage(name: string, value: Attribute): Pieces {
  const head = stringField(1, name);
  const typed = (type: number, body: Pieces): Pieces => [...head, ...body, ...intField(20, type)];
  if (typeof value === "number") {
    if (!Number.isInteger(value)) throw new TypeError(`attribute ${name}: mark ${value} with asFloat`);
    return typed(2, intField(3, value));
  }
  if (typeof value === "string") return typed(3, stringField(4, value));
  if (value instanceof Float32Array)
    return typed(
      6,
      Array.from(value).flatMap((float) => floatField(7, float)),
    );
  if ("float" in value) return typed(1, floatField(2, value.float));
  if ("tensor" in value) return typed(4, messageField(5, tensorMessage("", value.tensor)));
  if ("graph" in value) return typed(5, messageField(6, value.graph.encode()));
  return typed(
    7,
    value.flatMap((int) => intField(8, int)),
  );
}

const tensorMessage = (name: string, tensor: Tensor): Pieces => [
  ...tensor.dims.flatMap((dim) => intField(1, dim)),
  ...intField(2, elementTypes[tensor.type]),
  ...stringField(8, name),
  ...bytesField(9, tensor.data),
];

function valueMessage(name: Value, type: ElementType, dims: readonly Dimension[]): Pieces {
  const shape = dims.flatMap((dim) =>
    messageField(1, typeof dim === "number" ? intField(1, dim) : stringField(2, dim)),
  );
  const tensorType = [...intField(1, elementTypes[type]), ...messageField(2, shape)];
  return [...stringField(1, name), ...messageField(2, messageField(1, tensorType))];
}

/** Starts an empty graph. A subgraph (for If) needs a name of its own: values of outer graphs are visible in it. */
export function createGraph(name: string): Graph {
  const inputs: Uint8Array[] = [];
  const outputs: Uint8Array[] = [];
  const constants: Uint8Array[] = [];
  const body: Uint8Array[] = [];
  let count = 0;
  const freshName = (hint: string): Value => `${name}/${hint}_${count++}`;

  const graph: Graph = {
    input(value, type, dims) {
      inputs.push(...messageField(11, valueMessage(value, type, dims)));
      return value;
    },
    output(value, type, dims) {
      outputs.push(...messageField(12, valueMessage(value, type, dims)));
      return value;
    },
    constant(tensor, value = freshName("constant")) {
      constants.push(...messageField(5, tensorMessage(value, tensor)));
      return value;
    },
    node(op, nodeInputs, attributes, options) {
      const [value] = graph.nodes(op, nodeInputs, 1, attributes, options);
      return value as Value;
    },
    nodes(op, nodeInputs, outputCount, attributes = {}, options = {}) {
      const values = options.outputs ?? Array.from({ length: outputCount }, () => freshName(op));
      const message = [
        ...nodeInputs.flatMap((value) => stringField(1, value)),
        ...values.flatMap((value) => stringField(2, value)),
        ...stringField(3, freshName("node")),
        ...stringField(4, op),
        ...Object.entries(attributes).flatMap(([key, value]) => messageField(5, attributeMessage(key, value))),
        ...stringField(7, options.domain ?? ""),
      ];
      body.push(...messageField(1, message));
      return values;
    },
    encode: () => [...body, ...stringField(2, name), ...constants, ...inputs, ...outputs],
  };
  return graph;
}

export interface ModelOptions {
  readonly opset?: number;
  /** Version of "com.microsoft", where its operators are used. */
  readonly microsoftOpset?: number;
}

/** The model file's bytes in pieces; constants are not copied. ONNX Runtime reads files below 2 GB. */
export function modelPieces(graph: Graph, options: ModelOptions = {}): Pieces {
  const opset = (domain: string, version: number): Pieces =>
    messageField(8, [...stringField(1, domain), ...intField(2, version)]);
  return [
    ...intField(1, 8),
    ...stringField(2, "lyssna"),
    ...opset("", options.opset ?? 17),
    ...(options.microsoftOpset === undefined ? [] : opset("com.microsoft", options.microsoftOpset)),
    ...messageField(7, graph.encode()),
  ];
}

/** The model as one array, for a session made from memory. */
export function modelBytes(graph: Graph, options: ModelOptions = {}): Uint8Array {
  const pieces = modelPieces(graph, options);
  const bytes = new Uint8Array(lengthOf(pieces));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}

/** Writes the model piece by piece, small pieces gathered: a model of a gigabyte costs no second gigabyte. */
export function writeModel(path: string, graph: Graph, options: ModelOptions = {}): void {
  const file = openSync(path, "w");
  try {
    const gathered: Uint8Array[] = [];
    const flush = (): void => {
      if (gathered.length > 0) writeAll(file, Buffer.concat(gathered));
      gathered.length = 0;
    };
    for (const piece of modelPieces(graph, options)) {
      if (piece.byteLength < 65_536) {
        gathered.push(piece);
        continue;
      }
      flush();
      writeAll(file, piece);
    }
    flush();
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.byteLength;) at += writeSync(file, bytes, at, bytes.byteLength - at);
}
