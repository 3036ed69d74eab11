// Decode: any sound or video file as 16 kHz mono PCM, streamed. Runs in main and the command line; ffmpeg does the work.
import { execFile } from "node:child_process";
import { basename } from "node:path";
import { LyssnaError } from "../errors.ts";
import { sampleRateHz } from "../inference/protocol.ts";
import { firstTrack, type SoundPick, type SoundTrack } from "../sound-pick.ts";
import { confine, smallEnvironment } from "./confine-ffmpeg.ts";
import type { Ffmpeg } from "./ffmpeg.ts";
import { checkFile, inputLimits, inputOf, runFfmpeg, type SoundSource } from "./run-ffmpeg.ts";

export interface SoundFacts {
  /** Null where the container does not tell. */
  readonly durationMs: number | null;
  readonly tracks: readonly SoundTrack[];
  readonly hasVideo: boolean;
}

const chunkSamples = sampleRateHz;
const sampleBytes = 4;
/** Shorter files hold nothing that could be said. */
const shortestMs = 100;
const probeTimeoutMs = 30_000;
const probeBytes = 1_000_000;

/**
 * What the container says of itself.
 * Throws file-not-found, -unreadable, -empty, -not-media, -no-sound; no-such-track, not-two-channels for what is picked.
 */
export async function probeSound(
  path: string,
  ffmpeg: Ffmpeg,
  signal: AbortSignal,
  pick: SoundPick = firstTrack,
): Promise<SoundFacts> {
  await checkFile(path);
  const options = { signal, timeout: probeTimeoutMs, maxBuffer: probeBytes, env: smallEnvironment() };
  const { command, args } = await confine(ffmpeg.path);
  const messages = await new Promise<string>((done, failed) => {
    // Without an output ffmpeg always ends with an error; what it knows stands on stderr.
    execFile(command, [...args, ...inputLimits, "-i", inputOf(path)], options, (_error, _out, stderr) =>
      signal.aborted ? failed(new LyssnaError("cancelled")) : done(stderr),
    );
  });
  const facts = readFacts(messages);
  if (facts === null) throw new LyssnaError("file-not-media", { file: basename(path) });
  const file = basename(path);
  if (facts.tracks.length === 0) throw new LyssnaError("file-no-sound", { file });
  const track = facts.tracks[pick.track];
  if (track === undefined) throw new LyssnaError("no-such-track", { file, count: String(facts.tracks.length) });
  if (pick.channels === "split" && track.channels !== 2) throw new LyssnaError("not-two-channels", { file });
  return facts;
}

/** Reads ffmpeg's description of an input; null where it recognised none. */
export function readFacts(messages: string): SoundFacts | null {
  if (!/^Input #0,/mu.test(messages)) return null;
  const clock = /Duration: (\d+):(\d\d):(\d\d)\.(\d+)/u.exec(messages);
  const streams = messages.match(/^\s*Stream #0:\d+.*(?:\n\s{4,}.*)*$/gmu) ?? [];
  const [, hours = "0", minutes = "0", seconds = "0", decimals = "0"] = clock ?? [];
  const wholeMs = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return {
    durationMs: clock === null ? null : wholeMs + Math.round(Number(`0.${decimals}`) * 1000),
    tracks: streams.flatMap((lines) => (lines.includes(": Audio:") ? [readTrack(lines)] : [])),
    hasVideo: streams.some((line) => line.includes(": Video:") && !line.includes("attached pic")),
  };
}

/** "Stream #0:1[0x2](swe): Audio: aac (LC), 48000 Hz, stereo, fltp", with what the file says of it underneath. */
function readTrack(lines: string): SoundTrack {
  const [head = ""] = lines.split("\n", 1);
  const [, language = "und"] = /^\s*Stream #0:\d+(?:\[\w+\])?\((\w+)\)/u.exec(head) ?? [];
  const [, layout = ""] = /\d+ Hz, ([^,]+)/u.exec(head) ?? [];
  const [, title = null] = /^\s+title\s*: (.+)$/mu.exec(lines) ?? [];
  const counted = /^(\d+) channels/u.exec(layout)?.[1] ?? /^(\d)\.(\d)/u.exec(layout)?.slice(1).reduce(plus);
  const channels = layout.startsWith("mono") ? 1 : layout.startsWith("stereo") ? 2 : Number(counted ?? 1);
  return { channels, language: language === "und" ? null : language, title };
}

/** "5.1" has six. */
const plus = (a: string, b: string): string => String(Number(a) + Number(b));

export interface DecodeOptions {
  readonly ffmpeg: Ffmpeg;
  readonly signal: AbortSignal;
  /** Where in the recording to begin, milliseconds. */
  readonly startMs?: number;
  /** Counted from 0; the first where nothing is said. */
  readonly track?: number;
  /** One of two channels alone, counted from 0; all of them mixed where nothing is said. */
  readonly channel?: number | undefined;
}

/**
 * The sound from `startMs` on as chunks of about a second, mono, -1..1. Throws as runFfmpeg does, and file-too-short.
 * What lies before is read past and not sought over: a time is a count of samples, the same in every pass. (ffmpeg's
 * seeking in chained Ogg loses all links but one, and in MP3 of several rates it misses the place.)
 */
export async function* decodeSound(
  source: SoundSource,
  { ffmpeg, signal, startMs = 0, track = 0, channel }: DecodeOptions,
): AsyncGenerator<Float32Array, void, void> {
  const mono = channel === undefined ? ["-ac", "1"] : ["-af", `pan=mono|c0=c${String(channel)}`];
  const outputOptions = ["-map", `0:a:${String(track)}`, "-vn", ...mono];
  outputOptions.push("-ar", String(sampleRateHz), "-acodec", "pcm_f32le");
  let skipBytes = Math.round((startMs * sampleRateHz) / 1000) * sampleBytes;
  let pending: Buffer = Buffer.alloc(0);
  let bytesRead = 0;
  for await (const bytes of runFfmpeg(source, { ffmpeg, signal, outputOptions, format: "f32le" })) {
    bytesRead += bytes.length;
    if (skipBytes >= bytes.length) {
      skipBytes -= bytes.length;
      continue;
    }
    const wanted = skipBytes > 0 ? bytes.subarray(skipBytes) : bytes;
    skipBytes = 0;
    pending = pending.length === 0 ? wanted : Buffer.concat([pending, wanted]);
    while (pending.length >= chunkSamples * sampleBytes) {
      yield toSamples(pending.subarray(0, chunkSamples * sampleBytes));
      pending = pending.subarray(chunkSamples * sampleBytes);
    }
  }
  if ("path" in source && bytesRead < (shortestMs * sampleRateHz * sampleBytes) / 1000) {
    throw new LyssnaError("file-too-short", { file: basename(source.path) });
  }
  if (pending.length >= sampleBytes) yield toSamples(pending.subarray(0, pending.length & ~3));
}

/** A copy as floats, with what is no finite number as silence and what is over full scale at full scale. */
function toSamples(bytes: Buffer): Float32Array {
  const samples = new Float32Array(bytes.length / sampleBytes);
  for (let i = 0; i < samples.length; i++) {
    const value = bytes.readFloatLE(i * sampleBytes);
    samples[i] = Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0;
  }
  return samples;
}
