// A sound that is like no other part of itself, and where a part of it lies.

const rateHz = 16_000;

/** Notes of a fifth of a second, in an order of their own; 16 kHz. */
export function melody(seconds: number): Int16Array {
  let seed = 7;
  const heights = Array.from({ length: seconds * 5 }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return 200 + (seed % 1500);
  });
  return Int16Array.from({ length: seconds * rateHz }, (_, at) => {
    const note = (at / rateHz) * 5;
    return (
      9000 * Math.sin(Math.PI * (note % 1)) * Math.sin((2 * Math.PI * (heights[Math.floor(note)] ?? 0) * at) / rateHz)
    );
  });
}

/**
 * Where `part` lies best in `whole`, which begins anew at its end, in samples, and how well: normalised correlation.
 * By loudness first, then by the samples themselves.
 */
export function align(whole: Float32Array, part: Float32Array): { readonly at: number; readonly correlation: number } {
  const round = (at: number): number => ((at % whole.length) + whole.length) % whole.length;
  const score = (at: number, from: number, to: number, step: number): number => {
    let [product, one, other] = [0, 1e-9, 1e-9];
    for (let i = from; i < to; i += step) {
      const [a, b] = [whole[round(at + i)] ?? 0, part[i] ?? 0];
      product += a * b;
      one += a * a;
      other += b * b;
    }
    return product / Math.sqrt(one * other);
  };
  // A second from the middle finds the place; the whole of it is judged there.
  const from = Math.floor(part.length / 2);
  let best = { at: 0, correlation: -1 };
  for (let at = 0; at < whole.length; at++) {
    const correlation = score(at, from, from + rateHz, 61);
    if (correlation > best.correlation) best = { at, correlation };
  }
  for (let at = best.at - 40; at <= best.at + 40; at++) {
    const correlation = score(at, from, from + rateHz, 1);
    if (correlation > best.correlation || at === best.at - 40) best = { at, correlation };
  }
  return { at: round(best.at), correlation: score(best.at, 0, part.length, 1) };
}
