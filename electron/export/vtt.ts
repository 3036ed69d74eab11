// A transcript as WebVTT with voices (W3C WebVTT 1, section 4). Runs anywhere.
import type { Transcript } from "../formats.ts";
import { oneLine } from "./clean-text.ts";
import { cueTime } from "./clock.ts";
import { speakerNames, spoken } from "./outline.ts";

export function vtt(transcript: Transcript): string {
  const names = speakerNames(transcript);
  const cues = spoken(transcript).map(({ startMs, endMs, speaker, text, state }) => {
    const words = state === "not-transcribed" ? "[…]" : oneLine(text);
    const voice = speaker === undefined ? "" : `<v ${escapeCue(names.get(speaker) ?? speaker)}>`;
    return `${cueTime(startMs, ".")} --> ${cueTime(endMs, ".")}\n${voice}${escapeCue(words)}\n`;
  });
  return `WEBVTT\n\n${cues.join("\n")}`;
}

const escapeCue = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
