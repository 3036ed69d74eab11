// The small language in which the demonstration model's graphs are written: arithmetic on values. Runs anywhere.
import { floats, type Graph, ints, type Value } from "../../electron/onnx/graph.ts";

export const scalar = (graph: Graph, value: number): Value => graph.constant(floats([], [value]));
export const add = (graph: Graph, left: Value, right: Value): Value => graph.node("Add", [left, right]);
export const subtract = (graph: Graph, left: Value, right: Value): Value => graph.node("Sub", [left, right]);
export const multiply = (graph: Graph, left: Value, right: Value): Value => graph.node("Mul", [left, right]);
export const greater = (graph: Graph, left: Value, right: Value): Value => graph.node("Greater", [left, right]);
export const toFloat = (graph: Graph, value: Value): Value => graph.node("Cast", [value], { to: 1 });
export const axes = (graph: Graph, ...values: number[]): Value => graph.constant(ints([values.length], values));
export const slice = (graph: Graph, value: Value, axis: number, start: number, end: number): Value =>
  graph.node("Slice", [value, axes(graph, start), axes(graph, end), axes(graph, axis)]);
/** Maximum over `reach` frames on either side; [batch, rows, frames]. */
export const maxAround = (graph: Graph, value: Value, reach: number): Value =>
  graph.node("MaxPool", [value], { kernel_shape: [2 * reach + 1], pads: [reach, reach] });

/** A tensor of the shape of another, filled with one value. */
export const toLike = (graph: Graph, shapeOf: Value, value: number): Value =>
  graph.node("Expand", [scalar(graph, value), graph.node("Shape", [shapeOf])]);

export const unsqueeze = (graph: Graph, value: Value, axis: number): Value =>
  graph.node("Unsqueeze", [value, axes(graph, axis)]);

/** One place along an axis, which goes. */
export const column = (graph: Graph, value: Value, axis: number, at: number): Value =>
  graph.node("Squeeze", [slice(graph, value, axis, at, at + 1), axes(graph, axis)]);
