// The sound of the open meeting: one audio element, its state as cells. Runs in the window.
import { type Cell, createCell } from "../state/cell.ts";

export interface Player {
  readonly playing: Cell<boolean>;
  readonly positionMs: Cell<number>;
  readonly rate: Cell<number>;
  readonly failed: Cell<boolean>;
  /** Takes over an audio element; answers how to let go of it. */
  attach(audio: HTMLAudioElement): () => void;
  playFrom(atMs: number): void;
  toggle(): void;
  seek(atMs: number): void;
  skip(byMs: number): void;
  setRate(rate: number): void;
  /** Where it goes on from, asked while it plays: a later time passes over what lies between. Null plays all. */
  passOver(next: ((atMs: number) => number) | null): void;
}

export const rates = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;

export function createPlayer(): Player {
  let audio: HTMLAudioElement | null = null;
  const playing = createCell(false);
  const positionMs = createCell(0);
  const rate = createCell(1);
  const failed = createCell(false);
  let next: ((atMs: number) => number) | null = null;

  const start = () => {
    // A play that is overtaken by a pause rejects; the element's own events tell what came of it.
    audio?.play().catch(() => {});
  };
  const seek = (atMs: number) => {
    if (audio === null) return;
    audio.currentTime = Math.max(0, atMs) / 1000;
    positionMs.set(Math.max(0, atMs));
  };

  return {
    playing,
    positionMs,
    rate,
    failed,
    seek,
    attach(element) {
      audio = element;
      const stop = new AbortController();
      const on = (name: string, run: () => void) => element.addEventListener(name, run, { signal: stop.signal });
      on("play", () => playing.set(true));
      on("pause", () => playing.set(false));
      on("ended", () => playing.set(false));
      on("timeupdate", () => {
        const atMs = element.currentTime * 1000;
        const goesOnMs = element.paused || element.seeking ? atMs : (next?.(atMs) ?? atMs);
        if (goesOnMs > atMs) element.currentTime = goesOnMs / 1000;
        positionMs.set(goesOnMs);
      });
      on("error", () => failed.set(true));
      on("playing", () => failed.set(false));
      // Faster or slower, never higher or lower.
      element.preservesPitch = true;
      element.playbackRate = rate.get();
      return () => {
        stop.abort();
        element.pause();
        playing.set(false);
        audio = null;
      };
    },
    playFrom(atMs) {
      seek(atMs);
      start();
    },
    toggle() {
      if (playing.get()) audio?.pause();
      else start();
    },
    skip: (byMs) => seek(positionMs.get() + byMs),
    setRate(faster) {
      rate.set(faster);
      if (audio) audio.playbackRate = faster;
    },
    passOver(wanted) {
      next = wanted;
    },
  };
}
