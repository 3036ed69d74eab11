// Encode: any sound or video file as the working copy, Ogg Opus, page by page. Runs in main; ffmpeg does the work.
// Nothing plain touches the disk: the pages go to the encrypted sound store.
import { firstTrack, type SoundPick } from "../sound-pick.ts";
import type { Ffmpeg } from "./ffmpeg.ts";
import { runFfmpeg, type SoundSource } from "./run-ffmpeg.ts";

export interface OggPage {
  readonly bytes: Uint8Array;
  /** Time at which the page's sound begins, milliseconds. */
  readonly atMs: number;
}

/** Speech: transparent for recognition, 14 MB an hour; two people in two channels take twice that. */
const bitRate = { mixed: "32k", split: "64k" } as const;
const pageMicroseconds = 500_000;
/** Ogg page: RFC 3533, section 6. The granule of Opus counts samples at 48 kHz (RFC 7845, section 4). */
const headerBytes = 27;
const granuleRateHz = 48_000;

export interface EncodeOptions {
  readonly ffmpeg: Ffmpeg;
  readonly signal: AbortSignal;
  readonly pick?: SoundPick | undefined;
}

/** Whole Ogg pages of at most half a second. Throws as runFfmpeg does. */
export async function* encodeOpus(
  source: SoundSource,
  { ffmpeg, signal, pick = firstTrack }: EncodeOptions,
): AsyncGenerator<OggPage, void, void> {
  const channels = pick.channels === "split" ? "2" : "1";
  const outputOptions = ["-map", `0:a:${String(pick.track)}`, "-vn", "-map_metadata", "-1", "-ac", channels];
  outputOptions.push("-ar", "48000", "-acodec", "libopus", "-b:a", bitRate[pick.channels], "-application", "voip");
  outputOptions.push("-page_duration", String(pageMicroseconds), "-flush_packets", "1");
  let pending: Buffer = Buffer.alloc(0);
  let atMs = 0;
  for await (const chunk of runFfmpeg(source, { ffmpeg, signal, outputOptions, format: "ogg" })) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (let length = pageLength(pending); length !== null; length = pageLength(pending)) {
      const bytes = Uint8Array.from(pending.subarray(0, length));
      const granule = pending.readBigInt64LE(6);
      yield { bytes, atMs };
      if (granule > 0n) atMs = Math.round((Number(granule) / granuleRateHz) * 1000);
      pending = pending.subarray(length);
    }
  }
}

/** Length of the page that `bytes` begins with, or null while it is not whole. */
function pageLength(bytes: Buffer): number | null {
  if (bytes.length < headerBytes) return null;
  const segments = bytes[26] ?? 0;
  if (bytes.length < headerBytes + segments) return null;
  let length = headerBytes + segments;
  for (let i = 0; i < segments; i++) length += bytes[headerBytes + i] ?? 0;
  return bytes.length < length ? null : length;
}
