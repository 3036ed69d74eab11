// How loud it is, and whether that is a microphone one can record with. Pure.

/** Sound of one block. Samples lie between −1 and 1. */
export interface Loudness {
  /** The loudest sample. */
  readonly peak: number;
  /** Root of the mean square. */
  readonly rms: number;
  /** Share of samples at the very top: a wave that is cut off. */
  readonly clipped: number;
}

const clippedFrom = 0.985;

export function loudnessOf(samples: Float32Array): Loudness {
  let [peak, sum, clipped] = [0, 0, 0];
  for (const sample of samples) {
    const size = Math.abs(sample);
    if (size > peak) peak = size;
    if (size >= clippedFrom) clipped += 1;
    sum += sample * sample;
  }
  const { length } = samples;
  return { peak, rms: length === 0 ? 0 : Math.sqrt(sum / length), clipped: length === 0 ? 0 : clipped / length };
}

export type Check = "listening" | "muted" | "silent" | "clipping" | "good";

/** Blocks of 20 ms in three seconds. */
const checkBlocks = 150;
/** −50 dBFS: speech across a table peaks far above it, a room without speech below. */
const silentBelow = 0.0032;
const clippedMost = 0.001;

/** What the last three seconds tell; "listening" until there are three. */
export function checkOf(blocks: readonly Loudness[]): Check {
  const recent = blocks.slice(-checkBlocks);
  const peak = Math.max(0, ...recent.map((block) => block.peak));
  const clipped = recent.reduce((sum, block) => sum + block.clipped, 0) / Math.max(1, recent.length);
  if (clipped > clippedMost) return "clipping";
  if (peak >= silentBelow) return "good";
  if (recent.length < checkBlocks) return "listening";
  // A microphone that is on hears at least its own noise.
  return peak === 0 ? "muted" : "silent";
}

/** One who listens may be quiet for long; half a minute in which nobody is heard is worth a look. */
const silentBlocks = 1500;

/**
 * What a microphone that records gives, block by block. "muted" after three seconds without a single sample, "silent" after
 * half a minute in which nobody can be heard; the first word makes it good again.
 */
export function createWatch(): (block: Loudness) => "good" | "muted" | "silent" | "clipping" {
  let recent: Loudness[] = [];
  let quiet = 0;
  let still = 0;
  return (block) => {
    recent = [...recent.slice(1 - checkBlocks), block];
    quiet = block.peak < silentBelow ? quiet + 1 : 0;
    still = block.peak === 0 ? still + 1 : 0;
    if (still >= checkBlocks) return "muted";
    if (quiet >= silentBlocks) return "silent";
    return recent.length === checkBlocks && checkOf(recent) === "clipping" ? "clipping" : "good";
  };
}

/** 0 to 1 for the eye: −60 dBFS to 0. */
export const shown = ({ rms }: Loudness): number => Math.max(0, Math.min(1, 1 + Math.log10(rms + 1e-9) / 3));
