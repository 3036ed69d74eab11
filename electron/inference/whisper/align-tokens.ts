// When each token was said, from where the model looked when it chose it. Pure, on typed arrays.
// Method: openai/whisper, timing.py (find_alignment, median_filter, dtw); dynamic time warping after Sakoe & Chiba, 1978.

/** Places of the encoder's output are 20 ms apart. */
const placeMs = 20;
/** The reference's `medfilt_width`. */
const filterWidth = 7;

/**
 * Start of each token in milliseconds, never falling.
 * @param attentions one for each token: [alignment heads × positions], as shares of 1
 * @param durationMs length of the sound; places after it are padding
 */
export function alignTokens(attentions: readonly Float32Array[], heads: number, durationMs: number): number[] {
  const tokens = attentions.length;
  const positions = (attentions[0]?.length ?? 0) / heads;
  const places = Math.min(positions, Math.max(1, Math.ceil(durationMs / placeMs)));
  if (tokens === 0) return [];
  const likeness = new Float32Array(tokens * places);
  for (let head = 0; head < heads; head++) addHead(attentions, head * positions, places, likeness);
  return warp(likeness, tokens, places).map((place) => place * placeMs);
}

/** Adds one head's attention: standardised over the tokens, then smoothed along time. */
function addHead(attentions: readonly Float32Array[], from: number, places: number, likeness: Float32Array): void {
  const sums = new Float64Array(places);
  const squares = new Float64Array(places);
  for (const attention of attentions) {
    for (let place = 0; place < places; place++) {
      const value = attention[from + place] ?? 0;
      sums[place] = (sums[place] ?? 0) + value;
      squares[place] = (squares[place] ?? 0) + value * value;
    }
  }
  const tokens = attentions.length;
  const means = sums.map((sum) => sum / tokens);
  const deviations = squares.map((square, place) => Math.sqrt(Math.max(0, square / tokens - (means[place] ?? 0) ** 2)));
  const edge = filterWidth >> 1;
  const row = new Float32Array(places + 2 * edge);
  for (const [token, attention] of attentions.entries()) {
    for (let place = 0; place < places; place++) {
      const deviation = deviations[place] ?? 0;
      row[edge + place] = deviation === 0 ? 0 : ((attention[from + place] ?? 0) - (means[place] ?? 0)) / deviation;
    }
    for (let n = 1; n <= edge; n++) {
      row[edge - n] = row[edge + Math.min(n, places - 1)] ?? 0;
      row[edge + places - 1 + n] = row[edge + Math.max(0, places - 1 - n)] ?? 0;
    }
    const to = token * places;
    for (let place = 0; place < places; place++)
      likeness[to + place] = (likeness[to + place] ?? 0) + medianAt(row, place);
  }
}

/** Median of the seven values from `at` on, by a network of least and most: no array is made and nothing is sorted. */
function medianAt(row: Float32Array, at: number): number {
  const a = row[at] ?? 0;
  const b = row[at + 1] ?? 0;
  const c = row[at + 2] ?? 0;
  const d = row[at + 3] ?? 0;
  const e = row[at + 4] ?? 0;
  const f = row[at + 5] ?? 0;
  const g = row[at + 6] ?? 0;
  const lowAB = a < b ? a : b;
  const highAB = a < b ? b : a;
  const lowDE = d < e ? d : e;
  const highDE = d < e ? e : d;
  const low1 = lowAB < c ? lowAB : c;
  const high1 = highAB < c ? c : highAB;
  const mid1 = a + b + c - low1 - high1;
  const low2 = lowDE < f ? lowDE : f;
  const high2 = highDE < f ? f : highDE;
  const mid2 = d + e + f - low2 - high2;
  // Of two sorted triples the lower least and the higher most cannot be the median of all seven.
  return medianOfFive(
    low1 < low2 ? low2 : low1,
    mid1 < mid2 ? mid1 : mid2,
    mid1 < mid2 ? mid2 : mid1,
    high1 < high2 ? high1 : high2,
    g,
  );
}

/** The second and third are in order. */
function medianOfFive(a: number, b: number, c: number, d: number, e: number): number {
  const lowAD = a < d ? a : d;
  const highAD = a < d ? d : a;
  // The least of the two lows and the most of the two highs cannot be the median of five.
  const low = lowAD < b ? b : lowAD;
  const high = highAD < c ? highAD : c;
  const less = low < high ? low : high;
  const more = low < high ? high : low;
  return e < less ? less : e < more ? e : more;
}

/** The cheapest way through [tokens, places], a step right, down or both; answers the place at which each token begins. */
function warp(likeness: Float32Array, tokens: number, places: number): number[] {
  let above = new Float64Array(places + 1).fill(Infinity);
  let here = new Float64Array(places + 1);
  above[0] = 0;
  // How each cell was reached: 0 both, 1 down (the same place), 2 right (the same token).
  const steps = new Uint8Array(tokens * places);
  for (let token = 0; token < tokens; token++) {
    here[0] = Infinity;
    const row = token * places;
    for (let place = 0; place < places; place++) {
      const both = above[place] ?? 0;
      const down = above[place + 1] ?? 0;
      const right = here[place] ?? 0;
      let cost = right;
      let step = 2;
      if (both < down && both < right) {
        cost = both;
        step = 0;
      } else if (down < both && down < right) {
        cost = down;
        step = 1;
      }
      here[place + 1] = cost - (likeness[row + place] ?? 0);
      steps[row + place] = step;
    }
    [above, here] = [here, above];
  }
  const starts = Array.from({ length: tokens }, () => 0);
  let token = tokens - 1;
  let place = places - 1;
  while (token >= 0 && place >= 0) {
    starts[token] = place;
    const step = steps[token * places + place];
    if (step !== 2) token -= 1;
    if (step !== 1) place -= 1;
  }
  return starts;
}
