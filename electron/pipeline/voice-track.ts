// How much voice there is at each moment of the recording: what Silero heard, small enough to keep. Pure.

/** One byte for each step, as base64: 0 is no voice, 255 is surely voice. Three hours take 144 kB. */
export interface VoiceTrack {
  readonly stepMs: number;
  readonly levels: string;
}

/** The same, opened for questions. Times are milliseconds of the recording. */
export interface Voice {
  readonly stepMs: number;
  /** Mean speech probability in the step that `atMs` lies in, 0 to 1; 0 outside the recording. */
  level(atMs: number): number;
  /** The first and the last voice between two times, or null where there is none. */
  edges(startMs: number, endMs: number): { readonly startMs: number; readonly endMs: number } | null;
  /** Milliseconds of voice between two times. */
  voicedMs(startMs: number, endMs: number): number;
}

const stepMs = 100;
const surely = 255;
/** Silero gives silence and hum a few hundredths: over minutes they must not add up to a word. */
const silenceBelow = 0.2;
const voiceFrom = 0.35;

/** From one speech probability per frame. */
export function makeVoiceTrack(probabilities: readonly number[], frameMs: number): VoiceTrack {
  const steps = Math.ceil((probabilities.length * frameMs) / stepMs);
  const sums = new Float64Array(steps);
  const counts = new Uint8Array(steps);
  for (let frame = 0; frame < probabilities.length; frame++) {
    const step = Math.floor(((frame + 0.5) * frameMs) / stepMs);
    sums[step] = (sums[step] ?? 0) + (probabilities[frame] ?? 0);
    counts[step] = (counts[step] ?? 0) + 1;
  }
  const bytes = Uint8Array.from(sums, (sum, step) => Math.round((surely * sum) / Math.max(1, counts[step] ?? 1)));
  return { stepMs, levels: Buffer.from(bytes).toString("base64") };
}

/** Decodes a track once, for many questions. */
export function openVoice(track: VoiceTrack): Voice {
  const bytes = Buffer.from(track.levels, "base64");
  const step = track.stepMs;
  const levelOf = (index: number): number => (bytes[index] ?? 0) / surely;
  return {
    stepMs: step,
    level: (atMs) => levelOf(Math.floor(atMs / step)),
    edges(startMs, endMs) {
      let first: number | null = null;
      let last = 0;
      for (let index = Math.floor(startMs / step); index * step < endMs; index++) {
        if (levelOf(index) < voiceFrom) continue;
        first ??= Math.max(startMs, index * step);
        last = Math.min(endMs, (index + 1) * step);
      }
      return first === null ? null : { startMs: first, endMs: last };
    },
    voicedMs(startMs, endMs) {
      let sum = 0;
      for (let index = Math.floor(startMs / step); index * step < endMs; index++) {
        const level = levelOf(index);
        if (level < silenceBelow) continue;
        sum += level * (Math.min(endMs, (index + 1) * step) - Math.max(startMs, index * step));
      }
      return sum;
    },
  };
}
