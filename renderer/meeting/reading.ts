// What is lit, pointed at and spoken in the open meeting: shared by transcript, summary and player. Runs in the window.
import { createContext, useContext } from "react";
import type { Segment } from "../../electron/formats.ts";
import { type Cell, createCell } from "../state/cell.ts";
import { clock } from "../words/time.ts";
import { createPlayer, type Player } from "./player.ts";

export interface Lit {
  readonly segments: ReadonlySet<string>;
  /** The key of the sentence whose passages they are; null when they were found by search. */
  readonly sentence: string | null;
}

export interface Reading {
  readonly player: Player;
  /** Passages that light up because a sentence was chosen. */
  readonly lit: Cell<Lit>;
  /** Passages that glow because a sentence is pointed at. */
  readonly glowing: Cell<ReadonlySet<string>>;
  /** The passages that are pointed at: the sentences that rest on them glow. */
  readonly pointed: Cell<readonly string[]>;
  /** By passage, the keys of the sentences that rest on it. */
  readonly cited: Cell<ReadonlyMap<string, readonly string[]>>;
  /** The sentence to be gone to; a new object each time. */
  readonly asked: Cell<{ readonly sentenceKey: string } | null>;
  /** The passage that is heard now. */
  readonly spoken: Cell<string | null>;
  /** The passage to be brought into view; a new object each time. */
  readonly revealed: Cell<{ readonly segmentId: string } | null>;
  /** Whether the transcript keeps what is spoken in view: until the reader scrolls away. */
  readonly following: Cell<boolean>;
  /** Only in a report: its passages stand in several meetings. */
  readonly several: SeveralMeetings | null;
  /** Only in a window of its own: its passages are shown in another. */
  readonly elsewhere: ((passage: Segment) => void) | null;
}

export interface SeveralMeetings {
  /** Opens the meeting at the passage. */
  readonly open: (passage: Segment) => void;
  /** Date and time: "12 mars 00:42". */
  readonly timeOf: (passage: Segment) => string;
  /** The dates of those of the cited meetings that are deleted. */
  readonly gone: (segmentIds: readonly string[]) => readonly string[];
}

export const none: ReadonlySet<string> = new Set();

export const createReading = (): Reading => ({
  player: createPlayer(),
  lit: createCell<Lit>({ segments: none, sentence: null }),
  glowing: createCell(none),
  pointed: createCell<readonly string[]>([]),
  cited: createCell<ReadonlyMap<string, readonly string[]>>(new Map()),
  asked: createCell<{ readonly sentenceKey: string } | null>(null),
  spoken: createCell<string | null>(null),
  revealed: createCell<{ readonly segmentId: string } | null>(null),
  following: createCell(true),
  several: null,
  elsewhere: null,
});

export const ReadingContext = createContext<Reading>(createReading());
export const useReading = (): Reading => useContext(ReadingContext);

/** Where a passage stands, for its source: "00:42", in a report with its meeting's date. */
export const timeOf = ({ several }: Reading, passage: Segment): string =>
  several === null ? clock(passage.startMs) : several.timeOf(passage);

/** Lights the passages, brings the first into view and, where there is sound, plays from it. Once more on what plays: pause. In a report their meeting opens. */
export function lightUp(reading: Reading, passages: readonly Segment[], sentence: string | null, play: boolean): void {
  const [first] = passages;
  if (first === undefined) return;
  if (reading.several !== null) {
    reading.several.open(first);
    return;
  }
  if (reading.elsewhere !== null) {
    reading.lit.set({ segments: new Set(passages.map(({ id }) => id)), sentence });
    reading.elsewhere(first);
    return;
  }
  const again = sentence !== null && reading.lit.get().sentence === sentence && reading.player.playing.get();
  reading.lit.set({ segments: new Set(passages.map(({ id }) => id)), sentence });
  reading.following.set(true);
  reading.revealed.set({ segmentId: first.id });
  if (!play) return;
  if (again) reading.player.toggle();
  else reading.player.playFrom(first.startMs);
}
