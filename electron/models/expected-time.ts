// How long a model takes for an hour of talk on this machine, from what was measured on it, and which model is to be
// recommended. Pure.
import type { WhisperShape } from "../inference/layout.ts";
import type { Stage } from "../work.ts";

/** For an hour of talk. "measured": with this model, here. "reckoned": from another model that was measured here. */
export interface HourTime {
  readonly ms: number;
  readonly from: "measured" | "reckoned";
}

/** What is known of this machine, by model. */
export interface MachineKnowledge {
  /** Milliseconds of work per millisecond of sound in real meetings, by stage (jobs/run-job.ts). */
  readonly rates: Readonly<Record<string, Readonly<Partial<Record<Stage, number>>>>>;
  /** Milliseconds for a window of 30 seconds from the short measurement at load (tuning-record.ts). */
  readonly windowMs: Readonly<Record<string, number>>;
}

const hourMs = 3_600_000;
/** Windows of an hour in which nobody is ever silent: rather too many than too few. */
const windowsOfHour = 120;
/** What has to do with hearing; a summary takes its own time. */
const hearing = ["decode", "detect-speech", "transcribe", "speakers"] as const satisfies readonly Stage[];

/** Measured with this very model; null where it never was. Real meetings tell more than the short measurement. */
export function measuredHour(id: string, { rates, windowMs }: MachineKnowledge): number | null {
  const real = rates[id];
  if (real?.transcribe !== undefined) return hearing.reduce((sum, stage) => sum + (real[stage] ?? 0), 0) * hourMs;
  const window = windowMs[id];
  return window === undefined ? null : window * windowsOfHour;
}

/** The same for a language model: an hour's meeting summarised. */
export function measuredSummary(id: string, { rates }: MachineKnowledge): number | null {
  const rate = rates[id]?.summarise;
  return rate === undefined ? null : rate * hourMs;
}

/**
 * How work grows with a model's size, as measured on one machine with tiny, base and small (README, Transcription: 108, 58
 * and 16 times real time), by layers × width². What is larger is taken to grow in proportion.
 */
const measuredWork = [
  { size: 4 * 384 ** 2, work: 1 / 108 },
  { size: 6 * 512 ** 2, work: 1 / 58 },
  { size: 12 * 768 ** 2, work: 1 / 16 },
] as const;

/** Of a model's shape, in no unit: only how two of them compare means anything. */
export function relativeWork({ layers, width }: WhisperShape): number {
  const size = layers * width ** 2;
  const [tiny, base, small] = measuredWork;
  if (size >= small.size) return small.work * (size / small.size);
  const [low, high] = size < base.size ? [tiny, base] : [base, small];
  const share = Math.log(size / low.size) / Math.log(high.size / low.size);
  return low.work * (high.work / low.work) ** share;
}

export interface Candidate extends WhisperShape {
  readonly id: string;
  /** Whether the machine has memory for it. */
  readonly fits: boolean;
  /** By the catalogue, for whoever knows nothing of the machine. */
  readonly recommended: boolean;
  readonly languages: readonly string[];
}

/** The hour of each candidate, as far as anything is known; an empty map where nothing was ever measured. */
export function expectHours(
  candidates: readonly Candidate[],
  knowledge: MachineKnowledge,
): ReadonlyMap<string, HourTime> {
  const measured = candidates.flatMap((candidate) => {
    const ms = measuredHour(candidate.id, knowledge);
    return ms === null ? [] : [{ candidate, ms }];
  });
  const hours = new Map<string, HourTime>();
  for (const candidate of candidates) {
    const own = measured.find((one) => one.candidate.id === candidate.id);
    if (own !== undefined) hours.set(candidate.id, { ms: own.ms, from: "measured" });
    // The most like it tells the most.
    const [nearest] = measured.toSorted(
      (one, other) => apart(one.candidate, candidate) - apart(other.candidate, candidate),
    );
    if (own !== undefined || nearest === undefined) continue;
    const ms = nearest.ms * (relativeWork(candidate) / relativeWork(nearest.candidate));
    hours.set(candidate.id, { ms, from: "reckoned" });
  }
  return hours;
}

const apart = (one: WhisperShape, other: WhisperShape): number =>
  Math.abs(Math.log(relativeWork(one) / relativeWork(other)));

/** Who waits longer than this for an hour's meeting has another one before it is done. */
const patienceMs = 20 * 60_000;

/**
 * One of those for a language: the largest that fits and is done in time, for a larger one hears better. Where nothing was
 * measured, the catalogue's own if it fits, else the largest that does. Null where none fits.
 */
export function recommend(
  candidates: readonly Candidate[],
  hours: ReadonlyMap<string, HourTime>,
  language: string,
): string | null {
  const own = candidates.filter((one) => one.fits && one.languages.includes(language));
  const fitting = (own.length > 0 ? own : candidates.filter((one) => one.fits)).toSorted(
    (one, other) => relativeWork(other) - relativeWork(one),
  );
  if (hours.size > 0) {
    const inTime = fitting.find(({ id }) => (hours.get(id)?.ms ?? Number.POSITIVE_INFINITY) <= patienceMs);
    return (inTime ?? fitting.at(-1))?.id ?? null;
  }
  const usual = fitting.find((one) => one.recommended);
  return (usual ?? fitting[0])?.id ?? null;
}
