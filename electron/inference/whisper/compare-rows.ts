// Whether two ways to run one model answer alike: the safety net under graphs of our own. Inference process.
import type { Row, Rows } from "./rows.ts";
import type { WhisperTokens } from "./tokens.ts";

/**
 * Least cosine between the two vectors of logits. The same plain weights in the same places give 1 but for rounding, the
 * same 8- or 4-bit ones over 0.999 in small models, though one side quantises its numbers by row and the other by batch.
 * A weight in the wrong place gives next to nothing, one of many biases lost 0.995.
 */
const leastLikeness = { plain: 0.999, quantised: 0.98 } as const;

/** Hears a synthetic sound and tells what may follow each of the first tokens. Leaves no row behind. */
export async function answersOf<One extends Row>(
  rows: Rows<One>,
  tokens: WhisperTokens,
): Promise<readonly Float32Array[]> {
  const samples = Float32Array.from(
    { length: 160_000 },
    (_, at) => 0.3 * Math.sin(at * at * 1e-5) + 0.1 * Math.sin(at / 9),
  );
  const row = await rows.join(samples);
  try {
    const answers: Float32Array[] = [];
    for (const token of [tokens.start, tokens.end - 1, tokens.timestampBegin, 1]) {
      const [scores] = await rows.step([row], [token], true);
      answers.push((scores?.logits ?? none).slice());
    }
    return answers;
  } finally {
    rows.leave(row);
  }
}

export const areAlike = (
  one: readonly Float32Array[],
  other: readonly Float32Array[],
  weights: keyof typeof leastLikeness,
): boolean =>
  one.length === other.length &&
  one.every((logits, at) => likeness(logits, other[at] ?? none) >= leastLikeness[weights]);

function likeness(one: Float32Array, other: Float32Array): number {
  if (one.length === 0 || one.length !== other.length) return Number.NaN;
  const [middle, otherMiddle] = [mean(one), mean(other)];
  let [product, square, otherSquare] = [0, 0, 0];
  for (const [at, value] of one.entries()) {
    const here = value - middle;
    const there = (other[at] ?? 0) - otherMiddle;
    product += here * there;
    square += here * here;
    otherSquare += there * there;
  }
  return product / Math.sqrt(square * otherSquare);
}

const none = new Float32Array(0);
const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
