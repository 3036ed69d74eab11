// Which of transcript and summary are shown, and how wide each is. Runs in the window.
import { useState } from "react";
import type { Settings } from "../../electron/contract.ts";
import { act } from "../state/ask.ts";
import { useSnapshot } from "../state/snapshots.ts";
import { useMedia } from "../state/use-media.ts";

/** Both, or one of them alone: to read without anything beside it. */
export type Panes = Settings["meetingPanes"];
export type Pane = Exclude<Panes, "both">;

export const smallestShare = 0.25;
export const largestShare = 0.75;

export interface PaneState {
  /** What is shown now. Where there is no room for both, one of them. */
  readonly shown: Panes;
  readonly choices: readonly Panes[];
  /** The transcript's part of the width, 0 to 1. */
  readonly share: number;
  choose(panes: Panes): void;
  /** The next of the choices, and around. */
  next(): void;
  /** Brings a pane into sight, beside the other where there is room. */
  show(pane: Pane): void;
  setShare(share: number): void;
  keepShare(share: number): void;
}

const all = ["both", "transcript", "summary"] as const satisfies readonly Panes[];
const onlyOne = ["transcript", "summary"] as const satisfies readonly Panes[];

export function usePanes(): PaneState {
  const { meetingPanes, transcriptShare } = useSnapshot("settings");
  const narrow = useMedia("(max-width: 52rem)");
  const [pane, setPane] = useState<Pane>("transcript");
  const [moved, setMoved] = useState<number | null>(null);
  const choices = narrow ? onlyOne : all;
  const shown: Panes = narrow ? pane : meetingPanes;
  const choose = (panes: Panes): void => {
    if (panes !== "both") setPane(panes);
    if (!narrow && panes !== meetingPanes) void act("settings.set", { meetingPanes: panes });
  };
  return {
    shown,
    choices,
    share: Math.min(largestShare, Math.max(smallestShare, moved ?? transcriptShare)),
    choose,
    next: () => choose(choices[(choices.findIndex((one) => one === shown) + 1) % choices.length] ?? "transcript"),
    show: (wanted) => {
      if (narrow) setPane(wanted);
      else if (shown !== "both" && shown !== wanted) choose("both");
    },
    setShare: setMoved,
    keepShare: (share) => void act("settings.set", { transcriptShare: share }),
  };
}
