// Walks a published graph backwards, from a value to what made it, past the steps that only turn or rename. Pure.
import type { Tensor, Value } from "../../../onnx/graph.ts";
import type { OnnxGraph, OnnxNode } from "../../../onnx/read.ts";

/** The graph is not built the way Whisper's are: it must be run as it was published. */
export class UnknownGraph extends Error {}

export interface Walk {
  /** What made a value; undefined for inputs and constants. */
  maker(value: Value): OnnxNode | undefined;
  /** The constant behind a value, through casts and names. */
  constant(value: Value | undefined): Tensor | null;
  /** Back past everything that leaves the numbers as they are, but for a factor. */
  trunk(value: Value): Value;
  /**
   * The first answer of `find` on the way back, nearest first. Steps only through the operators in `through` and those
   * that `trunk` passes.
   */
  search<Found>(value: Value, through: ReadonlySet<string>, find: (value: Value) => Found | null): Found | null;
}

const turning = new Set(["Reshape", "Transpose", "Identity", "Cast", "Unsqueeze", "Squeeze", "Expand", "Clip"]);
const measuring = new Set([
  "Sqrt",
  "Cast",
  "Div",
  "Mul",
  "Pow",
  "Slice",
  "Gather",
  "Reciprocal",
  "Squeeze",
  "Unsqueeze",
]);

/** @param graphs a branch and the graphs around it, whose values it sees */
export function createWalk(graphs: readonly OnnxGraph[]): Walk {
  const makers = new Map<Value, OnnxNode>();
  for (const { nodes } of graphs) for (const node of nodes) for (const output of node.outputs) makers.set(output, node);
  const constants = new Map(graphs.flatMap((graph) => [...graph.constants]));

  function constant(value: Value | undefined): Tensor | null {
    if (value === undefined) return null;
    const found = constants.get(value);
    if (found !== undefined) return found;
    const node = makers.get(value);
    if (node?.op === "Constant") {
      const held = node.attributes.get("value");
      return typeof held === "object" && "data" in held ? held : null;
    }
    return node?.op === "Identity" || node?.op === "Cast" ? constant(node.inputs[0]) : null;
  }

  /** A factor that does not depend on what is heard: a number, or one worked out from the sizes of tensors. */
  function isFactor(value: Value): boolean {
    const held = constant(value);
    if (held !== null) return sizeOf(held) === 1;
    const node = makers.get(value);
    if (node === undefined) return false;
    return node.op === "Shape" || (measuring.has(node.op) && node.inputs.every((input) => isMeasured(input)));
  }
  const isMeasured = (value: Value): boolean => constant(value) !== null || isFactor(value);

  function behind(value: Value): Value | null {
    const node = makers.get(value);
    const [first, second] = node?.inputs ?? [];
    if (node === undefined || first === undefined) return null;
    if (turning.has(node.op)) return first;
    // What is left of joining with an empty cache (transformers since 4.56).
    if (node.op === "Concat" && second === undefined) return first;
    if ((node.op !== "Mul" && node.op !== "Div") || second === undefined) return null;
    if (isFactor(second)) return first;
    return node.op === "Mul" && isFactor(first) ? second : null;
  }

  function trunk(value: Value): Value {
    for (let at = value; ;) {
      const next = behind(at);
      if (next === null) return at;
      at = next;
    }
  }

  function search<Found>(
    from: Value,
    through: ReadonlySet<string>,
    find: (value: Value) => Found | null,
  ): Found | null {
    const seen = new Set<Value>();
    const waiting = [from];
    for (let value = waiting.shift(); value !== undefined; value = waiting.shift()) {
      if (seen.has(value)) continue;
      seen.add(value);
      const found = find(value);
      if (found !== null) return found;
      const next = behind(value);
      const node = makers.get(value);
      if (next !== null) waiting.push(next);
      else if (node !== undefined && through.has(node.op)) waiting.push(...node.inputs);
    }
    return null;
  }

  return { maker: (value) => makers.get(value), constant, trunk, search };
}

export const sizeOf = ({ dims }: Tensor): number => dims.reduce((product, dim) => product * dim, 1);
