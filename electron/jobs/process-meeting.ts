// The job from an original file to a reviewed-to-be summary. Runs in main; every stage leaves an artefact,
// so that a job that was cut off goes on from there and finished stages are never done again.
import type { Template, Transcript } from "../formats.ts";
import type { Inference, WindowResult } from "../inference/protocol.ts";
import { builtInEngineId } from "../engine-ids.ts";
import { decodeSound, probeSound } from "../pipeline/decode.ts";
import type { SpeechMap } from "../pipeline/detect-speech.ts";
import { encodeOpus } from "../pipeline/encode-opus.ts";
import type { Ffmpeg } from "../pipeline/ffmpeg.ts";
import { hear, type HearOptions, type Progressed, voiceModel } from "../pipeline/pipeline.ts";
import { loudestOf, watchPeaks } from "../pipeline/measure-peaks.ts";
import { areApart } from "../pipeline/tell-apart.ts";
import type { Artefact, Job, JobTask, MeetingId, MeetingPatch, Original, SoundStore, Store } from "../store/types.ts";
import { channelsOf, firstTrack, type SoundPick } from "../sound-pick.ts";
import type { Work } from "../work.ts";
import { transcriptsOf } from "./source-transcripts.ts";
import { type Engines, summariseWith } from "./summarise-with.ts";

/** By so much a container may tell more than there is. */
const shortMs = 1500;

export interface JobTools {
  readonly store: Store;
  readonly sound: SoundStore;
  readonly inference: Inference;
  readonly ffmpeg: () => Promise<Ffmpeg>;
  readonly modelDir: (modelId: string) => Promise<string>;
  /** The installed models that tell voices apart; null where there are none. */
  readonly voicesDir: () => Promise<string | null>;
  readonly engines: Engines;
  readonly template: (templateId: string) => Promise<Template>;
  /** Shows the library as it now stands. */
  readonly refreshMeetings: () => Promise<void>;
  /** Shows which originals are kept whole. */
  readonly refreshOriginals: () => Promise<void>;
}

export interface JobWork extends Work {
  /** Tells the length of the sound, in milliseconds, once it is known. */
  readonly soundLength: (soundMs: number) => void;
}

type ProcessTask = Extract<JobTask, { kind: "process" }>;

/** Imports, transcribes and summarises one meeting. */
export async function processMeeting(job: Job, task: ProcessTask, tools: JobTools, work: JobWork): Promise<void> {
  const { store } = tools;
  const meetingId = job.meetingId;
  const template = await tools.template(task.templateId);
  const modelDir = await tools.modelDir(task.modelId);
  const ffmpeg = await tools.ffmpeg();
  await mark(meetingId, { status: "working", error: null }, tools);

  const pick = task.pick ?? firstTrack;
  const durationMs = await takeIn(job, { path: task.sourcePath, pick }, ffmpeg, tools, work);
  const { signal } = work;
  const progressOf = await keptProgress(job, store);
  const people = (await store.getRecording(meetingId))?.people ?? null;
  const peaks: Uint8Array[] = [];
  /** The first time that all of a channel is read tells how loud it is. */
  const watched = (pcm: AsyncIterable<Float32Array>, at: number, startMs: number) =>
    startMs > 0 || peaks[at] !== undefined ? pcm : watchPeaks(pcm, (found) => (peaks[at] = found));
  const heard = await hear(
    {
      sounds: channelsOf(pick).map((channel, at) => ({
        openPcm: (startMs) =>
          watched(
            decodeSound({ bytes: tools.sound.read(meetingId) }, { ffmpeg, signal, startMs, channel }),
            at,
            startMs,
          ),
        progressed: progressOf(at),
      })),
      durationMs,
      modelDir,
      language: task.language,
      inference: tools.inference,
      people,
      voices: await keptVoices(meetingId, tools),
    },
    work,
  );
  signal.throwIfAborted();
  // A job that was cut off went on further in: then it is measured when somebody looks at it.
  if (channelsOf(pick).every((_, at) => peaks[at] !== undefined)) await store.savePeaks(meetingId, loudestOf(peaks));
  const meeting = await store.getMeeting(meetingId);
  const transcript: Transcript = {
    lyssna: "transcript/1",
    title: meeting.title,
    recordedAt: meeting.recordedAt,
    ...heard,
  };
  await store.saveTranscript(meetingId, transcript);
  const found = { language: heard.language, durationMs: heard.durationMs };
  if (heard.segments.every((segment) => segment.text.trim() === "")) {
    await mark(meetingId, { ...found, status: "no-speech" }, tools);
    return;
  }
  await mark(meetingId, { ...found, status: "transcribed" }, tools);
  if (tools.engines.usual() === builtInEngineId) await summariseMeeting(job, template, tools, work);
  // A job of its own: it waits for other things than a transcription does.
  else await store.createJob(meetingId, { kind: "summarise", templateId: task.templateId });
}

