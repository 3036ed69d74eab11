// A stand-in for pyannote's segmentation model in the very same shapes: sound [batch, 1, samples] in, scores of seven classes
// for each of 589 frames out. It knows nothing but pitch: a comb over the spectrum finds which pitches sound in a frame, the
// three pitches that a window holds most of are its voices. It tells of the pipeline behind it, nothing of real voices.
import { createGraph, floats, type Graph, ints, type Value } from "../../electron/onnx/graph.ts";
import { frameSpanSamples, frameStepSamples } from "../../electron/voices/frames.ts";
import { classVoices, windowVoices } from "../../electron/voices/powerset.ts";
import { sampleRateHz } from "./voice.ts";

const binHz = 20;
const lowestBin = 2;
const bins = 90;
const harmonics = 5;
const candidates = 64;
const lowestPitchHz = 72;
const highestPitchHz = 330;
const pitchOf = (candidate: number): number =>
  lowestPitchHz * (highestPitchHz / lowestPitchHz) ** (candidate / (candidates - 1));
/** Natural logarithms between two candidates. */
const apart = (one: number, other: number): number => Math.log(pitchOf(one) / pitchOf(other));

export interface SegmentationTuning {
  /** A comb's teeth stand out of its gaps by so much, in natural logarithms of power. */
  readonly standsOut: number;
  readonly speaksFrom: number;
  readonly steepness: number;
  readonly smoothing: number;
  /** Two pitches nearer than this are one voice. */
  readonly oneVoice: number;
  readonly width: number;
  /** A third voice that has less than this share of the first one's is none. */
  readonly leastShare: number;
}

export const usualTuning: SegmentationTuning = {
  standsOut: 2,
  speaksFrom: 0.5,
  steepness: 12,
  smoothing: 17,
  oneVoice: 0.19,
  width: 0.05,
  leastShare: 0.05,
};

