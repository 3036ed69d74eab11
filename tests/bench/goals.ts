// What must be reached, row by row. Base carries the bars; the other shapes are reported beside it. Bench only.
import type { ShapeName } from "./random-whisper/shape.ts";
import { makeRow, type Row } from "./report.ts";

type Goal = Pick<Row, "unit" | "bar" | "aim" | "better">;

export const goals = {
  "speed-vs-stock": { unit: "×", bar: 4, aim: 6, better: "higher" },
  "speed-vs-stock-words": { unit: "×", bar: 5, aim: 8, better: "higher" },
  "speed-vs-whisper-cpp": { unit: "×", bar: 2, aim: 3, better: "higher" },
  "log-mel-ms": { unit: "ms", bar: 40, aim: 20, better: "lower" },
  "decoder-vs-bare": { unit: "×", bar: 1.15, aim: 1.05, better: "lower" },
  "memory-3h": { unit: "MB", bar: 50, aim: 20, better: "lower" },
  "memory-batch": { unit: "MB", bar: 500, aim: 300, better: "lower" },
  "main-blocked-p99": { unit: "ms", bar: 16, aim: 8, better: "lower" },
} as const satisfies Record<string, Goal>;

export type GoalId = keyof typeof goals;

const ending = (size: ShapeName): string => (size === "base" ? "" : `-${size}`);

/** The row of a goal. `judged` is false where it was measured on less than the bar asks for. */
export function goalRow(id: GoalId, value: number, size: ShapeName = "base", judged = true): Row {
  const goal: Goal = goals[id];
  const limits = size === "base" && judged ? {} : { bar: null, aim: null };
  return makeRow({ id: `${id}${ending(size)}`, ...goal, ...limits }, value);
}

/** A row that only informs. */
export const plainRow = (
  id: string,
  value: number,
  unit: string,
  better: Row["better"],
  size: ShapeName = "base",
): Row => makeRow({ id: `${id}${ending(size)}`, unit, bar: null, aim: null, better }, value);
