// Windows as they are kept beside the sound until the meeting is approved: one piece of them as bytes. Pure.
import { z } from "zod";
import type { VoiceWindow } from "./types.ts";

const pieceSchema = z.object({
  version: z.literal(1),
  windows: z.array(
    z.object({
      index: z.number().int(),
      activity: z.string(),
      voices: z.array(z.object({ voice: z.number().int(), cleanMs: z.number(), embedding: z.string() })),
    }),
  ),
});

const toText = (view: Uint8Array | Float32Array): string =>
  Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString("base64");

export function packWindows(windows: readonly VoiceWindow[]): Uint8Array {
  const packed = windows.map(({ index, activity, voices }) => ({
    index,
    activity: toText(activity),
    voices: voices.map((voice) => ({ ...voice, embedding: toText(voice.embedding) })),
  }));
  return new Uint8Array(Buffer.from(JSON.stringify({ version: 1, windows: packed })));
}

/** Null for what another version of the app kept. */
export function unpackWindows(bytes: Uint8Array): readonly VoiceWindow[] | null {
  const piece = pieceSchema.safeParse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  if (!piece.success) return null;
  return piece.data.windows.map(({ index, activity, voices }) => ({
    index,
    activity: new Uint8Array(Buffer.from(activity, "base64")),
    voices: voices.map((voice) => ({
      ...voice,
      embedding: new Float32Array(new Uint8Array(Buffer.from(voice.embedding, "base64")).buffer),
    })),
  }));
}
