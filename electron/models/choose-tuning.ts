// How many processes, threads and windows at once: what is usual, what is worth measuring, what was fastest. Pure.
import { rowBytes, usualBatch, type WhisperShape } from "../inference/layout.ts";
import type { Device, Pace } from "../inference/protocol.ts";
import type { Placing } from "./memory-need.ts";

export interface Tuning extends Placing {
  /** Of each process. */
  readonly threads: number;
}

export interface Measured {
  readonly tuning: Tuning;
  readonly windowMs: number;
}

/** Tokens of a window of speech, about. */
const windowTokens = 110;

/** Beyond so many windows in one process, or in each of several, one more gains less than its memory costs. */
const mostRowsAlone = 6;
const mostRowsTogether = 3;
/** What all windows under decoding may take together where memory is plenty: other programs have a use for it too. */
const mostRowBytes = 600e6;

export function mostRows(lanes: number, shape: WhisperShape): number {
  const affordable = Math.floor(mostRowBytes / lanes / rowBytes(shape));
  return Math.max(1, Math.min(affordable, lanes === 1 ? mostRowsAlone : mostRowsTogether));
}

/** A gain under this is within what measurements of a few seconds differ by. */
const worthwhile = 0.9;

/**
 * Without a measurement: two processes that share the cores. Two with few threads were faster than one with many
 * (33 to 38 against 26 to 32 times real time for base on two cores), and each further one takes as much memory again.
 * More than four threads each gain little: memory, not arithmetic, bounds the decoder.
 */
export function usualTuning(cores: number, shape: WhisperShape): Tuning {
  const lanes = cores >= 2 ? 2 : 1;
  return { lanes, threads: threadsFor(lanes, cores), batch: usualBatch(shape) };
}

/** The usual first: if there is no time for more, it stands. */
export function tuningsToMeasure(cores: number, shape: WhisperShape): readonly Tuning[] {
  const counts = cores >= 4 ? [2, 1, 4] : cores >= 2 ? [2, 1] : [1];
  return counts.map((lanes) => ({ lanes, threads: threadsFor(lanes, cores), batch: mostRows(lanes, shape) }));
}

export const threadsFor = (lanes: number, cores: number): number =>
  Math.max(1, Math.min(lanes === 1 ? 8 : 4, Math.floor(cores / lanes)));

/** A smaller batch that is slower by less than this is taken: each window takes memory as long as it is decoded. */
const dispensable = 0.94;

/** Milliseconds for a window when all processes are busy, with the smallest batch that is about as good as the best. */
export function judgePace(tuning: Tuning, { listenMs, steps }: Pace): Measured {
  const byRows = steps.map(({ rows, stepMs }) => ({
    rows,
    windowMs: (listenMs + (windowTokens * stepMs) / rows) / tuning.lanes,
  }));
  const least = Math.min(...byRows.map(({ windowMs }) => windowMs));
  const chosen = byRows.find(({ windowMs }) => windowMs * dispensable <= least);
  return { tuning: { ...tuning, batch: chosen?.rows ?? 1 }, windowMs: chosen?.windowMs ?? Number.POSITIVE_INFINITY };
}

/** The fastest; the first one unless another is clearly faster. Null where nothing was measured. */
export function chooseTuning(measured: readonly Measured[]): Measured | null {
  const [first, ...others] = measured;
  if (first === undefined) return null;
  const fastest = others.toSorted((one, other) => one.windowMs - other.windowMs)[0];
  return fastest !== undefined && fastest.windowMs < first.windowMs * worthwhile ? fastest : first;
}

/** What the person chose to compute on; "auto" leaves the choice to measurement. */
export type ComputeOn = "auto" | "cpu" | "gpu";

/** A graphics device that was found to say what the processor says. */
export interface GraphicsFound {
  readonly device: Device;
  readonly windowMs: number;
}

/** Graphics only where they were found to work, and, unless the person asked for them, to be faster. */
export function chooseDevice(computeOn: ComputeOn, processorMs: number, graphics: GraphicsFound | null): Device {
  if (computeOn === "cpu" || graphics === null) return "cpu";
  return computeOn === "gpu" || graphics.windowMs < processorMs * worthwhile ? graphics.device : "cpu";
}
