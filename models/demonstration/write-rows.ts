// The part of the encoder graph that writes words and pauses as rows of tokens, one per position, for the decoder to read.
import { floats, type Graph, type Value } from "../../electron/onnx/graph.ts";
import { frames, heard, maxWords, positions, width } from "./measures.ts";
import type { Events } from "./pick-words.ts";
import type { Template } from "./templates.ts";
import { add, axes, greater, multiply, scalar, slice, subtract, toFloat, toLike } from "./terms.ts";
import { ids, maxTokens } from "./tokens.ts";

/** A correlation that counts as certain. */
const certain = 0.95;
/** Pauses, in frames of 10 ms, from word to word. */
const commaPause = 22;
const sentencePause = 50;

/** Five slots per word: start of sentence, the word, a comma, a full stop, end of sentence. The empty ones are squeezed out. */
export function writeRows(graph: Graph, events: Events, templates: readonly Template[]): void {
  const { present, score, word } = events;
  const absent = subtract(graph, scalar(graph, 1), present);
  const far = scalar(graph, 10 * frames);
  const start = add(graph, events.start, multiply(graph, absent, far));
  const none = toLike(graph, slice(graph, events.end, 1, 0, 1), -10 * frames);
  const after = toLike(graph, slice(graph, events.end, 1, 0, 1), 10 * frames);
  const previousEnd = graph.node("Concat", [none, slice(graph, events.end, 1, 0, maxWords - 1)], { axis: 1 });
  const nextStart = graph.node("Concat", [slice(graph, start, 1, 1, maxWords), after], { axis: 1 });
  const longer = (left: Value, right: Value, pause: number): Value =>
    multiply(graph, present, toFloat(graph, greater(graph, subtract(graph, left, right), scalar(graph, pause))));
  const first = longer(start, previousEnd, sentencePause);
  const last = longer(nextStart, events.end, sentencePause);
  const comma = subtract(graph, longer(nextStart, events.end, commaPause), last);

  const capital = multiply(graph, first, scalar(graph, templates.length));
  const wordToken = add(graph, add(graph, word, capital), scalar(graph, ids.firstWord));
  const timeToken = (frame: Value): Value => {
    const inside = graph.node("Clip", [frame, scalar(graph, 0), scalar(graph, frames)]);
    return add(
      graph,
      graph.node("Round", [multiply(graph, inside, scalar(graph, 0.5))]),
      scalar(graph, ids.firstTimestamp),
    );
  };
  const fixed = (value: number): Value => toLike(graph, present, value);
  const certainty = graph.node("Clip", [
    add(
      graph,
      multiply(graph, subtract(graph, score, scalar(graph, heard)), scalar(graph, 0.6 / (certain - heard))),
      scalar(graph, 0.38),
    ),
    scalar(graph, 0.3),
    scalar(graph, 0.98),
  ]);
  const slots = (values: readonly Value[]): Value => {
    const columns = values.map((value) => graph.node("Unsqueeze", [value, axes(graph, 2)]));
    return graph.node("Reshape", [
      graph.node("Concat", columns, { axis: 2 }),
      axes(graph, 0, maxWords * values.length),
    ]);
  };
  const tokens = slots([timeToken(start), wordToken, fixed(ids.comma), fixed(ids.fullStop), timeToken(events.end)]);
  const probabilities = slots([fixed(0.95), certainty, fixed(0.95), fixed(0.95), fixed(0.95)]);
  const timed = squeezeOut(graph, tokens, probabilities, slots([first, present, comma, last, last]));
  const plain = squeezeOut(graph, tokens, probabilities, slots([fixed(0), present, comma, last, fixed(0)]));
  const best = graph.node("ReduceMax", [multiply(graph, score, present)], { axes: [1], keepdims: 1 });
  const evidence = graph.node("Expand", [best, graph.node("Shape", [timed.token])]);

  const columns = [timed.token, timed.probability, plain.token, plain.probability, evidence].map((value) =>
    graph.node("Unsqueeze", [value, axes(graph, 2)]),
  );
  const rows = graph.node("Concat", columns, { axis: 2 });
  const pads = axes(graph, 0, 0, 0, 0, positions - maxTokens, width - columns.length);
  graph.node("Pad", [rows, pads], {}, { outputs: ["last_hidden_state"] });
  graph.output("last_hidden_state", "float32", ["batch_size", positions, width]);
}

/** The slots that are used, in order, then zeros (probability 0 means: no token here). */
function squeezeOut(
  graph: Graph,
  tokens: Value,
  probabilities: Value,
  used: Value,
): { readonly token: Value; readonly probability: Value } {
  const slotCount = maxWords * 5;
  const order = graph.constant(
    floats(
      [1, slotCount],
      Float32Array.from({ length: slotCount }, (_, slot) => slotCount - slot),
    ),
  );
  const key = multiply(graph, used, order);
  const [keys, at] = graph.nodes("TopK", [key, axes(graph, maxTokens)], 2, { axis: -1 }) as [Value, Value];
  const present = toFloat(graph, greater(graph, keys, scalar(graph, 0)));
  const take = (value: Value): Value =>
    multiply(graph, present, graph.node("GatherElements", [value, at], { axis: 1 }));
  return { token: take(tokens), probability: take(probabilities) };
}
