// Which stretches of the recording are heard together: windows of at most 30 s, cut in pauses, without overlap. Pure.
import { windowMaxMs } from "../inference/protocol.ts";
import type { SpeechRegion } from "./detect-speech.ts";

export interface SoundWindow {
  readonly startMs: number;
  readonly endMs: number;
}

/** A silence longer than this ends a window: hearing it costs time and tempts a model to invent. */
const longestSilenceMs = 4000;

/** Windows in order that cover every region; the same regions always give the same windows. */
export function planWindows(regions: readonly SpeechRegion[], durationMs: number): SoundWindow[] {
  const windows: { startMs: number; endMs: number }[] = [];
  for (const piece of regions.flatMap(cutLong)) {
    const last = windows.at(-1);
    const endMs = Math.min(piece.endMs, durationMs);
    if (last !== undefined && endMs - last.startMs <= windowMaxMs && piece.startMs - last.endMs <= longestSilenceMs) {
      last.endMs = endMs;
    } else windows.push({ startMs: piece.startMs, endMs });
  }
  return windows;
}

/** A region longer than a window is cut where the voice is weakest, as late as fits, or hard where nothing is known. */
function cutLong({ startMs, endMs, cutsMs }: SpeechRegion): SoundWindow[] {
  const pieces: SoundWindow[] = [];
  let from = startMs;
  while (endMs - from > windowMaxMs) {
    const latest = from + windowMaxMs;
    const cut = cutsMs.findLast((ms) => ms > from + windowMaxMs / 2 && ms <= latest) ?? latest;
    pieces.push({ startMs: from, endMs: cut });
    from = cut;
  }
  return [...pieces, { startMs: from, endMs }];
}
