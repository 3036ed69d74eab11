// Embeddings that make a decoder with random layers answer each position in one way, whatever it hears. Bench only.
import { firstAnswerPosition, maxTokens, vocabularySize } from "./shape.ts";
import type { RandomSource } from "./weights.ts";

/** Loudness of the forced answer against what the random layers add. */
const forcedPlaceNorm = 200;
const forcedTokenNorm = 2;

/** The token embedding [vocabulary, width] and the embedding of positions [tokens at most, width]. */
export function forceAnswer(
  random: RandomSource,
  width: number,
  answer: readonly number[],
): { readonly embedding: Float32Array<ArrayBuffer>; readonly places: Float32Array<ArrayBuffer> } {
  const embedding = random.take(vocabularySize * width, 0.02);
  const places = random.take(maxTokens * width, 0.02);
  for (const [at, token] of answer.entries()) {
    const direction = unitVector(random, width);
    for (let axis = 0; axis < width; axis++) {
      const share = direction[axis] ?? 0;
      places[(firstAnswerPosition + at) * width + axis] = share * forcedPlaceNorm;
      embedding[token * width + axis] = share * forcedTokenNorm;
    }
  }
  return { embedding, places };
}

function unitVector(random: RandomSource, width: number): Float32Array {
  const vector = random.take(width, 1);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
