// Attention as the dialects write it. Test only.
import type { Value } from "../../electron/onnx/graph.ts";
import { shape, type AttentionNumbers } from "./numbers.ts";
import type { Writer } from "./writer.ts";

export interface Heads {
  readonly heads: number;
  /** What scores are multiplied with; 1 / √(width of a head) in Whisper. */
  readonly scale: number;
}

export const usualHeads = (heads: number): Heads => ({ heads, scale: (shape.width / heads) ** -0.5 });

/** [batch, time, width] → [batch, heads, time, width of a head]. */
export function splitHeads({ graph, list }: Writer, input: Value, heads: number): Value {
  const split = graph.node("Reshape", [input, list(0, -1, heads, shape.width / heads)]);
  return graph.node("Transpose", [split], { perm: [0, 2, 1, 3] });
}

/** Query × key, masked and shared out over the values, through the output layer; and the shares [batch, heads, …]. */
export function attend(
  writer: Writer,
  normalised: Value,
  key: Value,
  value: Value,
  layer: AttentionNumbers,
  { heads, scale }: Heads,
  mask: Value | null,
): { readonly output: Value; readonly shares: Value } {
  const { graph, dialect, list } = writer;
  const projected = writer.linear(normalised, layer.query);
  /** [batch, heads, …] as [batch × heads, …], where the dialect wants it. */
  const together = (four: Value): Value => {
    if (dialect.attention !== "together") return four;
    const rest = [dimension(writer, four, 2), dimension(writer, four, 3)];
    return graph.node("Reshape", [four, graph.node("Concat", [list(-1), ...rest], { axis: 0 })]);
  };
  const apart = (three: Value): Value => {
    if (dialect.attention !== "together") return three;
    const rest = [dimension(writer, three, 1), dimension(writer, three, 2)];
    return graph.node("Reshape", [three, graph.node("Concat", [list(-1, heads), ...rest], { axis: 0 })]);
  };

  let scores: Value;
  if (dialect.attention === "rooted") {
    const root = () => graph.node("Sqrt", [writer.scalar(scale)]);
    const query = graph.node("Mul", [splitHeads(writer, projected, heads), root()]);
    const keys = graph.node("Mul", [graph.node("Transpose", [key], { perm: [0, 1, 3, 2] }), root()]);
    scores = graph.node("MatMul", [query, keys]);
  } else {
    const query = splitHeads(writer, graph.node("Mul", [projected, writer.scalar(scale)]), heads);
    const perm = dialect.attention === "together" ? [0, 2, 1] : [0, 1, 3, 2];
    scores = graph.node("MatMul", [together(query), graph.node("Transpose", [together(key)], { perm })]);
  }
  if (mask !== null) scores = together(graph.node("Add", [apart(scores), mask]));
  const shares = graph.node("Softmax", [scores], { axis: -1 });
  const mixed = apart(graph.node("MatMul", [shares, together(value)]));
  const joined = graph.node("Transpose", [mixed], { perm: [0, 2, 1, 3] });
  const output = writer.linear(graph.node("Reshape", [joined, list(0, -1, shape.width)]), layer.out);
  return { output, shares: apart(shares) };
}

/** The size of a value along an axis, [1]. */
export const dimension = ({ graph, list }: Writer, value: Value, axis: number): Value =>
  graph.node("Gather", [graph.node("Shape", [value]), list(axis)], { axis: 0 });
