// The encoder graph: log-mel sound in, one row per token of the transcript out. Runs nowhere by itself; ONNX Runtime
// runs what it builds. Every word's template is slid over the sound (normalised cross-correlation); the best matches
// that overlap nothing better are the words, and the pauses between them give commas, sentences and times.
import { createGraph, floats, type Graph, type Value } from "../../electron/onnx/graph.ts";
import { frames } from "./measures.ts";
import { pickWords } from "./pick-words.ts";
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
  type Template,
} from "./templates.ts";
import { axes, maxAround, multiply, scalar, slice, subtract } from "./terms.ts";
import { writeRows } from "./write-rows.ts";

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
