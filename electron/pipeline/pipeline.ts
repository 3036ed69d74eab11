// The flow, in one place: decode ▶ detect speech ▶ transcribe ▶ speakers ▶ summarise. Runs in main or the command line;
// the heavy work is in ffmpeg and the inference process.
import { basename, extname } from "node:path";
import type { Transcript } from "../formats.ts";
import type { Inference } from "../inference/protocol.ts";
import type { Stage, Work } from "../work.ts";
import { decodeSound, probeSound } from "./decode.ts";
import { detectSpeech, type SpeechMap } from "./detect-speech.ts";
import type { Ffmpeg } from "./ffmpeg.ts";
import type { KeptWindow } from "./hear-windows.ts";
import { planWindows } from "./plan-windows.ts";
import { assignSpeakers } from "./speakers.ts";
import { transcribe } from "./transcribe.ts";

/**
 * Share of a whole job that each stage takes before this machine has been measured, in the order of the flow.
 * Only the bar's pace depends on them: time left comes from measurement (jobs/time-left.ts).
 */
export const stageWeights: Readonly<Record<Stage, number>> = {
  decode: 0.03,
  "detect-speech": 0.07,
  transcribe: 0.86,
  speakers: 0.01,
  summarise: 0.03,
};

/** Opens the sound as 16 kHz mono PCM from `startMs` on. Each call starts anew. */
export type OpenPcm = (startMs: number) => AsyncIterable<Float32Array>;

/** What the stages leave behind, so that a job that was cut off goes on from there. */
export interface Progressed {
  readonly speech: SpeechMap | null;
  readonly windows: ReadonlyMap<number, KeptWindow>;
  keepSpeech(speech: SpeechMap): Promise<void>;
  keepWindow(index: number, result: KeptWindow): Promise<void>;
}

/** A run that keeps nothing: everything is done again if it is cut off. */
export const keepNothing: Progressed = {
  speech: null,
  windows: new Map(),
  keepSpeech: async () => {},
  keepWindow: async () => {},
};

export interface HearOptions {
  readonly openPcm: OpenPcm;
  readonly durationMs: number | null;
  readonly modelDir: string;
  /** BCP 47 code or "auto". */
  readonly language: string;
  readonly inference: Inference;
  readonly progressed: Progressed;
}

export type Heard = Pick<Transcript, "language" | "durationMs" | "speakers" | "segments" | "dropped">;

/** From PCM to segments with speakers and times: detect speech, transcribe, speakers. */
export async function hear(options: HearOptions, work: Work): Promise<Heard> {
  const { openPcm, inference, progressed } = options;
  let speech = progressed.speech;
  // One kept by an earlier version of the app tells too little: it is made anew.
  if (speech?.voice === undefined) {
    speech = await detectSpeech(openPcm(0), inference, { ...work, durationMs: options.durationMs });
    await progressed.keepSpeech(speech);
  }
  work.signal.throwIfAborted();
  const windows = planWindows(speech.regions);
  const model = windows.length > 0 ? await inference.loadSpeech({ dir: options.modelDir }, work.signal) : null;
  const heard = await transcribe(
    {
      openPcm,
      windows,
      inference,
      windowsAtOnce: model?.windowsAtOnce,
      language: options.language,
      voice: speech.voice,
      finished: progressed.windows,
      keep: (index, result) => progressed.keepWindow(index, result),
    },
    work,
  );
  const { speakers, segments } = assignSpeakers(heard.segments, heard.language);
  work.report({ stage: "speakers", fraction: 1 });
  const { language, dropped } = heard;
  const counts = Object.keys(dropped).length > 0 ? { dropped: { ...dropped } } : {};
  return { language, durationMs: speech.durationMs, speakers, segments, ...counts };
}

export interface TranscribeFileOptions {
  readonly path: string;
  readonly modelDir: string;
  readonly language: string;
  readonly ffmpeg: Ffmpeg;
  readonly inference: Inference;
}

/** A sound or video file as a transcript, without a store: nothing is kept on the way. */
export async function transcribeFile(options: TranscribeFileOptions, work: Work): Promise<Transcript> {
  const { path, ffmpeg } = options;
  const { signal } = work;
  const { durationMs } = await probeSound(path, ffmpeg, signal);
  work.report({ stage: "decode", fraction: 1 });
  const openPcm: OpenPcm = (startMs) => decodeSound({ path }, { ffmpeg, signal, startMs });
  const heard = await hear({ ...options, openPcm, durationMs, progressed: keepNothing }, work);
  return { lyssna: "transcript/1", title: basename(path, extname(path)), ...heard };
}
