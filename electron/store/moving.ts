// Moving house as the rest of the app sees it. Runs in main; the work is done in the store's worker threads.
import { dropPack, packPath } from "./pack-path.ts";
import type { SoundCalls, TimedFrames } from "./sound-calls.ts";
import type { UpkeepTask } from "./start-role.ts";
import type { Moving } from "./types.ts";
import type { Caller } from "../thread-calls.ts";

export function moveRows(
  dir: string,
  upkeep: <Result>(task: UpkeepTask<Result>) => Promise<Result>,
  soundCall: Caller<SoundCalls>["call"],
): Moving {
  return {
    packPath: packPath(dir),
    packRows: (packKey, ids) => upkeep((worker) => worker.call("packRows", packKey, ids)),
    unpackRows: (packKey, use) =>
      upkeep(async (worker) => {
        try {
          return await use({
            meetings: await worker.call("openPack", packKey),
            takeRest: () => worker.call("takeRest"),
            takeMeeting: (id, hasSound) => worker.call("takeMeeting", id, hasSound),
          });
        } finally {
          await worker.call("closePack").catch(() => {});
        }
      }),
    dropPack: async () => dropPack(dir),
    async *readSound(id) {
      let file: string | null = null;
      for (let from: number | null = 0; from !== null;) {
        const read: TimedFrames = await soundCall("readTimed", id, file, from);
        for (const [at, bytes] of read.frames.entries()) yield { atMs: read.times[at] ?? 0, bytes };
        file = read.file;
        from = read.next;
      }
    },
    forgetDeletion: (id) => soundCall("forgetDeletion", id),
  };
}
