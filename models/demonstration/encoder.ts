// The encoder graph: log-mel sound in, one row per token of the transcript out. Runs nowhere by itself; ONNX Runtime
// runs what it builds. Every word's template is slid over the sound (normalised cross-correlation); the best matches
// that overlap nothing better are the words, and the pauses between them give commas, sentences and times.
import { createGraph, floats, ints, type Graph, type Value } from "../onnx.ts";
import type { Template } from "./templates.ts";
import {
  bandsPerChannel,
  channelReach,
  channels,
  firstBand,
  floorDepth,
  frameReach,
  frameShare,
  lastBand,
  marginFrames,
} from "./templates.ts";
import { ids, maxTokens } from "./tokens.ts";

export const frames = 3000;
export const positions = 1500;
export const width = 8;
/** Channels of a row of hidden states: the token and its probability with and without timestamps, and the evidence for speech. */
export const rowChannels = {
  timedToken: 0,
  timedProbability: 1,
  plainToken: 2,
  plainProbability: 3,
  evidence: 4,
} as const;

/** A correlation that counts as heard, and one that counts as certain. */
const heard = 0.62;
const certain = 0.95;
/** More words than can be said in 30 s. */
const maxWords = 100;
/** Pauses, in frames of 10 ms, from word to word. */
const commaPause = 22;
const sentencePause = 50;
/** The loudest sound within this many frames on either side sets the floor. */
const floorReach = 60;
/** The sound must have at least this share of the word's own contrast. */
const contrastShare = 0.6;

export function encoderGraph(templates: readonly Template[]): Graph {
  const graph = createGraph("encoder");
  const input = graph.input("input_features", "float32", ["batch_size", 80, frames]);
  const features = sharpenSound(graph, input);
  const scores = correlate(graph, features, templates);
  const events = pickWords(graph, scores, templates);
  writeRows(graph, events, templates);
  return graph;
}

// ---- the small language in which the stages below are written

const scalar = (graph: Graph, value: number): Value => graph.constant(floats([], [value]));
const add = (graph: Graph, left: Value, right: Value): Value => graph.node("Add", [left, right]);
const subtract = (graph: Graph, left: Value, right: Value): Value => graph.node("Sub", [left, right]);
const multiply = (graph: Graph, left: Value, right: Value): Value => graph.node("Mul", [left, right]);
const greater = (graph: Graph, left: Value, right: Value): Value => graph.node("Greater", [left, right]);
const toFloat = (graph: Graph, value: Value): Value => graph.node("Cast", [value], { to: 1 });
const axes = (graph: Graph, ...values: number[]): Value => graph.constant(ints([values.length], values));
const slice = (graph: Graph, value: Value, axis: number, start: number, end: number): Value =>
  graph.node("Slice", [value, axes(graph, start), axes(graph, end), axes(graph, axis)]);
/** Maximum over `reach` frames on either side; [batch, rows, frames]. */
const maxAround = (graph: Graph, value: Value, reach: number): Value =>
  graph.node("MaxPool", [value], { kernel_shape: [2 * reach + 1], pads: [reach, reach] });

/** [batch, 80, frames] → [batch, channels, frames]: above a local floor, paired, sharpened. As templates.ts does. */
function sharpenSound(graph: Graph, input: Value): Value {
  const bands = slice(graph, input, 1, firstBand, lastBand + 1);
  const loudest = graph.node("ReduceMax", [bands], { axes: [1], keepdims: 1 });
  const floor = subtract(graph, maxAround(graph, loudest, floorReach), scalar(graph, floorDepth));
  const height = subtract(graph, graph.node("Max", [bands, floor]), floor);
  const paired = graph.node("Reshape", [height, axes(graph, 0, channels, bandsPerChannel, frames)]);
  const plane = graph.node("ReduceMean", [paired], { axes: [2], keepdims: 0 });
  const channelBox = 2 * channelReach + 1;
  const padded = graph.node("Pad", [plane, axes(graph, 0, channelReach, 0, 0, channelReach, 0)], { mode: "edge" });
  const image = graph.node("Unsqueeze", [padded, axes(graph, 1)]);
  const overChannels = graph.constant(floats([1, 1, channelBox, 1], new Float32Array(channelBox).fill(1 / channelBox)));
  const channelMean = graph.node("Squeeze", [graph.node("Conv", [image, overChannels]), axes(graph, 1)]);
  const acrossChannels = subtract(graph, plane, channelMean);
  const frameBox = 2 * frameReach + 1;
  const overFrames = graph.constant(
    floats([1, 1, 1, frameBox], new Float32Array(frameBox).fill(frameShare / frameBox)),
  );
  const asImage = graph.node("Unsqueeze", [acrossChannels, axes(graph, 1)]);
  const frameMean = graph.node("Conv", [asImage, overFrames], { pads: [0, frameReach, 0, frameReach] });
  return subtract(graph, acrossChannels, graph.node("Squeeze", [frameMean, axes(graph, 1)]));
}

/** [batch, channels, frames] → [batch, words, frames]: how well each word fits, centred on each frame; at most 1. */
function correlate(graph: Graph, features: Value, templates: readonly Template[]): Value {
  const longest = Math.max(...templates.map((template) => template.frames)) + 2 * marginFrames;
  const kernel = longest | 1;
  const weights = new Float32Array(templates.length * channels * kernel);
  const boxes = new Float32Array(templates.length * kernel);
  templates.forEach((template, word) => {
    const length = template.patch.length / channels;
    const start = centredStart(kernel, length);
    for (let frame = 0; frame < length; frame++) {
      boxes[word * kernel + start + frame] = 1;
      for (let channel = 0; channel < channels; channel++) {
        weights[(word * channels + channel) * kernel + start + frame] = template.patch[frame * channels + channel] ?? 0;
      }
    }
  });
  const pads = [(kernel - 1) / 2, (kernel - 1) / 2];
  const match = graph.node("Conv", [features, graph.constant(floats([templates.length, channels, kernel], weights))], {
    pads,
  });
  const energy = graph.node("ReduceSum", [multiply(graph, features, features), axes(graph, 1)], { keepdims: 1 });
  const around = graph.node("Conv", [energy, graph.constant(floats([templates.length, 1, kernel], boxes))], { pads });
  const least = graph.constant(
    floats(
      [templates.length, 1],
      templates.map((template) => (contrastShare * template.contrast) ** 2),
    ),
  );
  return graph.node("Div", [match, graph.node("Sqrt", [graph.node("Max", [around, least])])]);
}

const centredStart = (kernel: number, length: number): number => (kernel - 1) / 2 - Math.floor((length - 1) / 2);

interface Events {
  /** [batch, maxWords] each, in order of time; floats. Past the last word `present` is 0. */
  readonly present: Value;
  readonly word: Value;
  readonly score: Value;
  readonly start: Value;
  readonly end: Value;
}

/** Keeps a match where nothing that overlaps it is better, and lists what is kept in order of time. */
function pickWords(graph: Graph, scores: Value, templates: readonly Template[]): Events {
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

/** Five slots per word: start of sentence, the word, a comma, a full stop, end of sentence. The empty ones are squeezed out. */
function writeRows(graph: Graph, events: Events, templates: readonly Template[]): void {
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

/** A tensor of the shape of another, filled with one value. */
const toLike = (graph: Graph, shapeOf: Value, value: number): Value =>
  graph.node("Expand", [scalar(graph, value), graph.node("Shape", [shapeOf])]);

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
