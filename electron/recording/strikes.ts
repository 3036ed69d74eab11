// Taking back the last minutes while the recording goes on: asked for, thought better of, done for good. Runs in main.
import { randomUUID } from "node:crypto";
import type { RecordingRecord, Strike } from "../recorded.ts";
import type { SoundStore } from "../store/types.ts";
import { createRegrets } from "./regrets.ts";
import type { Running } from "./running.ts";

/** How long one may think better of striking. */
const regretMs = 10_000;
/** What was said while the button was on its way to being pressed belongs to what is struck. */
const graceMs = 400;

export interface Strikes {
  /** The last `minutes` before `pressedMs`, sound that is still on its way included. */
  begin(now: Running, minutes: number, pressedMs: number): Promise<void>;
  undo(now: Running, id: string): Promise<void>;
  /** Carries out all that were asked for and not undone. */
  settle(now: Running): Promise<void>;
  /** How long a strike can still be undone; null where it cannot. */
  leftMs(id: string): number | null;
  /** Forgets the clocks that run: nothing happens by itself any more. */
  clear(): void;
}

export interface StrikeTools {
  readonly sound: SoundStore;
  readonly running: () => Running | null;
  readonly keep: (now: Running, change: Partial<RecordingRecord>) => Promise<void>;
  readonly inOrder: (run: () => Promise<void>) => Promise<void>;
  readonly show: () => void;
}

export function createStrikes({ sound, running, keep, inOrder, show }: StrikeTools): Strikes {
  const regrets = createRegrets(regretMs, (id) => void inOrder(() => carryOut(running(), id)).catch(() => {}));

  async function carryOut(now: Running | null, id: string): Promise<void> {
    const wanted = now?.record.strikes.find((strike) => strike.id === id);
    if (now === null || wanted === undefined || wanted.done) return;
    const { fromMs, toMs } = wanted;
    now.live?.markStruck(fromMs, toMs);
    try {
      await sound.strike(now.meetingId, fromMs, toMs);
    } catch {
      // It needs room to be written anew. It stays asked for: at the end, and at the next start, it is tried again.
      now.notice = "strike-waits";
      show();
      return;
    }
    await keep(now, {
      strikes: now.record.strikes.map((strike) => (strike.id === id ? { ...strike, done: true } : strike)),
      marks: now.record.marks.filter(({ atMs }) => atMs < fromMs || atMs > toMs),
    });
    show();
  }

  return {
    async begin(now, minutes, pressedMs) {
      const endMs = Math.round(Math.min(now.spoken.at(pressedMs), now.untilMs ?? Number.POSITIVE_INFINITY));
      const fromMs = Math.max(0, endMs - minutes * 60_000);
      const strike = { id: randomUUID(), fromMs, toMs: endMs + graceMs, done: false };
      // Kept at once: somebody asked for it, and it is done also after a crash.
      await keep(now, { strikes: [...now.record.strikes, strike] });
      regrets.begin(strike.id);
      show();
    },
    async undo(now, id) {
      if (!regrets.cancel(id)) return;
      await keep(now, { strikes: now.record.strikes.filter((strike) => strike.id !== id) });
      show();
    },
    async settle(now) {
      for (const { id } of now.record.strikes) await carryOut(now, id);
    },
    leftMs: regrets.leftMs,
    clear: regrets.clear,
  };
}

/** What comes after `ms` was said later than any of these was asked for. */
export const strikesUntil = (strikes: readonly Strike[], ms: number): readonly Strike[] =>
  strikes.map((strike) =>
    strike.done || strike.toMs <= ms ? strike : { ...strike, toMs: Math.max(strike.fromMs, ms) },
  );
