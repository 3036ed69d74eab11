// Every window through the inference process: several in flight, each answer kept as it comes, failures asked again
// alone. Runs in main and the command line.
import { LyssnaError } from "../errors.ts";
import { freeRecent, letGo } from "../free-memory.ts";
import type { Inference, WindowResult } from "../inference/protocol.ts";
import type { Work } from "../work.ts";
import { askWindows } from "./ask-windows.ts";
import { packedLengthMs } from "./packed-time.ts";
import { planVersion, type SoundWindow } from "./plan-windows.ts";

/** An answer as it is kept. One of another plan is no answer to this one's window. */
export interface KeptWindow extends WindowResult {
  readonly plan?: number;
}

export interface HearWindowsOptions {
  /** Opens the sound as PCM from a time on. */
  readonly openPcm: (startMs: number) => AsyncIterable<Float32Array>;
  readonly windows: readonly SoundWindow[];
  readonly inference: Inference;
  /** Windows worth having in flight at once. */
  readonly windowsAtOnce?: number | undefined;
  /** BCP 47 code or "auto". */
  readonly language: string;
  /** Answers of an earlier run that was cut off, by window. */
  readonly finished: ReadonlyMap<number, KeptWindow>;
  readonly keep: (index: number, result: KeptWindow) => Promise<void>;
}

/** Hears some windows again in a language; `settle` decides what stands and is kept. */
export type HearAgain = (
  indexes: readonly number[],
  language: string,
  settle: (first: WindowResult, second: WindowResult) => WindowResult,
) => Promise<void>;

/** So many windows in flight, so many times over, all failed and none answered: it is not the windows. */
const hopelessRounds = 3;

/**
 * Answers for all windows, and the means to hear some again. A window that fails twice, the second time alone, is
 * answered as failed. Where all of them fail, the last error is thrown: a transcript of nothing would look like silence.
 */
export async function hearWindows(
  options: HearWindowsOptions,
  { signal, report }: Work,
): Promise<{ readonly results: ReadonlyMap<number, WindowResult>; readonly hearAgain: HearAgain }> {
  const { windows, inference } = options;
  const atOnce = Math.max(1, options.windowsAtOnce ?? 1);
  const results = new Map<number, WindowResult>();
  for (const [index, { plan, ...result }] of options.finished) {
    if (plan === planVersion && index < windows.length) results.set(index, result);
  }
  const lengthMs = (index: number) => packedLengthMs(windows[index]?.spans ?? []);
  const totalMs = windows.reduce((sum, _, index) => sum + lengthMs(index), 0);
  const tell = () => {
    const doneMs = [...results.keys()].reduce((sum, index) => sum + lengthMs(index), 0);
    report({ stage: "transcribe", fraction: totalMs === 0 ? 1 : doneMs / totalMs });
  };
  tell();

  async function keep(index: number, result: WindowResult): Promise<void> {
    await options.keep(index, { ...result, plan: planVersion });
    results.set(index, result);
    tell();
  }
  async function hear(samples: Float32Array, language: string): Promise<WindowResult | Failure> {
    try {
      return await inference.transcribeWindow({ samples, language }, signal);
    } catch (error) {
      if (signal.aborted || isFatal(error)) throw error;
      return { error };
    } finally {
      // Windows are cut into memory of their own.
      letGo(samples);
      freeRecent();
    }
  }

  const failed: number[] = [];
  const first = async (index: number, samples: Float32Array) => {
    const result = await hear(samples, options.language);
    if (!("error" in result)) return keep(index, result);
    failed.push(index);
    if (results.size === 0 && failed.length >= hopelessRounds * atOnce) throw result.error;
  };
  const missing = windows.flatMap((_, index) => (results.has(index) ? [] : [index]));
  await askWindows({ ...options, indexes: missing, atOnce, ask: first }, { signal });

  const errors = new Map<number, unknown>();
  const alone = async (index: number, samples: Float32Array) => {
    const result = await hear(samples, options.language);
    if (!("error" in result)) return keep(index, result);
    errors.set(index, result.error);
  };
  const inOrder = failed.toSorted((a, b) => a - b);
  await askWindows({ ...options, indexes: inOrder, atOnce: 1, ask: alone }, { signal });
  if (errors.size > 0 && results.size === 0) throw [...errors.values()].at(-1);
  for (const index of errors.keys()) {
    await keep(index, { language: options.language, segments: [], dropped: { failed: 1 } });
  }

  const hearAgain: HearAgain = (indexes, language, settle) => {
    const ask = async (index: number, samples: Float32Array) => {
      const before = results.get(index);
      const second = await hear(samples, language);
      if (before !== undefined && !("error" in second)) await keep(index, settle(before, second));
    };
    return askWindows({ ...options, indexes, atOnce, ask }, { signal });
  };
  return { results, hearAgain };
}

interface Failure {
  readonly error: unknown;
}

/** Errors that every other window would meet too. */
const isFatal = (error: unknown): boolean =>
  error instanceof LyssnaError && (error.code === "model-missing" || error.code === "model-damaged");
