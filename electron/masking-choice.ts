// What people have decided about masking: for one meeting, and for all meetings of a case. Runs anywhere.
import { z } from "zod";
import { maskKinds } from "./masking-kinds.ts";

const word = z.string().trim().min(1).max(200);
const always = z
  .array(z.object({ text: word, kind: z.enum(maskKinds) }))
  .max(500)
  .readonly();
const never = z.array(word).max(500).readonly();

/** Words for every meeting with the same case reference. */
export const maskWordsSchema = z.object({ always, never });
export type MaskWords = z.infer<typeof maskWordsSchema>;

export const maskChoiceSchema = maskWordsSchema.extend({
  /** View, copies and exports are masked. */
  on: z.boolean(),
  /** Single places that are kept though they were found. Offsets in UTF-16 units of the passage. */
  places: z
    .array(
      z.object({
        passage: z.string().min(1).max(100),
        start: z.number().int().nonnegative(),
        end: z.number().int().nonnegative(),
        kind: z.enum(maskKinds),
        isMasked: z.boolean(),
        /** What stood there: where the line says something else by now, nothing was decided. */
        text: z.string().max(500),
      }),
    )
    .max(5000)
    .readonly(),
});
export type MaskChoice = z.infer<typeof maskChoiceSchema>;
