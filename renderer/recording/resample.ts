// From one sample rate to another, as a stream. Pure.
// A windowed sinc (Blackman) per phase of the two rates' ratio: A. V. Oppenheim, R. W. Schafer, Discrete-Time Signal
// Processing, 4.6 and 7.5.

/** Zero crossings on each side: flat to 0.1 dB up to 84 % of what the lower rate can hold, and nothing above it. */
const crossings = 32;
/** Share of the lower rate's Nyquist frequency at which the filter is half open. */
const cut = 0.92;

export type Resample = (samples: Float32Array) => Float32Array<ArrayBuffer>;

/**
 * A stream's own: what came before is part of what comes next. Lags by 32 samples of the lower rate.
 * @param fromHz whole number, as is `toHz`
 */
export function createResampler(fromHz: number, toHz: number): Resample {
  const shared = divisorOf(fromHz, toHz);
  const up = toHz / shared;
  const down = fromHz / shared;
  if (up === down) return (samples) => samples.slice();
  const kernels = Array.from({ length: up }, (_, phase) => kernelOf(phase / up, Math.min(1, up / down)));
  const taps = kernels[0]?.length ?? 0;
  let before = new Float32Array(taps);
  /** Where the next sample that comes out lies, counted from the next block's first in steps of 1 / up. */
  let next = 0;
  return (samples) => {
    const all = new Float32Array(taps + samples.length);
    all.set(before);
    all.set(samples, taps);
    const end = samples.length * up;
    const out = new Float32Array(Math.max(0, Math.ceil((end - next) / down)));
    for (let at = 0; at < out.length; at++, next += down) {
      const kernel = kernels[next % up] ?? all;
      const first = Math.floor(next / up) + 1;
      let sum = 0;
      for (let tap = 0; tap < taps; tap++) sum += (kernel[tap] ?? 0) * (all[first + tap] ?? 0);
      out[at] = sum;
    }
    next -= end;
    before = all.slice(samples.length);
    return out;
  };
}

/** @param width of the band that is kept, as a share of the incoming rate's */
function kernelOf(fraction: number, width: number): Float32Array {
  const half = Math.ceil(crossings / width);
  const kernel = Float32Array.from({ length: 2 * half }, (_, tap) => {
    const distance = tap + 1 - half - fraction;
    const x = Math.PI * distance * width * cut;
    const phase = (Math.PI * distance) / half;
    return (x === 0 ? 1 : Math.sin(x) / x) * (0.42 + 0.5 * Math.cos(phase) + 0.08 * Math.cos(2 * phase));
  });
  const sum = kernel.reduce((total, value) => total + value, 0);
  return kernel.map((value) => value / sum);
}

const divisorOf = (a: number, b: number): number => (b === 0 ? a : divisorOf(b, a % b));
