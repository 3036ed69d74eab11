// Sound on its way to voice activity: pushes of any size become frames, and there are never more than a bounded number.
import { sampleRateHz, vadFrameSamples } from "../inference/protocol.ts";
import { frameMs } from "./detect-speech.ts";
import type { Frame } from "./find-utterances.ts";
import type { Span } from "./packed-time.ts";

export interface LiveIntake {
  readonly heldMs: number;
  /** Takes a copy. Answers what had to be let go to make room, if anything. */
  push(samples: Float32Array): Span | null;
  /** The oldest frames, at most so many; none if there are fewer than `least`. */
  take(least: number, most: number): readonly Frame[];
  /** The next frame does not go on where the last one ended. */
  startAnew(): void;
  /** The last, partial frame, filled up with silence. */
  fill(): void;
  /** Silence in place of a stretch, also of what is still to come. */
  silence(stretch: Span): void;
  clear(): void;
}

const mostFrames = 30_000 / frameMs;
const perMs = sampleRateHz / 1000;
const nothing = new Float32Array(vadFrameSamples);

/** @param fromMs where in the recording the first sample lies */
export function createLiveIntake(fromMs: number): LiveIntake {
  let frames: Frame[] = [];
  let partial = new Float32Array(vadFrameSamples);
  let filled = 0;
  let nextMs = fromMs;
  let startsAnew = false;
  let silenced: readonly Span[] = [];

  function add(value: number): void {
    partial[filled++] = value;
    if (filled < vadFrameSamples) return;
    const frame = { atMs: nextMs, samples: partial, voice: Number.NaN };
    frames.push(silent(startsAnew ? { ...frame, startsAnew } : frame, silenced));
    [partial, filled, startsAnew] = [new Float32Array(vadFrameSamples), 0, false];
    nextMs += frameMs;
    silenced = silenced.filter(({ endMs }) => endMs > nextMs);
  }

  return {
    get heldMs() {
      return frames.length * frameMs;
    },
    push(samples) {
      for (const value of samples) add(Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0);
      const lost = frames.splice(0, Math.max(0, frames.length - mostFrames));
      const [first] = lost;
      if (first === undefined) return null;
      return { startMs: first.atMs, endMs: first.atMs + lost.length * frameMs };
    },
    take(least, most) {
      return frames.length < least ? [] : frames.splice(0, most);
    },
    startAnew() {
      startsAnew = true;
    },
    fill() {
      if (filled > 0) for (let left = vadFrameSamples - filled; left > 0; left--) add(0);
    },
    silence(stretch) {
      frames = frames.map((frame) => silent(frame, [stretch]));
      if (stretch.startMs < nextMs + filled / perMs && stretch.endMs > nextMs) partial.fill(0);
      if (stretch.endMs > nextMs) silenced = [...silenced, stretch];
    },
    clear() {
      [frames, filled] = [[], 0];
      partial.fill(0);
    },
  };
}

/** The frame, or silence where it lies in one of the stretches. */
export function silent(frame: Frame, stretches: readonly Span[]): Frame {
  const isSilenced = stretches.some(({ startMs, endMs }) => startMs < frame.atMs + frameMs && endMs > frame.atMs);
  return isSilenced ? { ...frame, samples: nothing, voice: 0 } : frame;
}
