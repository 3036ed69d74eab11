// The flow, in one place: decode ▶ detect speech ▶ transcribe ▶ speakers ▶ summarise. Runs in main or the command line;
// the heavy work is in ffmpeg and the inference process.
import { basename, extname } from "node:path";
import type { Transcript } from "../formats.ts";
import type { Inference } from "../inference/protocol.ts";
import { channelsOf, firstTrack, type SoundPick } from "../sound-pick.ts";
import type { Stage, Work } from "../work.ts";
import { decodeSound, probeSound } from "./decode.ts";
import { detectSpeech, type SpeechMap } from "./detect-speech.ts";
import type { Ffmpeg } from "./ffmpeg.ts";
import type { KeptWindow } from "./hear-windows.ts";
import { planWindows } from "./plan-windows.ts";
import { joinSounds } from "./speakers.ts";
import { transcribe, type Transcribed } from "./transcribe.ts";

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

/** What is heard by itself: all of the sound, or the channel of one person. */
export interface HeardSound {
  readonly openPcm: OpenPcm;
  readonly progressed: Progressed;
}

export interface HearOptions {
  readonly sounds: readonly HeardSound[];
  readonly durationMs: number | null;
  readonly modelDir: string;
  /** BCP 47 code or "auto". */
  readonly language: string;
  readonly inference: Inference;
}

export type Heard = Pick<Transcript, "language" | "durationMs" | "speakers" | "segments" | "dropped">;

/** From PCM to segments with speakers and times: detect speech, transcribe, speakers. */
export async function hear(options: HearOptions, work: Work): Promise<Heard> {
  const { sounds, inference } = options;
  const maps: SpeechMap[] = [];
  for (const [at, sound] of sounds.entries()) maps.push(await speechOf(sound, options, shareOf(work, at, sounds)));
  work.signal.throwIfAborted();
  const planned = maps.map(({ regions }) => planWindows(regions));
  const hasSpeech = planned.some((windows) => windows.length > 0);
  const model = hasSpeech ? await inference.loadSpeech({ dir: options.modelDir }, work.signal) : null;
  const heard: Transcribed[] = [];
  for (const [at, { openPcm, progressed }] of sounds.entries()) {
    heard.push(
      await transcribe(
        {
          openPcm,
          windows: planned[at] ?? [],
          inference,
          windowsAtOnce: model?.windowsAtOnce,
          language: options.language,
          voice: maps[at]?.voice ?? null,
          finished: progressed.windows,
          keep: (index, result) => progressed.keepWindow(index, result),
        },
        shareOf(work, at, sounds),
      ),
    );
  }
  const { dropped, ...joined } = joinSounds(heard);
  work.report({ stage: "speakers", fraction: 1 });
  const durationMs = Math.max(0, ...maps.map((map) => map.durationMs));
  return { ...joined, durationMs, ...(Object.keys(dropped).length > 0 ? { dropped: { ...dropped } } : {}) };
}

async function speechOf({ openPcm, progressed }: HeardSound, options: HearOptions, work: Work): Promise<SpeechMap> {
  // One kept by an earlier version of the app tells too little: it is made anew.
  if (progressed.speech?.voice !== undefined) return progressed.speech;
  const speech = await detectSpeech(openPcm(0), options.inference, { ...work, durationMs: options.durationMs });
  await progressed.keepSpeech(speech);
  return speech;
}

/** A stage that is done once for each of several sounds. */
const shareOf = (work: Work, at: number, { length }: readonly unknown[]): Work => ({
  ...work,
  report: ({ stage, fraction }) => work.report({ stage, fraction: (at + fraction) / length }),
});

export interface TranscribeFileOptions {
  readonly path: string;
  readonly modelDir: string;
  readonly language: string;
  readonly ffmpeg: Ffmpeg;
  readonly inference: Inference;
  readonly pick?: SoundPick;
}

/** A sound or video file as a transcript, without a store: nothing is kept on the way. */
export async function transcribeFile(options: TranscribeFileOptions, work: Work): Promise<Transcript> {
  const { path, ffmpeg, pick = firstTrack } = options;
  const { signal } = work;
  const { durationMs } = await probeSound(path, ffmpeg, signal, pick);
  work.report({ stage: "decode", fraction: 1 });
  const sounds = channelsOf(pick).map((channel): HeardSound => ({
    openPcm: (startMs) => decodeSound({ path }, { ffmpeg, signal, startMs, track: pick.track, channel }),
    progressed: keepNothing,
  }));
  const heard = await hear({ ...options, sounds, durationMs }, work);
  return { lyssna: "transcript/1", title: basename(path, extname(path)), ...heard };
}
