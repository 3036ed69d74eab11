// The suite "transcription": what is measured, in order. Bench only.
import { loadavg } from "node:os";
import type { BenchOptions } from "./options.ts";
import type { GoalId } from "./goals.ts";
import type { Measure, Setting } from "./measure.ts";
import { measureDecoder } from "./measure-decoder.ts";
import { measureLogMel } from "./measure-log-mel.ts";
import { measureMain } from "./measure-main.ts";
import { measureMemoryOfBatch, measureMemoryOfHours } from "./measure-memory.ts";
import { measureStock, measureStockWords } from "./measure-stock.ts";
import { measureWhisperCpp } from "./measure-whisper-cpp.ts";
import { isShapeName } from "./random-whisper/shape.ts";
import { describeMachine, type Report, type Row, type Skipped } from "./report.ts";

const measures: readonly (readonly [id: GoalId, measure: Measure])[] = [
  ["speed-vs-stock", measureStock],
  ["speed-vs-stock-words", measureStockWords],
  ["speed-vs-whisper-cpp", measureWhisperCpp],
  ["log-mel-ms", measureLogMel],
  ["decoder-vs-bare", measureDecoder],
  ["memory-3h", measureMemoryOfHours],
  ["memory-batch", measureMemoryOfBatch],
  ["main-blocked-p99", measureMain],
];

/** A measurement that fails is reported with what it said: the others still tell something. */
export async function measureTranscription(options: BenchOptions): Promise<Report> {
  const sizes = options.sizes.map((size) => {
    if (!isShapeName(size)) throw new Error(`no such shape: ${size}`);
    return size;
  });
  const setting: Setting = { ...options, sizes };
  const rows: Row[] = [];
  const skipped: Skipped[] = [];
  const notes = [
    `Load of the machine at the start, mean of a minute: ${(loadavg()[0] ?? 0).toFixed(1)}. Beside other work, figures are worse and ratios uncertain.`,
    `${options.threads} threads in every system; q8. Random weights of true shapes: nothing about accuracy is measured.`,
  ];
  for (const [id, measure] of measures) {
    if (options.only.length > 0 && !options.only.includes(id)) continue;
    const startMs = performance.now();
    try {
      const measured = await measure(setting);
      rows.push(...measured.rows);
      notes.push(...measured.notes);
      skipped.push(...(measured.skipped ?? []));
    } catch (error) {
      skipped.push({ id, reason: error instanceof Error ? error.message : String(error), failed: true });
    }
    options.progress(`${id}: took ${((performance.now() - startMs) / 60_000).toFixed(1)} min`);
  }
  return {
    suite: "transcription",
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    notes,
    rows,
    skipped,
  };
}
