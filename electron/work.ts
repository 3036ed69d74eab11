// The shape of anything slow: it can be cancelled and it reports. Runs anywhere.

/** The pipeline's stages, in the order of the flow. */
export const stages = ["decode", "detect-speech", "transcribe", "speakers", "summarise"] as const;
export type Stage = (typeof stages)[number];

/** Progress of one stage. `fraction` runs from 0 to 1 and never falls. */
export interface Progress {
  readonly stage: Stage;
  readonly fraction: number;
}

/** Last argument of everything slow. An aborted signal makes the work reject with a LyssnaError "cancelled". */
export interface Work {
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}
