// A recorder on a folder, without a window: packets go in by hand. Tests only.
import assert from "node:assert/strict";
import { readPage } from "../../electron/opus/ogg-page.ts";
import { encodeOpus } from "../../electron/pipeline/encode-opus.ts";
import type { Ffmpeg } from "../../electron/pipeline/ffmpeg.ts";
import type { RecordingOptions } from "../../electron/recorded.ts";
import { createRecorder } from "../../electron/recording/recorder.ts";
import { reserveIn, roomIn } from "../../electron/recording/room.ts";
import type { Recorder, RecorderTools } from "../../electron/recording/types.ts";
import type { openStore } from "../../electron/store/store.ts";

export const recordingOptions: RecordingOptions = {
  kind: "meeting",
  about: null,
  microphone: "Inbyggd",
  systemSound: false,
  people: null,
  templateId: "",
  consent: null,
  title: "",
  preSkip: 312,
  liveText: false,
};

export const recorderOn = (
  dir: string,
  store: Awaited<ReturnType<typeof openStore>>,
  tools: Partial<RecorderTools> = {},
): Recorder =>
  createRecorder({
    store,
    sound: store.sound,
    room: roomIn(dir),
    reserve: reserveIn(dir),
    startLive: () => assert.fail("no text was asked for"),
    localNow: () => "2026-03-10T09:02:00",
    defaultTitle: () => "Samtal 10 mars kl. 09.02",
    spokenLanguage: () => "sv",
    changed: () => {},
    refreshMeetings: async () => {},
    ended: async () => {},
    ...tools,
  });

/** The Opus packets of a sound file, 20 ms each. */
export async function packetsOfFile(path: string, ffmpeg: Ffmpeg): Promise<Uint8Array[]> {
  const packets: Uint8Array[] = [];
  const { signal } = new AbortController();
  for await (const { bytes } of encodeOpus({ path }, { ffmpeg, signal }))
    packets.push(...(readPage(bytes)?.packets ?? []));
  // The two heads of the stream come first.
  return packets.slice(2);
}

/** A fifth of a second at a time, as the window sends them. */
export async function feed(recorder: Recorder, packets: readonly Uint8Array[]): Promise<void> {
  for (let at = 0; at < packets.length; at += 10) {
    const some = packets.slice(at, at + 10);
    await recorder.append({
      take: recorder.state()?.take ?? 0,
      packets: Buffer.concat(some),
      lengths: some.map(({ length }) => length),
      heard: new Uint8Array(),
    });
  }
}
