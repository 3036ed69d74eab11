// Which voices of two neighbouring windows are the same: they overlap by half, and both hear it. Pure.
import { frameStepSamples, hopSamples, windowFrames } from "./frames.ts";
import { speaks, windowVoices } from "./powerset.ts";
import type { VoiceWindow } from "./types.ts";

export interface VoiceLink {
  /** In the earlier window and in the later one. */
  readonly before: number;
  readonly after: number;
  /** Frames that both give to it. */
  readonly together: number;
}

/** Of the frames that either window gives to the voice, so many must be given by both. */
const mostlyTogether = 0.5;
/** About half a second. */
const leastTogether = 30;

/** So many frames later the next window begins, to within 5 ms. */
const shift = Math.round(hopSamples / frameStepSamples);

/** Each voice is linked once at most, the surest first. The windows must be neighbours. */
export function linkWindows(one: VoiceWindow, next: VoiceWindow): readonly VoiceLink[] {
  const found: (VoiceLink & { readonly share: number })[] = [];
  for (let before = 0; before < windowVoices; before++)
    for (let after = 0; after < windowVoices; after++) {
      let both = 0;
      let either = 0;
      for (let frame = shift; frame < windowFrames; frame++) {
        const here = speaks(one.activity[frame], before);
        const there = speaks(next.activity[frame - shift], after);
        if (here && there) both++;
        if (here || there) either++;
      }
      if (both >= leastTogether && both >= mostlyTogether * either)
        found.push({ before, after, together: both, share: both / either });
    }
  const links: VoiceLink[] = [];
  for (const link of found.toSorted((a, b) => b.share - a.share)) {
    const isTaken = links.some(({ before, after }) => before === link.before || after === link.after);
    if (!isTaken) links.push({ before: link.before, after: link.after, together: link.together });
  }
  return links;
}
