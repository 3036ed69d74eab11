// How loud a meeting's sound is over time: as it was kept when the sound was heard, else measured now. Runs in main.
import type { Handlers } from "../contract.ts";
import { decodeSound } from "../pipeline/decode.ts";
import type { Ffmpeg } from "../pipeline/ffmpeg.ts";
import { measurePeaks } from "../pipeline/measure-peaks.ts";
import type { MeetingId } from "../store/types.ts";
import type { Context } from "./context.ts";

export interface Peaks {
  readonly handlers: Pick<Handlers, "sound.peaks">;
  /** Stops what is being measured. */
  close(): Promise<void>;
}

export function openPeaks({ store, sound }: Pick<Context, "store" | "sound">, ffmpeg: () => Promise<Ffmpeg>): Peaks {
  const underWay = new Map<MeetingId, Promise<Uint8Array | null>>();
  const stop = new AbortController();

  /** What cannot be measured is not drawn: nothing else depends on it. */
  async function measure(id: MeetingId): Promise<Uint8Array | null> {
    try {
      const { signal } = stop;
      const pcm = decodeSound({ bytes: sound.read(id) }, { ffmpeg: await ffmpeg(), signal });
      await store.savePeaks(id, await measurePeaks(pcm));
      // As they are kept: something may have been struck meanwhile.
      return await store.getPeaks(id);
    } catch {
      return null;
    }
  }

  return {
    handlers: {
      async "sound.peaks"(id) {
        const { hasSound, status } = await store.getMeeting(id);
        // A job that listens to it measures it on the way.
        if (!hasSound || status === "recording" || status === "working") return null;
        const kept = await store.getPeaks(id);
        if (kept !== null) return kept;
        const running = underWay.get(id) ?? measure(id).finally(() => underWay.delete(id));
        underWay.set(id, running);
        return running;
      },
    },
    async close() {
      stop.abort();
      await Promise.allSettled(underWay.values());
    },
  };
}
