// Which windows of a recording are listened to for voices, and in which pieces. Pure.
import { sampleRateHz } from "../inference/protocol.ts";
import { hopSamples, windowSamples } from "./frames.ts";

/** Consecutive windows that are handed over together: 35 s of sound. */
export interface VoicePiece {
  readonly first: number;
  readonly count: number;
}

export const hopMs = (hopSamples * 1000) / sampleRateHz;
export const windowMs = (windowSamples * 1000) / sampleRateHz;
const mostWindows = 6;

export const windowCountOf = (durationMs: number): number =>
  Math.max(1, Math.ceil((durationMs - windowMs) / hopMs) + 1);

/** Windows whose own part holds speech, in runs. Neighbours of runs are not heard: nobody speaks there. */
export function planVoices(
  durationMs: number,
  regions: readonly { readonly startMs: number; readonly endMs: number }[],
): readonly VoicePiece[] {
  const count = windowCountOf(durationMs);
  const isWanted = new Uint8Array(count);
  const edgeMs = (windowMs - hopMs) / 2;
  for (const { startMs, endMs } of regions) {
    const first = Math.max(0, Math.floor((startMs - edgeMs) / hopMs));
    const last = Math.min(count - 1, Math.floor((endMs - edgeMs) / hopMs));
    for (let at = Math.min(first, count - 1); at <= Math.max(0, last); at++) isWanted[at] = 1;
  }
  const pieces: VoicePiece[] = [];
  for (let at = 0; at < count; at++) {
    if (isWanted[at] === 0) continue;
    const last = pieces.at(-1);
    if (last !== undefined && last.first + last.count === at && last.count < mostWindows)
      pieces[pieces.length - 1] = { first: last.first, count: last.count + 1 };
    else pieces.push({ first: at, count: 1 });
  }
  return pieces;
}
