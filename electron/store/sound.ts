// The encrypted sound as the rest of the app sees it. Runs in main; the work is done in the sound's worker thread.
import type { SoundCalls, SoundPiece } from "./sound-calls.ts";
import type { MeetingId, SoundStore } from "./types.ts";
import type { Caller } from "../thread-calls.ts";

export function soundStore({ call }: Caller<SoundCalls>): SoundStore {
  return {
    async create(id) {
      const handle = await call("create", id);
      return {
        // A copy of just these bytes: a part of a larger buffer would take all of it along to the other thread.
        append: (bytes, atMs) => call("append", handle, new Uint8Array(bytes), atMs),
        finish: () => call("finish", handle),
        abort: () => call("abort", handle),
      };
    },
    sizeBytes: (id) => call("sizeBytes", id),
    read: (id, startByte = 0, endByte) => readFrames(id, startByte, endByte ?? null, call),
    strike: (id, fromMs, toMs) => call("strike", id, fromMs, toMs),
    unfinished: () => call("unfinished"),
    settle: (id) => call("settle", id),
    delete: (id) => call("delete", id),
    keepVoices: (id, piece, heard) => call("keepVoices", id, piece, heard),
    async listVoices(id) {
      return new Map((await call("listVoices", id)).map(({ piece, heard }) => [piece, heard]));
    },
    dropVoices: (id) => call("dropVoices", id),
    // The store closes the thread with itself.
    close: async () => {},
  };
}

/** Fetches the next piece only when the one before it has been taken. */
async function* readFrames(
  id: MeetingId,
  startByte: number,
  endByte: number | null,
  call: Caller<SoundCalls>["call"],
): AsyncGenerator<Uint8Array, void, undefined> {
  let file: string | null = null;
  for (let start: number | null = startByte; start !== null;) {
    const piece: SoundPiece = await call("read", id, file, start, endByte);
    yield* piece.frames;
    file = piece.file;
    start = piece.next;
  }
}
