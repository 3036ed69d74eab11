// What is heard of voices and what becomes of it. Runs anywhere.
import type { HeardWindow } from "../inference/protocol.ts";

/** A window of the recording that was listened to: number `index`, which begins `index` times 5 s into it. */
export interface VoiceWindow extends HeardWindow {
  readonly index: number;
}

/** Somebody says something; two turns may lie over each other. */
export interface Turn {
  readonly startMs: number;
  readonly endMs: number;
  /** Counted from 0, in the order in which people are first heard. */
  readonly person: number;
  /** How surely it is this person and no other, 0 to 1. */
  readonly certainty: number;
}
