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
}

export const rates = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;

export function createPlayer(): Player {
  let audio: HTMLAudioElement | null = null;
  const playing = createCell(false);
  const positionMs = createCell(0);
  const rate = createCell(1);
  const failed = createCell(false);

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
      on("timeupdate", () => positionMs.set(element.currentTime * 1000));
      on("error", () => failed.set(true));
      on("playing", () => failed.set(false));
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
    setRate(next) {
      rate.set(next);
      if (audio) audio.playbackRate = next;
    },
  };
}
