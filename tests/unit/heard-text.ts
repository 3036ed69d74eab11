// What a recogniser might have heard, and where a voice was: for the tests of what becomes of it.
import type { Segment } from "../../electron/formats.ts";
import type { WindowResult, WindowSegment } from "../../electron/inference/protocol.ts";
import { assembleText } from "../../electron/pipeline/assemble-text.ts";
import type { Span } from "../../electron/pipeline/packed-time.ts";
import { makeVoiceTrack, openVoice, type Voice } from "../../electron/pipeline/voice-track.ts";

const frameMs = 32;
/** Voice in some stretches (seconds) of eleven minutes, silence elsewhere. */
export function voiceIn(...stretches: readonly (readonly [number, number])[]): Voice {
  const probabilities = Array.from({ length: 660_000 / frameMs }, (_, frame) => {
    const atS = ((frame + 0.5) * frameMs) / 1000;
    return stretches.some(([from, to]) => atS >= from && atS < to) ? 0.97 : 0.02;
  });
  return openVoice(makeVoiceTrack(probabilities, frameMs));
}

const half: Span[] = [{ startMs: 0, endMs: 30_000 }];
/** A segment as a window gives it; times in seconds. */
export const said = (
  startS: number,
  endS: number,
  text: string,
  about: Partial<WindowSegment> = {},
): WindowSegment => ({
  startMs: startS * 1000,
  endMs: endS * 1000,
  text,
  confidence: 0.9,
  ...about,
});
/** One window's answer as segments of the recording. */
export const assemble = (
  segments: readonly WindowSegment[],
  voice: Voice | null,
  about: Partial<WindowResult> = {},
  spans: readonly Span[] = half,
): Promise<{ readonly segments: Segment[]; readonly dropped: Readonly<Record<string, number>> }> => {
  const result = { language: "sv", segments, dropped: {}, ...about };
  return assembleText({ windows: [{ spans }], results: new Map([[0, result]]), language: "sv", voice });
};
export const textOf = (segments: readonly { readonly text: string }[]) => segments.map(({ text }) => text).join(" ");