export function standInSegmentation(tuning: SegmentationTuning = usualTuning): Graph {
  const graph = createGraph("stand-in-segmentation");
  const number = (value: number): Value => graph.constant(floats([], [value]));
  graph.input("input_values", "float32", ["batch", 1, "samples"]);
  const waves = graph.node("Conv", ["input_values", graph.constant(transform())], { strides: [frameStepSamples] });
  const squares = graph.node("Mul", [waves, waves]);
  const half = (part: number): Value =>
    graph.node("Slice", [
      squares,
      graph.constant(ints([1], [part * bins])),
      graph.constant(ints([1], [(part + 1) * bins])),
      graph.constant(ints([1], [1])),
    ]);
  const power = graph.node("Add", [half(0), half(1)]);
  // Louder than a thousandth of the window's middle, or it is nothing.
  const floor = graph.node("Mul", [graph.node("ReduceMean", [power], { axes: [1, 2], keepdims: 1 }), number(1e-3)]);
  const logs = graph.node("Log", [graph.node("Add", [graph.node("Add", [power, floor]), number(1e-9)])]);
  const frames = graph.node("Transpose", [logs], { perm: [0, 2, 1] });
  const contrast = graph.node("MatMul", [frames, graph.constant(comb())]);
  const salience = explain(graph, contrast, tuning.standsOut);

  const sharp = graph.node("Mul", [salience, salience]);
  const histogram = graph.node("ReduceMean", [sharp], { axes: [1], keepdims: 0 });
  let left = graph.node("MatMul", [histogram, graph.constant(blur(0.03))]);
  const most = graph.node("ReduceMax", [left], { axes: [1], keepdims: 1 });
  const closeness: Value[] = [];
  const isThere: Value[] = [];
  for (let voice = 0; voice < windowVoices; voice++) {
    const height = graph.node("ReduceMax", [left], { axes: [1], keepdims: 1 });
    const place = graph.node("ArgMax", [left], { axis: 1, keepdims: 0 });
    const share = graph.node("Div", [height, graph.node("Add", [most, number(1e-9)])]);
    isThere.push(graph.node("Cast", [graph.node("Greater", [share, number(tuning.leastShare)])], { to: 1 }));
    closeness.push(graph.node("Gather", [graph.constant(bell(tuning.width)), place], { axis: 0 }));
    const others = graph.node("Gather", [graph.constant(notNear(tuning.oneVoice)), place], { axis: 0 });
    left = graph.node("Mul", [left, others]);
  }
  // Each pitch belongs to the voice it is nearest to, or to none.
  const stacked = graph.node(
    "Concat",
    closeness.map((one) => graph.node("Unsqueeze", [one, graph.constant(ints([1], [1]))])),
    { axis: 1 },
  );
  const thereStacked = graph.node("Concat", isThere, { axis: 1 });
  const there = graph.node("Unsqueeze", [thereStacked, graph.constant(ints([1], [2]))]);
  const absent = graph.node("Mul", [graph.node("Sub", [there, number(1)]), number(100)]);
  const scored = graph.node("Add", [stacked, absent]);
  const weights = graph.node("Exp", [scored]);
  const sum = graph.node("Add", [
    graph.node("ReduceSum", [weights, graph.constant(ints([1], [1]))], { keepdims: 1 }),
    number(Math.exp(-4.5)),
  ]);
  const membership = graph.node("Div", [weights, sum]);
  const perVoice: Value[] = [];
  for (let voice = 0; voice < windowVoices; voice++) {
    const own = graph.node("Gather", [membership, graph.constant(ints([1], [voice]))], { axis: 1 });
    perVoice.push(graph.node("ReduceMax", [graph.node("Mul", [salience, own])], { axes: [2], keepdims: 1 }));
  }
  const heard = graph.node("Transpose", [graph.node("Concat", perVoice, { axis: 2 })], { perm: [0, 2, 1] });
  // A mouth that is shut for a moment goes on speaking.
  const capped = graph.node("Min", [heard, number(0.9)]);
  const smooth = graph.node("AveragePool", [capped], {
    kernel_shape: [tuning.smoothing],
    pads: [(tuning.smoothing - 1) / 2, (tuning.smoothing - 1) / 2],
    count_include_pad: 0,
  });
  const odds = graph.node("Mul", [graph.node("Sub", [smooth, number(tuning.speaksFrom)]), number(tuning.steepness)]);
  const voices = graph.node("Transpose", [odds], { perm: [0, 2, 1] });
  const classes = new Float32Array(windowVoices * classVoices.length);
  for (let voice = 0; voice < windowVoices; voice++)
    for (const [at, bits] of classVoices.entries())
      classes[voice * classVoices.length + at] = (bits >> voice) & 1 ? 1 : 0;
  const scores = graph.node("MatMul", [voices, graph.constant(floats([windowVoices, classVoices.length], classes))]);
  graph.node("LogSoftmax", [scores], { axis: 2 }, { outputs: ["logits"] });
  graph.output("logits", "float32", ["batch", "frames", classVoices.length]);
  return graph;
}

/**
 * Which few pitches together give what the comb shows: one pitch alone stirs the teeth of many others. Sparse coding by
 * iterated shrinkage (Daubechies et al. 2004), unrolled, over what the comb shows of one pitch.
 */
function explain(graph: Graph, contrast: Value, sparseness: number): Value {
  const { patterns, step } = purePitches();
  const number = (value: number): Value => graph.constant(floats([], [value]));
  const rows = graph.constant(floats([candidates, candidates], patterns));
  const transposed = new Float32Array(candidates * candidates);
  for (let one = 0; one < candidates; one++)
    for (let other = 0; other < candidates; other++)
      transposed[other * candidates + one] = patterns[one * candidates + other] ?? 0;
  const columns = graph.constant(floats([candidates, candidates], transposed));
  let found = graph.node("Mul", [contrast, number(0)]);
  for (let round = 0; round < 24; round++) {
    const rest = graph.node("Sub", [contrast, graph.node("MatMul", [found, rows])]);
    const towards = graph.node("Mul", [graph.node("MatMul", [rest, columns]), number(step)]);
    const moved = graph.node("Sub", [graph.node("Add", [found, towards]), number(step * sparseness)]);
    found = graph.node("Relu", [moved]);
  }
  return found;
}

