// Log-mel features, natively: the Fourier transform of a piece's frames as two matrix products in an ONNX graph, and the
// mel scale as a third. Inference process.
import { InferenceSession, Tensor } from "onnxruntime-node";
import { createGraph, floats, type Graph, modelBytes, type Tensor as Weights, type Value } from "../../onnx/graph.ts";
import { sampleRateHz } from "../protocol.ts";

/** Measures of every Whisper model (openai/whisper, audio.py). */
const frameSamples = 400;
const hopSamples = 160;
const windowSamples = 30 * sampleRateHz;
const frames = windowSamples / hopSamples;
/** Frames transformed at once: all 3000 would take 27 MB, and no less time. */
const pieceFrames = 300;
/** Frequencies from 0 to the Nyquist frequency. */
const bins = frameSamples / 2 + 1;

export interface LogMel {
  /** Features of at most 30 s of 16 kHz sound, padded with silence: [1, mels, 3000]. */
  run(samples: Float32Array): Promise<Tensor>;
}

/** @param filters the model's mel scale, as transformers.js's feature extractor has it: [mels][frequencies] */
export async function createLogMel(
  filters: readonly (readonly number[])[],
  options: InferenceSession.SessionOptions,
): Promise<LogMel> {
  const session = await InferenceSession.create(modelBytes(logMelGraph(filters)), options);
  const padded = new Float64Array(windowSamples + frameSamples);
  // A frame x[0…399] under a symmetric window has cosine parts that depend on x[n] + x[400 − n] only, and sine parts
  // that depend on x[n] − x[400 − n] only: folded, the transform costs half.
  const sums = new Float64Array(pieceFrames * bins);
  const differences = new Float64Array(pieceFrames * bins);

  function fold(firstFrame: number): void {
    for (let frame = 0; frame < pieceFrames; frame++) {
      const from = (firstFrame + frame) * hopSamples;
      const to = frame * bins;
      for (let n = 1; n < bins; n++) {
        const one = padded[from + n] ?? 0;
        const other = padded[from + frameSamples - n] ?? 0;
        sums[to + n] = one + other;
        differences[to + n] = one - other;
      }
    }
  }

  return {
    async run(samples) {
      pad(samples, padded);
      const features = new Float32Array(filters.length * frames);
      for (let first = 0; first < frames; first += pieceFrames) {
        fold(first);
        const { logs } = await session.run({
          sums: new Tensor("float64", sums, [pieceFrames, bins]),
          differences: new Tensor("float64", differences, [pieceFrames, bins]),
        });
        const values = logs?.data as Float32Array;
        for (let mel = 0; mel < filters.length; mel++) {
          features.set(values.subarray(mel * pieceFrames, (mel + 1) * pieceFrames), mel * frames + first);
        }
      }
      scale(features);
      return new Tensor("float32", features, [1, filters.length, frames]);
    },
  };
}

/** What lies 80 dB under the loudest is as quiet as that; then about -1 to 1 (audio.py, log_mel_spectrogram). */
function scale(logs: Float32Array): void {
  const loudest = logs.reduce((most, value) => Math.max(most, value), -Infinity);
  for (let at = 0; at < logs.length; at++) logs[at] = (Math.max(logs[at] ?? 0, loudest - 8) + 4) / 4;
}

/** Silence after the sound, and half a frame mirrored at either end, as the reference's short-time transform has it. */
function pad(samples: Float32Array, padded: Float64Array): void {
  const half = frameSamples / 2;
  padded.fill(0);
  padded.set(samples.subarray(0, windowSamples), half);
  for (let n = 1; n <= half; n++) {
    padded[half - n] = padded[half + n] ?? 0;
    padded[half + windowSamples - 1 + n] = padded[half + windowSamples - 1 - n] ?? 0;
  }
}

/**
 * The logarithm of a piece's energies, [mels, frames]. Double precision up to the power: in single precision the valleys of a spectrum, 80 dB below its peaks, were off by
 * more than 1e-4.
 */
function logMelGraph(filters: readonly (readonly number[])[]): Graph {
  const graph = createGraph("log-mel");
  const number = (value: number): Value => graph.constant(floats([], [value]));
  for (const name of ["sums", "differences"]) graph.input(name, "float64", [pieceFrames, bins]);
  const parts = [
    graph.node("MatMul", ["sums", graph.constant(transform(Math.cos))]),
    graph.node("MatMul", ["differences", graph.constant(transform(Math.sin))]),
  ].map((part) => graph.node("Mul", [part, part]));
  const power = graph.node("Cast", [graph.node("Add", parts)], { to: 1 });
  const energies = graph.node("MatMul", [power, graph.constant(melScale(filters))]);
  const floor = graph.node("Max", [energies, number(1e-10)]);
  const log = graph.node("Mul", [graph.node("Log", [floor]), number(Math.LOG10E)]);
  graph.node("Transpose", [log], { perm: [1, 0] }, { outputs: ["logs"] });
  graph.output("logs", "float32", [filters.length, pieceFrames]);
  return graph;
}

/** [sample, frequency] under a periodic Hann window. The middle sample is its own mirror image, and counts once. */
function transform(wave: (angle: number) => number): Weights {
  const values = new Float64Array(bins * bins);
  for (let n = 1; n < bins; n++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / frameSamples);
    const share = n === bins - 1 ? window / 2 : window;
    for (let k = 0; k < bins; k++) {
      values[n * bins + k] = share * wave((2 * Math.PI * ((n * k) % frameSamples)) / frameSamples);
    }
  }
  return { type: "float64", dims: [bins, bins], data: new Uint8Array(values.buffer) };
}

/** [frequency, mel]. */
function melScale(filters: readonly (readonly number[])[]): Weights {
  const mels = filters.length;
  const values = new Float32Array(bins * mels);
  for (const [mel, filter] of filters.entries()) {
    for (const [bin, value] of filter.entries()) values[bin * mels + mel] = value;
  }
  return floats([bins, mels], values);
}
