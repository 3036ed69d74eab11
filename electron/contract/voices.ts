// Who is who: voices told apart anew by what a person says of them. All of it can be taken back like any correction.
import { z } from "zod";
import { call, id } from "./call.ts";

export const voiceCalls = {
  /** Whether it is still known what the meeting's voices are like: until it is approved. */
  "voices.known": call<boolean>()(z.tuple([id])),
  /** What was said of some lines teaches the others. Answers how many were given to somebody else. */
  "voices.learn": call<number>()(z.tuple([id])),
  /** There were so many people. Answers how many lines were given to somebody else. */
  "voices.count": call<number>()(z.tuple([id, z.number().int().min(1).max(50)])),
  /** A speaker is two people. Answers how many lines were given to the second; none where they cannot be told apart. */
  "voices.split": call<number>()(z.tuple([id, z.string().min(1).max(64)])),
} as const;
