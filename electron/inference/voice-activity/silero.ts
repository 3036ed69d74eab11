// What Silero is to the rest: samples and a state in, speech probabilities and the next state out. Inference process.

/** Silero v5: each frame is heard with the last 64 samples of the one before (snakers4/silero-vad, OnnxWrapper). */
export const contextSamples = 64;
/** Values in each half of the state. */
export const stateSize = 128;

/** The memory of its recurrent cell: what it answered last, and what it keeps. */
export interface SileroState {
  readonly hidden: Float32Array;
  readonly cell: Float32Array;
}

export const emptyState: SileroState = { hidden: new Float32Array(stateSize), cell: new Float32Array(stateSize) };

export interface Heard {
  /** One for each frame. */
  readonly probabilities: Float32Array;
  readonly state: SileroState;
}

export interface Silero {
  /** @param sound 64 samples of context, then whole frames of 512 */
  hear(sound: Float32Array, state: SileroState): Promise<Heard>;
  /** Gives its memory back. */
  release(): Promise<void>;
}
