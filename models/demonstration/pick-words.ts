// The part of the encoder graph that decides which words were said, and when.
import { floats, type Graph, type Value } from "../../electron/onnx/graph.ts";
import { frames, heard, maxWords } from "./measures.ts";
import type { Template } from "./templates.ts";
import { add, axes, greater, maxAround, multiply, scalar, subtract, toFloat } from "./terms.ts";

export interface Events {
  /** [batch, maxWords] each, in order of time; floats. Past the last word `present` is 0. */
  readonly present: Value;
  readonly word: Value;
  readonly score: Value;
  readonly start: Value;
  readonly end: Value;
}

/** Keeps a match where nothing that overlaps it is better, and lists what is kept in order of time. */
export function pickWords(graph: Graph, scores: Value, templates: readonly Template[]): Events {
  const heardScores = graph.node("Where", [greater(graph, scores, scalar(graph, heard)), scores, scalar(graph, 0)]);
  const byLength = lengthClasses(templates);
  const bestOf = byLength.map(({ members }) => {
    const chosen = graph.node("Gather", [heardScores, axes(graph, ...members)], { axis: 1 });
    return graph.node("ReduceMax", [chosen], { axes: [1], keepdims: 1 });
  });
  const reaches = byLength.map(({ frames: length }) => Math.max(1, Math.floor(length / 2)));
  // The best match whose word covers each frame; a match survives if it is the best over all of its own frames.
  const covering = graph.node(
    "Max",
    bestOf.map((best, at) => maxAround(graph, best, reaches[at] as number)),
  );
  const surviving = bestOf.map((best, at) => {
    const rival = maxAround(graph, covering, reaches[at] as number);
    const survives = graph.node("GreaterOrEqual", [best, rival]);
    return multiply(graph, best, toFloat(graph, survives));
  });
  const kept = graph.node("Squeeze", [graph.node("Max", surviving), axes(graph, 1)]);
  const clock = graph.constant(
    floats(
      [1, frames],
      Float32Array.from({ length: frames }, (_, frame) => frames - frame),
    ),
  );
  const key = multiply(graph, toFloat(graph, greater(graph, kept, scalar(graph, 0))), clock);
  const [keys, at] = graph.nodes("TopK", [key, axes(graph, maxWords)], 2, { axis: -1 }) as [Value, Value];
  const present = toFloat(graph, greater(graph, keys, scalar(graph, 0)));
  const bestWord = graph.node("ArgMax", [heardScores], { axis: 1, keepdims: 0 });
  const wordIndex = graph.node("GatherElements", [bestWord, at], { axis: 1 });
  const half = graph.constant(
    floats(
      [templates.length],
      templates.map((template) => template.frames / 2),
    ),
  );
  const halfLength = graph.node("Gather", [half, wordIndex]);
  const centre = toFloat(graph, at);
  return {
    present,
    word: toFloat(graph, wordIndex),
    score: graph.node("GatherElements", [kept, at], { axis: 1 }),
    start: subtract(graph, centre, halfLength),
    end: add(graph, centre, halfLength),
  };
}

/** Words of about the same length share their pooling. */
function lengthClasses(templates: readonly Template[]): { readonly frames: number; readonly members: number[] }[] {
  const classes = new Map<number, { frames: number; members: number[] }>();
  templates.forEach((template, at) => {
    const key = Math.round(Math.log(template.frames) * 6);
    const found = classes.get(key) ?? { frames: template.frames, members: [] };
    classes.set(key, { frames: Math.min(found.frames, template.frames), members: [...found.members, at] });
  });
  return [...classes.values()];
}