/** What the comb shows of each pitch alone, [pitch, candidate], at most 1; and the step that shrinkage may take. */
function purePitches(): { readonly patterns: Float32Array; readonly step: number } {
  const teeth = comb();
  const weights = new Float32Array(teeth.data.buffer);
  const patterns = new Float32Array(candidates * candidates);
  for (let pitch = 0; pitch < candidates; pitch++) {
    const logs = Float32Array.from({ length: bins }, (_, bin) => {
      const hz = binHz * (bin + lowestBin);
      const nearest = pitchOf(pitch) * Math.max(1, Math.round(hz / pitchOf(pitch)));
      // A Hann window's main lobe is 32 Hz wide on either side.
      const lobe = Math.max(0, 1 - Math.abs(hz - nearest) / 34) ** 4;
      return Math.log(lobe + 0.01);
    });
    for (let candidate = 0; candidate < candidates; candidate++) {
      let sum = 0;
      for (let bin = 0; bin < bins; bin++) sum += (logs[bin] ?? 0) * (weights[bin * candidates + candidate] ?? 0);
      patterns[pitch * candidates + candidate] = sum;
    }
    const own = patterns[pitch * candidates + pitch] ?? 1;
    for (let candidate = 0; candidate < candidates; candidate++) {
      const at = pitch * candidates + candidate;
      patterns[at] = (patterns[at] ?? 0) / own;
    }
  }
  let vector = new Float64Array(candidates).fill(1);
  let length = 1;
  for (let round = 0; round < 30; round++) {
    const seen = new Float64Array(candidates);
    for (let one = 0; one < candidates; one++)
      for (let other = 0; other < candidates; other++)
        seen[other] = (seen[other] ?? 0) + (vector[one] ?? 0) * (patterns[one * candidates + other] ?? 0);
    const back = new Float64Array(candidates);
    for (let one = 0; one < candidates; one++)
      for (let other = 0; other < candidates; other++)
        back[one] = (back[one] ?? 0) + (seen[other] ?? 0) * (patterns[one * candidates + other] ?? 0);
    length = Math.sqrt(back.reduce((sum, value) => sum + value * value, 0));
    vector = back.map((value) => value / length);
  }
  return { patterns, step: 1 / length };
}

/** Cosines and sines under a Hann window, [2 × bins, 1, 991]. */
function transform() {
  const values = new Float32Array(2 * bins * frameSpanSamples);
  for (let bin = 0; bin < bins; bin++) {
    const turn = (2 * Math.PI * binHz * (bin + lowestBin)) / sampleRateHz;
    for (let n = 0; n < frameSpanSamples; n++) {
      const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / (frameSpanSamples - 1));
      values[bin * frameSpanSamples + n] = window * Math.cos(turn * n);
      values[(bins + bin) * frameSpanSamples + n] = window * Math.sin(turn * n);
    }
  }
  return floats([2 * bins, 1, frameSpanSamples], values);
}

/** What stands at a pitch's harmonics against what stands halfway between them, [bins, candidates]. */
function comb() {
  const values = new Float32Array(bins * candidates);
  for (let candidate = 0; candidate < candidates; candidate++) {
    const pitch = pitchOf(candidate);
    const add = (hz: number, weight: number): void => {
      const place = hz / binHz - lowestBin;
      const low = Math.floor(place);
      for (const [bin, share] of [
        [low, 1 - (place - low)],
        [low + 1, place - low],
      ] as const)
        if (bin >= 0 && bin < bins) {
          const at = bin * candidates + candidate;
          values[at] = (values[at] ?? 0) + weight * share;
        }
    };
    for (let harmonic = 1; harmonic <= harmonics; harmonic++) {
      add(harmonic * pitch, 1 / harmonics);
      add((harmonic - 0.5) * pitch, -0.5 / harmonics);
      add((harmonic + 0.5) * pitch, -0.5 / harmonics);
    }
  }
  return floats([bins, candidates], values);
}

function square(of: (one: number, other: number) => number) {
  const values = new Float32Array(candidates * candidates);
  for (let one = 0; one < candidates; one++)
    for (let other = 0; other < candidates; other++) values[one * candidates + other] = of(one, other);
  return floats([candidates, candidates], values);
}

const blur = (width: number) => square((one, other) => Math.exp(-(apart(one, other) ** 2) / (2 * width ** 2)));
const bell = (width: number) => square((one, other) => -(apart(one, other) ** 2) / (2 * width ** 2));
/** Also not an octave away: the comb hears a little of those. */
const notNear = (oneVoice: number) =>
  square((one, other) => {
    const distance = Math.abs(apart(one, other));
    return distance < oneVoice || Math.abs(distance - Math.LN2) < 0.05 ? 0 : 1;
  });
