// The short measurement of a model on this machine: a few ways to share the cores, each loaded and timed. Runs in main;
// the work is in the inference processes.
import type { SpeechModel, TunableInference } from "../inference/protocol.ts";
import { chooseTuning, judgePace, type Measured, mostRows, type Tuning, tuningsToMeasure } from "./choose-tuning.ts";
import { fitPlacing } from "./memory-need.ts";
import type { FolderSize } from "./model-size.ts";
import type { TuningRecord } from "./tuning-record.ts";

/** No further way is tried that would take it past this. The first is measured however long it takes. */
const budgetMs = 10_000;

export interface TuningQuestion {
  readonly model: SpeechModel;
  readonly size: FolderSize;
  readonly cores: number;
  /** Memory that may be taken. */
  readonly bytes: number;
}

/**
 * Loads the model in a few ways and answers the fastest that fits, without its key. The model stays loaded in the last
 * way tried. Null where it fits in none.
 */
export async function measureTuning(
  { model, size, cores, bytes }: TuningQuestion,
  inference: TunableInference,
  signal: AbortSignal,
): Promise<Omit<TuningRecord, "key"> | null> {
  const startedMs = performance.now();
  const measured: Measured[] = [];
  let trusted = false;
  let tokens: readonly number[] = [];
  let longestMs = 0;
  for (const wanted of placeable(size, cores, bytes)) {
    const fromMs = performance.now();
    if (measured.length > 0 && fromMs - startedMs + longestMs > budgetMs) break;
    const info = await loadInTurn({ ...model, ...wanted, trusted }, inference, signal);
    trusted = info.graphs === "own";
    const pace = await inference.measurePace(signal);
    measured.push(judgePace(wanted, pace));
    ({ tokens } = pace);
    longestMs = Math.max(longestMs, performance.now() - fromMs);
  }
  const chosen = chooseTuning(measured);
  return chosen && { ...chosen.tuning, trusted, windowMs: chosen.windowMs, tokens: [...tokens] };
}

/** Those that fit with all their processes, each with the batch that fits; where none does, the one that does. */
function placeable(size: FolderSize, cores: number, bytes: number): readonly Tuning[] {
  const all = tuningsToMeasure(cores, size).map((tuning) => ({ tuning, placing: fitPlacing(size, bytes, tuning) }));
  const whole = all.flatMap(({ tuning, placing }) =>
    placing?.lanes === tuning.lanes ? [{ ...tuning, batch: placing.batch }] : [],
  );
  const least = fitPlacing(size, bytes, { lanes: 1, batch: mostRows(1, size) });
  return whole.length > 0 || least === null ? whole : [{ ...least, threads: cores }];
}

/**
 * Loads a model that nobody has compared yet in one process first: only there do both kinds of graphs take memory, and
 * the others need not compare again.
 */
export async function loadInTurn(model: SpeechModel, inference: TunableInference, signal: AbortSignal) {
  if (model.trusted === true || (model.lanes ?? 1) === 1) return inference.loadSpeech(model, signal);
  const { graphs } = await inference.loadSpeech({ ...model, lanes: 1 }, signal);
  return inference.loadSpeech({ ...model, trusted: graphs === "own" }, signal);
}
