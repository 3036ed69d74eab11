// From 48 kHz to 16 kHz, for the text that is shown while somebody speaks. Pure.

const factor = 3;
const taps = 63;
/** Windowed sinc (Blackman), cut at 7.2 kHz of 48: A. V. Oppenheim, R. W. Schafer, Discrete-Time Signal Processing, 7.5. */
const kernel = Float32Array.from({ length: taps }, (_, at) => {
  const centre = at - (taps - 1) / 2;
  const cut = 7200 / 48_000;
  const sinc = centre === 0 ? 2 * cut : Math.sin(2 * Math.PI * cut * centre) / (Math.PI * centre);
  const phase = (2 * Math.PI * at) / (taps - 1);
  return sinc * (0.42 - 0.5 * Math.cos(phase) + 0.08 * Math.cos(2 * phase));
});

/** A stream's own: what came before is part of what comes next. Blocks must be a multiple of three samples. */
export function createDecimator(): (samples: Float32Array) => Float32Array {
  let before = new Float32Array(taps - 1);
  return (samples) => {
    const all = new Float32Array(before.length + samples.length);
    all.set(before);
    all.set(samples, before.length);
    const out = new Float32Array(Math.floor(samples.length / factor));
    for (let at = 0; at < out.length; at++) {
      let sum = 0;
      for (let tap = 0; tap < taps; tap++) sum += (kernel[tap] ?? 0) * (all[at * factor + tap] ?? 0);
      out[at] = sum;
    }
    before = all.slice(all.length - before.length);
    return out;
  };
}
