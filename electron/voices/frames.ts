// The measures of the segmentation model: what its frames are in time. Runs anywhere.

/** One window of the segmentation model (pyannote/segmentation-3.0: trained on 10 s). */
export const windowSamples = 160_000;
/** Every moment is heard in two windows; each window answers for its middle. */
export const hopSamples = windowSamples / 2;

/**
 * A frame is what three poolings leave: 270 samples apart, the first over samples 0 to 990 (pyannote.audio, PyanNet:
 * convolutions of 251, 5 and 5 with strides of 10, 1 and 1, each pooled by 3).
 */
export const frameStepSamples = 270;
export const frameSpanSamples = 991;
export const windowFrames = Math.floor((windowSamples - frameSpanSamples) / frameStepSamples) + 1;

/** The frame whose middle lies nearest to a sample of the window. */
export const frameAt = (sample: number): number =>
  Math.max(0, Math.min(windowFrames, Math.round((sample - frameSpanSamples / 2) / frameStepSamples)));

/** The sample in the middle of a frame. */
export const sampleAt = (frame: number): number => frame * frameStepSamples + (frameSpanSamples - 1) / 2;

/** The frames that a window answers for: its middle half; the first and the last window also their ends. */
export function ownFrames(isFirst: boolean, isLast: boolean): { readonly from: number; readonly to: number } {
  const edge = (windowSamples - hopSamples) / 2;
  return { from: isFirst ? 0 : frameAt(edge), to: isLast ? windowFrames : frameAt(windowSamples - edge) };
}
