// What a measurement is given and what it answers. Bench only.
import { fileURLToPath } from "node:url";
import type { BenchOptions } from "./options.ts";
import type { ShapeName } from "./random-whisper/shape.ts";
import type { Row, Skipped } from "./report.ts";

export interface Setting extends BenchOptions {
  readonly sizes: readonly ShapeName[];
}

export interface Measured {
  readonly rows: readonly Row[];
  /** How it was measured, in a sentence each. */
  readonly notes: readonly string[];
  readonly skipped?: readonly Skipped[];
}

export type Measure = (setting: Setting) => Promise<Measured>;

export const cacheDir = fileURLToPath(new URL("../../.cache/bench", import.meta.url));

/** Share of `minutes` that a shape is measured on: base carries the bars, small is slow. */
const shares: Readonly<Record<ShapeName, number>> = { base: 1, tiny: 1 / 5, small: 1 / 15 };
const fewestMinutes = 2;

export const minutesFor = (size: ShapeName, minutes: number): number =>
  Math.min(minutes, Math.max(fewestMinutes, Math.round(minutes * shares[size])));

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
