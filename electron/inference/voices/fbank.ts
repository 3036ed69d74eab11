// Kaldi's filterbank features as WeSpeaker's models were trained on: 80 bands, 25 ms under a Hamming window, every 10 ms.
// Measures: Kaldi's feature-fbank and mel-computations with WeSpeaker's settings. Inference process.
import { sampleRateHz } from "../protocol.ts";

export const bands = 80;
export const fbankStepSamples = 160;
export const fbankFrameSamples = 400;
const fftSize = 512;
const lowestHz = 20;
const emphasis = 0.97;
/** Kaldi computes with 16-bit numbers. */
const fullScale = 32_768;
/** Of 32-bit numbers, so that the logarithm of nothing is finite. */
const leastEnergy = 1.1920928955078125e-7;

const melOf = (hz: number): number => 1127 * Math.log(1 + hz / 700);

interface Band {
  readonly from: number;
  readonly weights: Float64Array;
}

/** Triangles that are straight on the mel scale. */
function makeBands(): readonly Band[] {
  const low = melOf(lowestHz);
  const step = (melOf(sampleRateHz / 2) - low) / (bands + 1);
  return Array.from({ length: bands }, (_, band) => {
    const weights: number[] = [];
    let from = 0;
    for (let bin = 0; bin < fftSize / 2; bin++) {
      const mel = melOf((bin * sampleRateHz) / fftSize);
      const place = (mel - low) / step - band;
      const weight = place <= 1 ? place : 2 - place;
      if (weight <= 0) continue;
      if (weights.length === 0) from = bin;
      weights.push(weight);
    }
    return { from, weights: Float64Array.from(weights) };
  });
}

const allBands = makeBands();
const window = Float64Array.from(
  { length: fbankFrameSamples },
  (_, n) => 0.54 - 0.46 * Math.cos((2 * Math.PI * n) / (fbankFrameSamples - 1)),
);
const turns = Array.from({ length: fftSize / 2 }, (_, at) => (-2 * Math.PI * at) / fftSize);
const cosines = Float64Array.from(turns, Math.cos);
const sines = Float64Array.from(turns, Math.sin);
const reversed = Uint16Array.from({ length: fftSize }, (_, at) => {
  let to = 0;
  for (let bit = 1; bit < fftSize; bit <<= 1) to = (to << 1) | ((at & bit) > 0 ? 1 : 0);
  return to;
});

/** Whole frames in so many samples. */
export const fbankFrames = (samples: number): number =>
  samples < fbankFrameSamples ? 0 : Math.floor((samples - fbankFrameSamples) / fbankStepSamples) + 1;

/** [frames, 80], natural logarithms, not yet centred. `samples` lie between -1 and 1. */
export function fbank(samples: Float32Array): Float32Array {
  const frames = fbankFrames(samples.length);
  const features = new Float32Array(frames * bands);
  const frame = new Float64Array(fbankFrameSamples);
  const real = new Float64Array(fftSize);
  const imaginary = new Float64Array(fftSize);
  for (let at = 0; at < frames; at++) {
    const from = at * fbankStepSamples;
    let mean = 0;
    for (let n = 0; n < fbankFrameSamples; n++) mean += samples[from + n] ?? 0;
    mean /= fbankFrameSamples;
    for (let n = 0; n < fbankFrameSamples; n++) frame[n] = ((samples[from + n] ?? 0) - mean) * fullScale;
    real.fill(0);
    imaginary.fill(0);
    for (let n = 0; n < fbankFrameSamples; n++) {
      const emphasised = (frame[n] ?? 0) - emphasis * (frame[Math.max(0, n - 1)] ?? 0);
      real[reversed[n] ?? 0] = emphasised * (window[n] ?? 0);
    }
    transform(real, imaginary);
    for (const [band, { from: bin, weights }] of allBands.entries()) {
      let energy = 0;
      for (let n = 0; n < weights.length; n++) {
        const power = (real[bin + n] ?? 0) ** 2 + (imaginary[bin + n] ?? 0) ** 2;
        energy += (weights[n] ?? 0) * power;
      }
      features[at * bands + band] = Math.log(Math.max(energy, leastEnergy));
    }
  }
  return features;
}

/** The fast Fourier transform, in place, of numbers in bit-reversed order. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  for (let half = 1; half < fftSize; half *= 2) {
    const stride = fftSize / (2 * half);
    for (let start = 0; start < fftSize; start += 2 * half) {
      for (let n = 0; n < half; n++) {
        const one = start + n;
        const other = one + half;
        const cosine = cosines[n * stride] ?? 0;
        const sine = sines[n * stride] ?? 0;
        const re = (real[other] ?? 0) * cosine - (imaginary[other] ?? 0) * sine;
        const im = (real[other] ?? 0) * sine + (imaginary[other] ?? 0) * cosine;
        real[other] = (real[one] ?? 0) - re;
        imaginary[other] = (imaginary[one] ?? 0) - im;
        real[one] = (real[one] ?? 0) + re;
        imaginary[one] = (imaginary[one] ?? 0) + im;
      }
    }
  }
}

/** The frames chosen, one after the other, each band with a mean of nothing. */
export function centred(features: Float32Array, chosen: readonly number[]): Float32Array {
  const sums = new Float64Array(bands);
  for (const frame of chosen)
    for (let band = 0; band < bands; band++) sums[band] = (sums[band] ?? 0) + (features[frame * bands + band] ?? 0);
  const out = new Float32Array(chosen.length * bands);
  for (const [to, frame] of chosen.entries())
    for (let band = 0; band < bands; band++) {
      out[to * bands + band] = (features[frame * bands + band] ?? 0) - (sums[band] ?? 0) / chosen.length;
    }
  return out;
}
