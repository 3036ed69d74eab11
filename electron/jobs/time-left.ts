// How far a job has come and how long is left, from what was measured on this machine. Pure.
import type { Progress, Stage } from "../work.ts";

/** Milliseconds of work per millisecond of sound, by stage, as measured in earlier jobs and in this one. */
export type StageRates = Readonly<Partial<Record<Stage, number>>>;

export interface JobClock {
  /** Takes a stage's progress at a time and answers the whole job's. Neither fraction nor time left is a guess. */
  advance(progress: Progress, nowMs: number): { readonly fraction: number; readonly leftMs: number | null };
  /** Tells the length of the sound once it is known. */
  setSound(soundMs: number): void;
  /** Rates measured in this job, to be kept for the next. */
  measured(): StageRates;
}

/** A stage must have run this far and this long before its own speed is believed. */
const believableFraction = 0.02;
const believableMs = 400;

/**
 * @param plan the job's stages in order, with each one's weight (any scale)
 * @param firstSoundMs length of the sound in milliseconds as far as it is known, to turn rates into time
 * @param known rates from earlier jobs
 * @param firstFraction how far the job had come when it was cut off, 0 to 1
 */
export function createJobClock(
  plan: readonly (readonly [Stage, number])[],
  firstSoundMs: number,
  known: StageRates,
  firstFraction = 0,
): JobClock {
  const rates: Partial<Record<Stage, number>> = { ...known };
  const fresh: Partial<Record<Stage, number>> = {};
  const total = plan.reduce((sum, [, weight]) => sum + weight, 0);
  let soundMs = firstSoundMs;
  let current: Stage | null = null;
  let startedMs = 0;
  let startedAt = 0;
  let highest = firstFraction;

  const measure = (stage: Stage, share: number, elapsedMs: number) => {
    if (soundMs <= 0 || share < believableFraction || elapsedMs < believableMs) return;
    rates[stage] = fresh[stage] = elapsedMs / share / soundMs;
  };

  return {
    advance({ stage, fraction }, nowMs) {
      if (stage !== current) {
        current = stage;
        startedMs = nowMs;
        // A resumed stage starts where it was cut off: its speed counts from there.
        startedAt = fraction < 1 ? fraction : 0;
      }
      measure(stage, fraction - startedAt, nowMs - startedMs);
      const index = plan.findIndex(([name]) => name === stage);
      if (index < 0) return { fraction: highest, leftMs: null };
      const before = plan.slice(0, index).reduce((sum, [, weight]) => sum + weight, 0);
      highest = Math.max(highest, Math.min(1, (before + (plan[index]?.[1] ?? 0) * fraction) / total));

      let leftMs: number | null = 0;
      for (const [name] of plan.slice(index)) {
        const rate = rates[name];
        if (rate === undefined) {
          // Only transcription is long enough for its absence to make the rest worthless.
          if (name === "transcribe") return { fraction: highest, leftMs: null };
          continue;
        }
        leftMs += rate * soundMs * (name === stage ? 1 - fraction : 1);
      }
      return { fraction: highest, leftMs: Math.round(leftMs) };
    },
    setSound: (ms) => {
      soundMs = ms;
    },
    measured: () => fresh,
  };
}
