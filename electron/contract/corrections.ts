// Corrections of a transcript: made, taken back, done again, struck.
import { z } from "zod";
import { segmentSchema, speakerSchema } from "../formats.ts";
import { type Correction, correctionKinds, type MadeCorrection } from "../store/types.ts";
import { call, id } from "./call.ts";

const segments = z
  .array(segmentSchema.extend({ text: z.string().max(20_000) }))
  .max(2000)
  .readonly();
const speakers = z.array(speakerSchema).max(200).readonly();
const correctionSchema = z.object({
  kind: z.enum(correctionKinds),
  hunks: z
    .array(z.object({ before: segments, after: segments }))
    .max(20_000)
    .readonly(),
  speakers: z.object({ before: speakers, after: speakers }).exactOptional(),
});

export const correctionCalls = {
  "corrections.make": call<null>()(z.tuple([id, correctionSchema])),
  /** What was changed by it; null where there is nothing to take back. */
  "corrections.undo": call<Correction | null>()(z.tuple([id])),
  "corrections.redo": call<Correction | null>()(z.tuple([id])),
  /** Oldest first. */
  "corrections.list": call<readonly MadeCorrection[]>()(z.tuple([id])),
  /** These passages leave sound, text, history, summaries and search. Cannot be undone. */
  "corrections.strike": call<null>()(z.tuple([id, z.array(z.string().min(1).max(64)).min(1).max(5000)])),
} as const;
