// How much memory a model needs while it works, and what of it fits on a machine. Pure.
import { rowBytes } from "../inference/layout.ts";
import type { ModelSize } from "./model-size.ts";

/** How a model runs: processes side by side, windows decoded together in each. */
export interface Placing {
  readonly lanes: number;
  readonly batch: number;
}

const megabyte = 1e6;

/*
 * Measured under Linux with random weights of true shapes (W megabytes of weights, resident memory in MB):
 *
 *                 W    loaded   peak at load   peak at load, compared   batch 1   batch 8
 *   tiny q8       42   268      382            737                      –         556
 *   base q8       79   335      544            883                      570       837
 *   small q8      253  663      1251           1737                     982       –
 *   tiny fp32     151  422      769            1377                     –         718
 *
 * The numbers below give these, or somewhat more.
 */
const loadedBytes = ({ weightBytes }: ModelSize): number => 193 * megabyte + 1.86 * weightBytes;
const loadPeakBytes = ({ weightBytes }: ModelSize): number => 210 * megabyte + 4.3 * weightBytes;
/** The first time our graphs are compared with the published ones: both are loaded. */
const comparePeakBytes = ({ weightBytes }: ModelSize): number => 500 * megabyte + 5.8 * weightBytes;
/** What the encoder's attention takes for each head, which are 64 wide in every Whisper. */
const encoderBytes = ({ width }: ModelSize): number => 25 * megabyte * (width / 64);
/** The text's own keys and values come to those of the sound: room for 232 tokens beside 1500 places. */
const windowBytes = (size: ModelSize): number => rowBytes(size) * (1 + 232 / 1500);

/** What was measured varies by less than this. */
const margin = 1.1;

/** Bytes that all processes of a model need together, at the worst moment from load on. */
export function memoryNeed(size: ModelSize, { lanes, batch }: Placing): number {
  const working = lanes * (loadedBytes(size) + encoderBytes(size) + batch * windowBytes(size));
  // One process loads and compares first; the others follow it.
  const others = loadedBytes(size) + (lanes - 1) * loadPeakBytes(size);
  return Math.ceil(margin * Math.max(working, comparePeakBytes(size), others));
}

/** Of a machine's memory, bytes. */
export interface Memory {
  readonly totalBytes: number;
  readonly freeBytes: number;
}

/** What may be taken of the free memory: the system and the person's other programs keep room to breathe. */
export const usableBytes = ({ totalBytes, freeBytes }: Memory): number =>
  Math.max(0, freeBytes - Math.max(400 * megabyte, totalBytes / 16));

/** What a machine with so much memory can have free at best: the system and its desktop hold the rest. */
export const mostBytes = (totalBytes: number): number => totalBytes * 0.75;

/**
 * The placing wanted, or the next one that fits: first a smaller batch, then fewer processes. Null where not even one
 * window at a time fits.
 */
export function fitPlacing(size: ModelSize, bytes: number, wanted: Placing): Placing | null {
  const batches = (least: number) =>
    [wanted.batch, ...[4, 2, 1].filter((batch) => batch < wanted.batch)].filter((batch) => batch >= least);
  // Fewer than four windows together lose more than a second process gains.
  const several = (lanes: number) => batches(Math.min(4, wanted.batch)).map((batch) => ({ lanes, batch }));
  const ladder: Placing[] = [];
  for (let lanes = wanted.lanes; lanes > 1; lanes = Math.floor(lanes / 2)) ladder.push(...several(lanes));
  ladder.push(...batches(1).map((batch) => ({ lanes: 1, batch })));
  return ladder.find((placing) => memoryNeed(size, placing) <= bytes) ?? null;
}
