// Whisper's log-mel features (80 bands, 25 ms windows every 10 ms, Slaney filters), for the word templates only.
// Runs anywhere. Plain sums instead of a fast transform: a minute of words takes a second, once.

export const sampleRateHz = 16_000;
export const hopSamples = 160;
const windowSamples = 400;
const bandCount = 80;
const binHz = sampleRateHz / windowSamples;

// Slaney's mel scale: linear below 1 kHz, logarithmic above (Auditory Toolbox, 1998).
const linearMel = 15;
const melToHz = (mel: number): number =>
  mel < linearMel ? (mel * 200) / 3 : 1000 * Math.exp(((mel - linearMel) * Math.log(6.4)) / 27);
const topMel = linearMel + (27 * Math.log(8)) / Math.log(6.4);

/** Triangles of equal area: [band] → first bin and weights. */
const filters = Array.from({ length: bandCount }, (_, band) => {
  const edge = (offset: number): number => melToHz((topMel * (band + offset)) / (bandCount + 1));
  const [low, middle, high] = [edge(0), edge(1), edge(2)];
  const first = Math.ceil(low / binHz);
  const weights: number[] = [];
  for (let bin = first; bin * binHz < high; bin++) {
    const slope = Math.min((bin * binHz - low) / (middle - low), (high - bin * binHz) / (high - middle));
    weights.push((2 / (high - low)) * slope);
  }
  return { first, weights };
});

/** log10 of the mel power of bands `firstBand` to `lastBand`, frame by frame; frame k is centred on sample 160 k. */
export function logMel(samples: Float32Array, firstBand: number, lastBand: number): Float32Array[] {
  const used = filters.slice(firstBand, lastBand + 1);
  const firstBin = Math.min(...used.map((filter) => filter.first));
  const endBin = Math.max(...used.map((filter) => filter.first + filter.weights.length));
  const frames = Math.floor(samples.length / hopSamples);
  return Array.from({ length: frames }, (_, frame) => {
    const power = powerSpectrum(samples, frame * hopSamples - windowSamples / 2, firstBin, endBin);
    return Float32Array.from(used, ({ first, weights }) => {
      const sum = weights.reduce((total, weight, at) => total + weight * (power[first - firstBin + at] ?? 0), 0);
      return Math.log10(Math.max(sum, 1e-10));
    });
  });
}

const hann = Float64Array.from(
  { length: windowSamples },
  (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / windowSamples),
);
const cosine = Float64Array.from({ length: windowSamples }, (_, at) => Math.cos((2 * Math.PI * at) / windowSamples));
const windowed = new Float64Array(windowSamples);

function powerSpectrum(samples: Float32Array, from: number, firstBin: number, endBin: number): Float64Array {
  for (let at = 0; at < windowSamples; at++) windowed[at] = (samples[from + at] ?? 0) * (hann[at] as number);
  const power = new Float64Array(endBin - firstBin);
  if (windowed.every((sample) => sample === 0)) return power;
  for (let bin = firstBin; bin < endBin; bin++) {
    let real = 0;
    let imaginary = 0;
    for (let at = 0, turn = 0; at < windowSamples; at++) {
      real += (windowed[at] as number) * (cosine[turn] as number);
      // sin(x) = cos(x − π/2): a quarter of the table back.
      imaginary += (windowed[at] as number) * (cosine[(turn + 300) % windowSamples] as number);
      turn = (turn + bin) % windowSamples;
    }
    power[bin - firstBin] = real * real + imaginary * imaginary;
  }
  return power;
}
