// Which stretches of the recording are heard together: windows of at most 30 s, packed with speech, cut in pauses,
// without overlap. Pure.
import { windowMaxMs } from "../inference/protocol.ts";
import type { SpeechRegion } from "./detect-speech.ts";
import type { Span } from "./packed-time.ts";

/** The spans are in order and apart; together they are at most 30 s long. What lies between them is silence. */
export interface SoundWindow {
  readonly spans: readonly Span[];
}

/** Counted up whenever the same regions would give other windows: answers of another plan belong to other sound. */
export const planVersion = 4;

/** Costs of a plan, in windows: a window is the same work however little it holds. */
const cost = {
  /**
   * A cut inside a region, and what it costs more the more voice there is: a cut word is a lost word. A mouth that closes
   * within a word ("åtta") is as quiet as a pause between two, so even the quietest costs a quarter of a window.
   */
  cut: 0.25,
  voicedCut: 0.6,
  /** A cut where nothing is known of the voice. */
  blindCut: 1,
  /** For each share of a window that is missing to seven tenths; the last window holds what is left. */
  shortfall: 4,
  /** For the square of the empty share: the last window is not a scrap where it can be helped. */
  uneven: 0.05,
} as const;
const wellFilled = 0.7;
const quietBelow = 0.35;
/** A stretch without a known place to cut is given blind ones at least this often. */
const blindEveryMs = 10_000;

/** Windows in order that hold every region; the same regions always give the same windows. */
export function planWindows(regions: readonly SpeechRegion[]): SoundWindow[] {
  const pieces = regions.flatMap(toPieces);
  return cheapest(toBoundaries(pieces)).map(({ from, to }) => ({ spans: join(pieces.slice(from, to)) }));
}

interface Piece extends Span {
  /** What it costs to begin a window with it. */
  readonly cost: number;
}

/** The region, cut wherever it may be cut. */
function toPieces({ startMs, endMs, cuts }: SpeechRegion): Piece[] {
  const pieces: Piece[] = [];
  let from = startMs;
  let price = 0;
  for (const cut of [...cuts, { atMs: endMs, voice: null }]) {
    if (cut.atMs <= from || cut.atMs > endMs) continue;
    const count = Math.ceil((cut.atMs - from) / blindEveryMs);
    for (let i = 0; i < count; i++) {
      const at = (share: number) => Math.round(from + ((cut.atMs - from) * share) / count);
      pieces.push({ startMs: at(i), endMs: at(i + 1), cost: i === 0 ? price : cost.blindCut });
    }
    from = cut.atMs;
    price = cut.voice === null ? 0 : cost.cut + cost.voicedCut * Math.max(0, cut.voice - quietBelow);
  }
  return pieces;
}

/** A place where one window may end and the next begin. Packed times run over the whole recording. */
interface Boundary {
  readonly atMs: number;
  readonly cost: number;
}

function toBoundaries(pieces: readonly Piece[]): Boundary[] {
  const boundaries: Boundary[] = [];
  let packedMs = 0;
  for (const { startMs, endMs, cost: price } of pieces) {
    boundaries.push({ atMs: packedMs, cost: price });
    packedMs += endMs - startMs;
  }
  return [...boundaries, { atMs: packedMs, cost: 0 }];
}

/** The cheapest way from the first boundary to the last, by dynamic programming: which pieces each window takes. */
function cheapest(boundaries: readonly Boundary[]): { readonly from: number; readonly to: number }[] {
  const costs = new Float64Array(boundaries.length).fill(Infinity);
  const cameFrom = new Int32Array(boundaries.length);
  costs[0] = 0;
  const lastIndex = boundaries.length - 1;
  for (const [to, { atMs, cost: price }] of boundaries.entries()) {
    for (let from = to - 1; from >= 0; from--) {
      const lengthMs = atMs - (boundaries[from]?.atMs ?? 0);
      if (lengthMs > windowMaxMs) break;
      const fill = lengthMs / windowMaxMs;
      const shortfall = to === lastIndex ? 0 : cost.shortfall * Math.max(0, wellFilled - fill);
      const total = (costs[from] ?? Infinity) + 1 + price + shortfall + cost.uneven * (1 - fill) ** 2;
      if (total < (costs[to] ?? Infinity)) {
        costs[to] = total;
        cameFrom[to] = from;
      }
    }
  }
  const windows: { from: number; to: number }[] = [];
  for (let to = lastIndex; to > 0; to = cameFrom[to] ?? 0) windows.unshift({ from: cameFrom[to] ?? 0, to });
  return windows;
}

/** Pieces as spans: what touches is one. Between two lies the quiet around their speech, as much as `padMs` on both sides. */
function join(pieces: readonly Piece[]): Span[] {
  const spans: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of pieces) {
    const last = spans.at(-1);
    if (last?.endMs === startMs) last.endMs = endMs;
    else spans.push({ startMs, endMs });
  }
  return spans;
}
