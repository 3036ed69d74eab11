// The recorder as the rest of main knows it, and what it needs. Runs in main.
import type { ErrorData } from "../errors.ts";
import type { Hears, Mark, MarkKind, RecordingOptions, RecordingRecord, RecordingState, Rest } from "../recorded.ts";
import type { Meeting, SoundStore, Store } from "../store/types.ts";
import type { Reserve, Room } from "./room.ts";

export interface Live {
  push(samples: Float32Array): void;
  rest(): void;
  markStruck(startMs: number, endMs: number): void;
  close(): void;
}

export interface RecorderTools {
  readonly store: Store;
  readonly sound: SoundStore;
  readonly room: Room;
  /** Disk that is given up when the disk is full, so that the end can be written. */
  readonly reserve: Reserve;
  readonly startLive: () => Live;
  /** ISO 8601 local time. */
  readonly localNow: () => string;
  readonly defaultTitle: (kind: RecordingRecord["kind"]) => string;
  readonly spokenLanguage: () => string;
  readonly changed: (state: RecordingState | null) => void;
  readonly refreshMeetings: () => Promise<void>;
  /** A recording has ended and is whole; `error` tells why it ended by itself. */
  readonly ended: (meeting: Meeting, record: RecordingRecord, error: ErrorData | null) => Promise<void>;
}

export interface SoundPiece {
  readonly take: number;
  /** Opus packets of 20 ms, one after another. */
  readonly packets: Uint8Array;
  readonly lengths: readonly number[];
  /** The same sound at 16 kHz, 32-bit floats, for the text that is shown meanwhile; empty where none is wanted. */
  readonly heard: Uint8Array;
}

export interface Recorder {
  state(): RecordingState | null;
  start(options: RecordingOptions): Promise<Meeting>;
  append(piece: SoundPiece): Promise<void>;
  pause(why: Rest["why"]): Promise<void>;
  resume(): Promise<void>;
  mark(kind: MarkKind, label: string): Promise<Mark>;
  removeMark(id: string): Promise<void>;
  /** Takes the last minutes away, once the time to think better of it is over. */
  strike(minutes: number): Promise<void>;
  undoStrike(id: string): Promise<void>;
  /** Another microphone hears from now on. */
  microphone(label: string): Promise<void>;
  /** What the window hears of the microphone. */
  hears(now: Hears): void;
  /** The computer's own sound ended: what follows is the microphone alone. */
  computerGone(): void;
  /** The window that took the sound is gone: the next one goes on. */
  windowGone(): void;
  /** Somebody wants to close the window: that it records is the reason why it stays. */
  staysOpen(): void;
  /** The window has sent all it had. */
  flushed(take: number): void;
  finish(endedBy: "person" | "quit"): Promise<Meeting>;
}
