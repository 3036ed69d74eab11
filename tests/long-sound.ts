// Hours of sound in the encrypted file, as a recording leaves it: one minute's packets over and over. Tests and benchmarks.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPage } from "../electron/opus/ogg-page.ts";
import { opusStream } from "../electron/opus/opus-stream.ts";
import { encodeOpus } from "../electron/pipeline/encode-opus.ts";
import { findFfmpeg } from "../electron/pipeline/ffmpeg.ts";
import type { MeetingId, SoundStore } from "../electron/store/types.ts";
import { wavBytes } from "../models/demonstration/say.ts";
import { melody } from "./e2e/melody.ts";

const minutePackets = 3000;

export async function writeLongSound(sound: SoundStore, id: MeetingId, minutes: number): Promise<void> {
  const minute = await packetsOfAMinute();
  const writer = await sound.create(id);
  const stream = opusStream(1, 312, 1);
  await writer.append(stream.heads, 0);
  for (let at = 0; at < minutes; at++)
    for (let from = 0; from < minute.length; from += 20)
      await writer.append(stream.page(minute.slice(from, from + 20)), Math.round(stream.samples() / 48));
  await writer.finish();
}

async function packetsOfAMinute(): Promise<readonly Uint8Array[]> {
  const ffmpeg = await findFfmpeg({ env: process.env });
  const folder = await mkdtemp(join(tmpdir(), "lyssna-minute-"));
  try {
    const path = join(folder, "minute.wav");
    await writeFile(path, wavBytes(melody(61)));
    const packets: Uint8Array[] = [];
    const { signal } = new AbortController();
    for await (const { bytes } of encodeOpus({ path }, { ffmpeg, signal }))
      packets.push(...(readPage(bytes)?.packets ?? []));
    // The two heads of the stream come first.
    return packets.slice(2, 2 + minutePackets);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
