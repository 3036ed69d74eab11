// The result of a suite, as JSON and as a table. Bench only.
import { cpus, totalmem } from "node:os";

export interface Row {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  /** What must be reached, or null for a row that only informs. */
  readonly bar: number | null;
  readonly aim: number | null;
  readonly better: "higher" | "lower";
  readonly met: boolean | null;
}

/** A row that was not measured, and why. */
export interface Skipped {
  readonly id: string;
  readonly reason: string;
  /** True where it was tried. */
  readonly failed?: boolean;
}

export interface Report {
  readonly suite: string;
  readonly date: string;
  readonly machine: string;
  /** What the numbers rest on, in a sentence each. */
  readonly notes: readonly string[];
  readonly rows: readonly Row[];
  readonly skipped: readonly Skipped[];
}

export function makeRow(row: Omit<Row, "met" | "value">, value: number): Row {
  const rounded = Number(value.toPrecision(4));
  const met = row.bar === null ? null : row.better === "higher" ? rounded >= row.bar : rounded <= row.bar;
  return { id: row.id, value: rounded, unit: row.unit, bar: row.bar, aim: row.aim, better: row.better, met };
}

export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${model}, ${memoryGb} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function asTable({ suite, date, machine, notes, rows, skipped }: Report): string {
  const limit = (sign: string, value: number | null) => (value === null ? "" : `${sign} ${value}`);
  const cells = rows.map(({ id, value, unit, bar, aim, better, met }) => {
    const sign = better === "higher" ? "≥" : "≤";
    return [id, `${value} ${unit}`, limit(sign, bar), limit(sign, aim), met === null ? "" : met ? "met" : "NOT MET"];
  });
  const table = [["id", "value", "bar", "aim", ""], ...cells];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  const lines = table.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const left = skipped.map(({ id, reason, failed }) => `${id} ${failed === true ? "FAILED" : "skipped"}: ${reason}`);
  return [`${suite}, ${date}`, machine, ...notes, "", ...lines, ...left].join("\n");
}
