// A transcript as WebVTT with voices (W3C WebVTT 1, section 4). Runs anywhere.
import type { InterfaceLanguage, Transcript } from "../formats.ts";
import { oneLine } from "./clean-text.ts";
import { cueTime } from "./clock.ts";
import { speakerNames, spoken } from "./outline.ts";
import { exportTexts } from "./texts.ts";

/** The label stands in a comment: a cue would run in the picture. */
export function vtt(transcript: Transcript, language: InterfaceLanguage): string {
  const names = speakerNames(transcript);
  const cues = spoken(transcript).map(({ startMs, endMs, speaker, text, state }) => {
    const words = state === "not-transcribed" ? "[…]" : oneLine(text);
    // A name that ends in "--" must not meet ">" and make an arrow; readers trim the space.
    const name = speaker === undefined ? "" : escapeCue(names.get(speaker) ?? speaker).replace(/-$/u, "- ");
    const voice = speaker === undefined ? "" : `<v ${name}>`;
    return `${cueTime(startMs, ".")} --> ${cueTime(endMs, ".")}\n${voice}${escapeCue(words)}\n`;
  });
  return `WEBVTT\n\nNOTE ${exportTexts(language).transcriptLabel}\n\n${cues.join("\n")}`;
}

const escapeCue = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
