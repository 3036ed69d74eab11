// How loud a sound is over time, as it is drawn: one byte for each step. Values; runs anywhere.

/** One peak for so much sound. */
export const peakStepMs = 100;

/** A byte is a quarter of a decibel: 255 is full scale, 1 is 63.5 dB below it, 0 is silence. */
const stepsPerDecibel = 4;
const loudest = 255;

/** @param amplitude 0 to 1 */
export const toPeak = (amplitude: number): number =>
  amplitude <= 0
    ? 0
    : Math.max(0, Math.min(loudest, Math.round(loudest + stepsPerDecibel * 20 * Math.log10(amplitude))));

/** The amplitude, 0 to 1. */
export const fromPeak = (peak: number): number => (peak === 0 ? 0 : 10 ** ((peak - loudest) / (stepsPerDecibel * 20)));