/** Makes a new version of the meeting's summary, or of a report's over its meetings; earlier ones are kept. */
export async function summariseMeeting(job: Job, template: Template, tools: JobTools, work: Work): Promise<void> {
  const { store } = tools;
  const { meetingId } = job;
  const { signal, report } = work;
  report({ stage: "summarise", fraction: 0 });
  const transcripts = await transcriptsOf(await store.getMeeting(meetingId), store);
  const summary = await summariseWith(job, transcripts, template, tools, work);
  signal.throwIfAborted();
  await store.addSummary(meetingId, summary);
  await mark(meetingId, { status: "to-review", error: null }, tools);
  report({ stage: "summarise", fraction: 1 });
}

/** Decode: the original becomes the encrypted working copy, whole or not at all. Returns its length in milliseconds. */
async function takeIn(
  job: Job,
  { path, pick }: { readonly path: string; readonly pick: SoundPick },
  ffmpeg: Ffmpeg,
  tools: JobTools,
  work: JobWork,
): Promise<number> {
  const { store, sound } = tools;
  const [kept] = await store.listArtefacts(job.id, "decode");
  if (kept !== undefined) {
    work.report({ stage: "decode", fraction: 1 });
    const { durationMs } = kept.value as { durationMs: number };
    work.soundLength(durationMs);
    return durationMs;
  }
  const { signal } = work;
  const { durationMs, tracks } = await probeSound(path, ffmpeg, signal, pick);
  if (durationMs !== null) work.soundLength(durationMs);
  const writer = await sound.create(job.meetingId);
  let lastMs = 0;
  try {
    for await (const page of encodeOpus({ path }, { ffmpeg, signal, pick })) {
      await writer.append(page.bytes, page.atMs);
      lastMs = page.atMs;
      if (durationMs !== null && durationMs > 0) {
        work.report({ stage: "decode", fraction: Math.min(1, page.atMs / durationMs) });
      }
    }
    signal.throwIfAborted();
    await writer.finish();
  } catch (error) {
    await writer.abort();
    throw error;
  }
  const lengthMs = durationMs ?? lastMs;
  await store.saveArtefact(job.id, {
    stage: "decode",
    key: "working-copy",
    value: { durationMs: lengthMs },
  });
  await mark(job.meetingId, { hasSound: true, durationMs: lengthMs }, tools);
  const isTwo = tracks[pick.track]?.channels === 2;
  const apart = isTwo && (pick.channels === "split" || (await areApart(path, pick.track, ffmpeg, signal)));
  // A file that is cut short may still be mended by somebody.
  const verified = durationMs === null || lastMs >= durationMs - shortMs;
  await noteOriginal(job.meetingId, { verified, sound: { tracks, apart, pick } }, tools);
  work.report({ stage: "decode", fraction: 1 });
  return lengthMs;
}

/** Null where no models are installed. */
async function keptVoices(
  meetingId: MeetingId,
  { sound, voicesDir }: JobTools,
): Promise<(HearOptions["voices"] & object) | null> {
  const dir = await voicesDir();
  if (dir === null) return null;
  const keep = (first: number, bytes: Uint8Array) => sound.keepVoices(meetingId, first, bytes);
  return { model: voiceModel(dir), kept: { pieces: await sound.listVoices(meetingId), keep } };
}

async function noteOriginal(
  id: MeetingId,
  found: Pick<Original, "verified" | "sound">,
  tools: JobTools,
): Promise<void> {
  const original = (await tools.store.listOriginals()).get(id);
  if (original === undefined) return;
  await tools.store.saveOriginal(id, { ...original, ...found });
  await tools.refreshOriginals();
}

async function mark(meetingId: MeetingId, patch: MeetingPatch, tools: JobTools): Promise<void> {
  await tools.store.updateMeeting(meetingId, patch);
  await tools.refreshMeetings();
}

/** What was kept of each channel. The first one's names are those of sound that is not split. */
async function keptProgress(job: Job, store: Store): Promise<(channel: number) => Progressed> {
  const speech = await store.listArtefacts(job.id, "detect-speech");
  const windows = await store.listArtefacts(job.id, "transcribe");
  return (channel) => {
    const prefix = channel === 0 ? "" : `${String(channel)}:`;
    const isOwn = ({ key }: Artefact) => (key.includes(":") ? prefix !== "" && key.startsWith(prefix) : prefix === "");
    return {
      speech: (speech.find(isOwn)?.value as SpeechMap | undefined) ?? null,
      windows: new Map(
        windows.filter(isOwn).map(({ key, value }) => [Number(key.slice(prefix.length)), value as WindowResult]),
      ),
      keepSpeech: (value) => store.saveArtefact(job.id, { stage: "detect-speech", key: `${prefix}speech`, value }),
      keepWindow: (index, value) =>
        store.saveArtefact(job.id, { stage: "transcribe", key: `${prefix}${String(index)}`, value }),
    };
  };
}
