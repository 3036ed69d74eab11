// What an examination of the machine finds, as data: nothing in it names a person, a meeting or a folder. Values.
import type { ErrorCode } from "./errors.ts";

/** In the order in which they are told. */
export const findingIds = [
  "computer",
  "cores",
  "memory",
  "devices",
  "room",
  "ffmpeg",
  "database",
  "models",
  "templates",
] as const;
export type FindingId = (typeof findingIds)[number];

export interface Finding {
  readonly id: FindingId;
  /** What was found, without words: figures and names of programs. Empty where there is a problem. */
  readonly value: string;
  /** It works, and could be better: "old-ffmpeg", "only-demonstration". */
  readonly remark: "old-ffmpeg" | "only-demonstration" | null;
  /** What stops the main job. */
  readonly problem: ErrorCode | null;
}
