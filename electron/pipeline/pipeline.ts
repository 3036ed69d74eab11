// The flow, in one place: decode ▶ detect speech ▶ transcribe ▶ speakers ▶ summarise. Runs in main or the command line;
// the heavy work is in ffmpeg and the inference process.
import { availableParallelism } from "node:os";
import { basename, extname } from "node:path";
import type { Transcript } from "../formats.ts";
import type { Inference, VoiceModel } from "../inference/protocol.ts";
import { channelsOf, firstTrack, type SoundPick } from "../sound-pick.ts";
import type { Stage, Work } from "../work.ts";
import { decodeSound, probeSound } from "./decode.ts";
import { detectSpeech, type SpeechMap } from "./detect-speech.ts";
import type { Ffmpeg } from "./ffmpeg.ts";
import type { KeptWindow } from "./hear-windows.ts";
import { planWindows } from "./plan-windows.ts";
import { findSpeakersInWorker } from "../voices/run-find-speakers.ts";
import { hearVoices, type KeptVoices } from "./hear-voices.ts";
import { asUnknown, joinSounds, type JoinedText } from "./speakers.ts";
import { transcribe, type Transcribed } from "./transcribe.ts";

/**
 * Share of a whole job that each stage takes before this machine has been measured, in the order of the flow.
 * Only the bar's pace depends on them: time left comes from measurement (jobs/time-left.ts).
 */
export const stageWeights: Readonly<Record<Stage, number>> = {
  decode: 0.03,
  "detect-speech": 0.07,
  transcribe: 0.77,
  speakers: 0.1,
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
  /** How many people spoke; null where nobody knows. */
  readonly people?: number | null;
  /** The models that tell voices apart, and what was heard of voices already; left out where there are none. */
  readonly voices?: { readonly model: VoiceModel; readonly kept: KeptVoices } | null;
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
  const durationMs = Math.max(0, ...maps.map((map) => map.durationMs));
  const { dropped, ...joined } = await tellApart(joinSounds(heard), maps[0]?.regions ?? [], durationMs, options, work);
  work.report({ stage: "speakers", fraction: 1 });
  return { ...joined, durationMs, ...(Object.keys(dropped).length > 0 ? { dropped: { ...dropped } } : {}) };
}

/** Channels are people already, and one person is one; otherwise by the voices, where there are models for it. */
async function tellApart(
  text: JoinedText,
  regions: SpeechMap["regions"],
  durationMs: number,
  { sounds: [sound, ...others], voices, people = null, inference }: HearOptions,
  work: Work,
): Promise<JoinedText> {
  if (sound === undefined || others.length > 0 || people === 1 || text.segments.length === 0) return text;
  if (voices === null || voices === undefined) return asUnknown(text);
  const { openPcm } = sound;
  const heard = await hearVoices({ ...voices, openPcm, regions, durationMs, inference }, work);
  const { segments, language } = text;
  const found = await findSpeakersInWorker({ ...heard, segments, people, language }, work);
  return { ...text, speakers: [...found.speakers], segments: [...found.segments] };
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
  readonly people?: number | null;
  /** A folder with the models that tell voices apart; null for none. */
  readonly voicesDir?: string | null;
}

/** As many processes as the speech model usually gets, with a thread each: more threads in one gain nothing. */
export const voiceModel = (dir: string): VoiceModel => ({
  dir,
  lanes: Math.max(1, Math.min(2, availableParallelism())),
});

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
  const kept: KeptVoices = { pieces: new Map(), keep: async () => {} };
  const dir = options.voicesDir ?? null;
  const voices = dir === null ? null : { model: voiceModel(dir), kept };
  const heard = await hear({ ...options, sounds, durationMs, voices }, work);
  return { lyssna: "transcript/1", title: basename(path, extname(path)), ...heard };
}
