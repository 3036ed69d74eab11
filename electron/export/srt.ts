// A transcript as SubRip. The format has no voices, so a name stands before the text. Runs anywhere.
import type { Transcript } from "../formats.ts";
import { oneLine } from "./clean-text.ts";
import { cueTime } from "./clock.ts";
import { speakerNames, spoken } from "./outline.ts";

export function srt(transcript: Transcript): string {
  const names = speakerNames(transcript);
  const cues = spoken(transcript).map(({ startMs, endMs, speaker, text, state }, at) => {
    const words = state === "not-transcribed" ? "[…]" : oneLine(text).replaceAll("-->", "→");
    const name = speaker === undefined ? "" : `${(names.get(speaker) ?? speaker).replaceAll("-->", "→")}: `;
    return `${at + 1}\n${cueTime(startMs, ",")} --> ${cueTime(endMs, ",")}\n${name}${words}\n`;
  });
  return cues.join("\n");
}
