// How fast a text would have been said, by the voice that is there. Pure.
import type { Voice } from "./voice-track.ts";

/** Whisper's times are only about right: voice so near on either side counts too. */
const slackMs = 200;

export const countLetters = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/** Letters (and digits) a second of voice between two times; Infinity where there is text and no voice. */
export function lettersPerSecond(text: string, voice: Voice, startMs: number, endMs: number): number {
  const letters = countLetters(text);
  const voicedMs = voice.voicedMs(Math.max(0, startMs - slackMs), endMs + slackMs);
  return letters === 0 ? 0 : (letters * 1000) / voicedMs;
}
