// Learns how the stand-in embedding weighs what it measures, and writes it beside: `node tests/voices/make-stand-in.ts`. Takes two
// minutes. Linear discriminants (Fisher 1936) between synthetic voices; none of them is in a meeting that is tested on.
import { writeFileSync } from "node:fs";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { centred, fbank } from "../../electron/inference/voices/fbank.ts";
import { modelBytes } from "../../electron/onnx/graph.ts";
import { seeded } from "../seeded.ts";
import { addEcho, addNoise } from "./meeting.ts";
import { bands, directions, learntFile, pooledSize, poolingGraph } from "./stand-in-embedding.ts";
import { anyVoice, sampleRateHz, speak } from "./voice.ts";

const people = 130;
const clips = 12;
/** Share of the mean variance that is added to every direction, so that chance is not taken for a rule. */
const shrinkage = 0.05;

const random = seeded(20_261_130);
const session = await InferenceSession.create(modelBytes(poolingGraph()), { intraOpNumThreads: 1 });

async function pooledClip(voice: ReturnType<typeof anyVoice>): Promise<Float64Array> {
  const samples = speak(voice, Math.round((1.2 + 3.5 * random()) * sampleRateHz), random);
  if (random() < 0.7) addEcho(samples, 0.2 + 0.4 * random(), random);
  if (random() < 0.8) addNoise(samples, (samples.length / sampleRateHz) * 1000, 8 + 20 * random(), random);
  const features = fbank(samples);
  const frames = features.length / bands;
  const own = centred(
    features,
    Array.from({ length: frames }, (_, at) => at),
  );
  const { pooled } = await session.run({ input_features: new Tensor("float32", own, [1, frames, bands]) });
  return Float64Array.from(pooled?.data as Float32Array);
}

const byPerson: Float64Array[][] = [];
for (let person = 0; person < people; person++) {
  const voice = anyVoice(random);
  const own: Float64Array[] = [];
  for (let clip = 0; clip < clips; clip++) own.push(await pooledClip(voice));
  byPerson.push(own);
}

const meanOf = (vectors: readonly Float64Array[]): Float64Array => {
  const mean = new Float64Array(pooledSize);
  for (const vector of vectors) for (let n = 0; n < pooledSize; n++) mean[n] = (mean[n] ?? 0) + (vector[n] ?? 0);
  return mean.map((value) => value / vectors.length);
};
const means = byPerson.map(meanOf);
const middle = meanOf(means);

/** Covariance within people, row by row. */
const within = Array.from({ length: pooledSize }, () => new Float64Array(pooledSize));
for (const [person, own] of byPerson.entries())
  for (const vector of own) {
    const apart = vector.map((value, n) => value - (means[person]?.[n] ?? 0));
    for (let row = 0; row < pooledSize; row++) {
      const to = within[row];
      const factor = (apart[row] ?? 0) / (people * (clips - 1));
      if (to !== undefined) for (let n = 0; n <= row; n++) to[n] = (to[n] ?? 0) + factor * (apart[n] ?? 0);
    }
  }
const trace = within.reduce((sum, row, at) => sum + (row[at] ?? 0), 0) / pooledSize;
for (const [at, row] of within.entries()) row[at] = (row[at] ?? 0) * (1 + shrinkage) + shrinkage * trace;

// Cholesky: within = lower × its transpose.
const lower = within;
for (let column = 0; column < pooledSize; column++) {
  const pivotRow = lower[column];
  if (pivotRow === undefined) continue;
  for (let n = 0; n < column; n++) pivotRow[column] = (pivotRow[column] ?? 0) - (pivotRow[n] ?? 0) ** 2;
  const pivot = Math.sqrt(pivotRow[column] ?? 0);
  pivotRow[column] = pivot;
  for (let row = column + 1; row < pooledSize; row++) {
    const own = lower[row];
    if (own === undefined) continue;
    let sum = own[column] ?? 0;
    for (let n = 0; n < column; n++) sum -= (own[n] ?? 0) * (pivotRow[n] ?? 0);
    own[column] = sum / pivot;
  }
}
/** Solves lower × x = vector. */
const whiten = (vector: Float64Array): Float64Array => {
  const solved = new Float64Array(pooledSize);
  for (let row = 0; row < pooledSize; row++) {
    let sum = vector[row] ?? 0;
    for (let n = 0; n < row; n++) sum -= (lower[row]?.[n] ?? 0) * (solved[n] ?? 0);
    solved[row] = sum / (lower[row]?.[row] ?? 1);
  }
  return solved;
};
/** Solves the transpose of lower × x = vector. */
const unwhiten = (vector: Float64Array): Float64Array => {
  const solved = new Float64Array(pooledSize);
  for (let row = pooledSize - 1; row >= 0; row--) {
    let sum = vector[row] ?? 0;
    for (let n = row + 1; n < pooledSize; n++) sum -= (lower[n]?.[row] ?? 0) * (solved[n] ?? 0);
    solved[row] = sum / (lower[row]?.[row] ?? 1);
  }
  return solved;
};

// The directions in which whitened people differ most, one after the other (power iteration).
const whitened = means.map((mean) => whiten(mean.map((value, n) => value - (middle[n] ?? 0))));
const bytes: Buffer[] = [Buffer.from(Float32Array.from(middle).buffer)];
for (let direction = 0; direction < directions; direction++) {
  let vector = Float64Array.from({ length: pooledSize }, () => random() - 0.5);
  for (let round = 0; round < 60; round++) {
    const next = new Float64Array(pooledSize);
    for (const person of whitened) {
      let along = 0;
      for (let n = 0; n < pooledSize; n++) along += (person[n] ?? 0) * (vector[n] ?? 0);
      for (let n = 0; n < pooledSize; n++) next[n] = (next[n] ?? 0) + along * (person[n] ?? 0);
    }
    const length = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0));
    vector = next.map((value) => value / length);
  }
  for (const person of whitened) {
    let along = 0;
    for (let n = 0; n < pooledSize; n++) along += (person[n] ?? 0) * (vector[n] ?? 0);
    for (let n = 0; n < pooledSize; n++) person[n] = (person[n] ?? 0) - along * (vector[n] ?? 0);
  }
  const weights = unwhiten(vector);
  const scale = weights.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127;
  const row = Buffer.alloc(4 + pooledSize);
  row.writeFloatLE(scale, 0);
  for (const [n, value] of weights.entries()) row.writeInt8(Math.round(value / scale), 4 + n);
  bytes.push(row);
}
writeFileSync(learntFile, Buffer.concat(bytes));
