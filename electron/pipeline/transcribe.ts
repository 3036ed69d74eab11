// Transcribe: windows of sound become the text of the recording, with its times, its language and nothing that nobody
// said. Runs in main and the command line; the heavy work is in the inference process.
import type { Segment } from "../formats.ts";
import type { Work } from "../work.ts";
import { assembleText } from "./assemble-text.ts";
import { findMajority, surerOf } from "./choose-language.ts";
import { hearWindows, type HearWindowsOptions } from "./hear-windows.ts";
import { openVoice, type VoiceTrack } from "./voice-track.ts";

export interface TranscribeOptions extends HearWindowsOptions {
  /** Null where nothing is known: then nothing is judged by it. */
  readonly voice: VoiceTrack | null;
}

export interface Transcribed {
  readonly segments: Segment[];
  /** The language given; for "auto", the one that most of the recording is in. */
  readonly language: string;
  /** Why text was left out, counted: see assemble-text.ts. */
  readonly dropped: Readonly<Record<string, number>>;
}

/**
 * The same windows give the same text, in whatever order the answers come and however often the work was cut off.
 * A window that could not be heard is marked with its times as not transcribed, never left out.
 */
export async function transcribe(options: TranscribeOptions, work: Work): Promise<Transcribed> {
  const { windows } = options;
  const voice = options.voice === null ? null : openVoice(options.voice);
  const { results, hearAgain } = await hearWindows(options, work);
  let { language } = options;
  if (language === "auto") {
    const { majority, doubtful } = findMajority(windows, results, voice);
    await hearAgain(doubtful, majority, surerOf);
    language = majority;
  }
  return { language, ...(await assembleText({ windows, results, language, voice })) };
}
