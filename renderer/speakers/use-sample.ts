// Plays a passage to its end through the meeting's player. Runs in the window.
import { useEffect, useState } from "react";
import type { Segment } from "../../electron/formats.ts";
import type { Player } from "../meeting/player.ts";
import { sampleEndMs } from "./samples.ts";

export interface SamplePlayer {
  /** The passage that is heard. */
  readonly playing: string | null;
  /** Plays it, or stops it where it is heard already. */
  press(segment: Segment): void;
  stop(): void;
}

export function useSample(player: Player): SamplePlayer {
  const [heard, setHeard] = useState<Segment | null>(null);
  useEffect(() => {
    if (heard === null) return undefined;
    const stops = [
      player.positionMs.watch(() => {
        if (player.positionMs.get() < sampleEndMs(heard)) return;
        if (player.playing.get()) player.toggle();
        setHeard(null);
      }),
      // Paused elsewhere, or at the end of the sound.
      player.playing.watch(() => {
        if (!player.playing.get()) setHeard(null);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [heard, player]);
  const stop = () => {
    if (player.playing.get()) player.toggle();
    setHeard(null);
  };
  return {
    playing: heard?.id ?? null,
    press(segment) {
      if (heard?.id === segment.id) stop();
      else {
        setHeard(segment);
        player.playFrom(segment.startMs);
      }
    },
    stop,
  };
}
