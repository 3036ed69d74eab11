// Random weights of a very small Whisper, the same for every dialect. Test only.
import { gaussian, seeded } from "../seeded.ts";

export const shape = {
  width: 128,
  /** 128, as in large-v3; the smaller models have 80. */
  mels: 128,
  /** Half of the frames; 1500 in real models. */
  positions: 60,
  encoderLayers: 3,
  encoderHeads: 4,
  decoderLayers: 2,
  decoderHeads: 2,
  vocabulary: 640,
  maxTokens: 24,
} as const;

export interface Numbers {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

interface LinearNumbers {
  /** [from, to]. */
  readonly matrix: Numbers;
  readonly bias: Numbers | null;
}

export interface NormNumbers {
  readonly scale: Numbers;
  readonly bias: Numbers;
}

export interface AttentionNumbers {
  readonly norm: NormNumbers;
  readonly query: LinearNumbers;
  readonly key: LinearNumbers;
  readonly value: LinearNumbers;
  readonly out: LinearNumbers;
}

export interface FeedForwardNumbers {
  readonly norm: NormNumbers;
  readonly up: LinearNumbers;
  readonly down: LinearNumbers;
}

export type WhisperNumbers = ReturnType<typeof makeNumbers>;

/** Everything that real weights have and that could be lost: biases, norms that are not 1, keys without a bias. */
export function makeNumbers(seed: number) {
  const random = seeded(seed);
  const take = (deviation: number, middle: number, ...dims: number[]): Numbers => ({
    dims,
    values: Float32Array.from(
      { length: dims.reduce((product, dim) => product * dim, 1) },
      () => middle + deviation * gaussian(random),
    ),
  });
  const { width, mels } = shape;
  const norm = () => ({ scale: take(0.1, 1, width), bias: take(0.1, 0, width) });
  const linear = (from: number, to: number, hasBias = true) => ({
    matrix: take(0.08, 0, from, to),
    bias: hasBias ? take(0.1, 0, to) : null,
  });
  const attention = (): AttentionNumbers => ({
    norm: norm(),
    query: linear(width, width),
    key: linear(width, width, false),
    value: linear(width, width),
    out: linear(width, width),
  });
  const feedForward = (): FeedForwardNumbers => ({
    norm: norm(),
    up: linear(width, 4 * width),
    down: linear(4 * width, width),
  });
  const times = <Layer>(count: number, make: () => Layer): readonly Layer[] => Array.from({ length: count }, make);
  return {
    encoder: {
      convolutions: [
        { kernel: take(0.05, 0, width, mels, 3), bias: take(0.1, 0, width) },
        { kernel: take(0.05, 0, width, width, 3), bias: take(0.1, 0, width) },
      ],
      positions: take(0.3, 0, shape.positions, width),
      layers: times(shape.encoderLayers, () => ({ self: attention(), feedForward: feedForward() })),
      norm: norm(),
    },
    decoder: {
      embedding: take(0.1, 0, shape.vocabulary, width),
      positions: take(0.1, 0, shape.maxTokens, width),
      layers: times(shape.decoderLayers, () => ({ self: attention(), cross: attention(), feedForward: feedForward() })),
      norm: norm(),
    },
  } as const;
}
